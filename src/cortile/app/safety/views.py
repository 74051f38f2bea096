"""T10 «Informazioni utili». The middleware takes every cookie away before these pages are asked and after they answer."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from cortile.agencies import reads as agencies
from cortile.app.entrance import session
from cortile.kit import languages
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible


@opens("public", sample="/info/")
def before(request: HttpRequest) -> HttpResponse:
    """Say what the phone keeps and how to leave, before anything is read."""
    return _page(request, "app/safety/before.html")


@opens("public", sample="/info/ar/")
def before_in(request: HttpRequest, language: str) -> HttpResponse:
    """Say the same in a language. Raise ``NotVisible`` for one we do not speak."""
    return _page(request, "app/safety/before.html", language)


@opens("public", sample="/info/leggi/")
def read(request: HttpRequest) -> HttpResponse:
    """Say whom to call, where to go, and how to clean the phone."""
    return _page(request, "app/safety/read.html")


@opens("public", sample="/info/ar/leggi/")
def read_in(request: HttpRequest, language: str) -> HttpResponse:
    """Say the same in a language. Raise ``NotVisible`` for one we do not speak."""
    return _page(request, "app/safety/read.html", language)


# A beacon carries no token, and somebody who ends another's session has done them no harm.
@csrf_exempt
@opens("public", methods="GET POST", sample="/info/esci/")
def leave(request: HttpRequest) -> HttpResponse:
    """End any session, have the browser forget what it keeps of ours, and lead to another site."""
    return session.end(request, redirect(settings.EXIT_ADDRESS) if request.method == "GET" else HttpResponse(status=204))


def _page(request: HttpRequest, template: str, language: str = "") -> HttpResponse:
    """Draw a page in the language asked for; in Italian where nobody has read its translation."""
    if language and language not in dict(settings.LANGUAGES):
        raise NotVisible
    asked = language or translation.get_language() or languages.SOURCE
    spoken = asked if languages.reviewed(asked) else languages.SOURCE
    body = agencies.front(settings.FRONT_AGENCY)
    known = {
        "asked": language, "foreign": languages.of(asked) if asked != spoken else None, "exit": settings.EXIT_ADDRESS,
        "lane": settings.LANE_ADDRESS, "centres": agencies.local_centres(body.pk) if body else [],
    }  # fmt: skip
    with translation.override(spoken):
        response = render(request, template, known)
    response.headers["Content-Language"] = spoken
    return response
