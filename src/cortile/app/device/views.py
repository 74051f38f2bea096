"""What a device keeps of the app for everybody alike: how it is called there, and the page without a network."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import http_date

from cortile.agencies import reads as agencies
from cortile.kit import clock, dates
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible

NAVY = "#003a75"
COLOURS = {"milano": NAVY, "lodi": "#004c99"}
ICONS = [
    {"src": "/static/cortile/casa.svg", "type": "image/svg+xml", "sizes": "any"},
    *(
        {"src": f"/static/cortile/casa-{size}.png", "type": "image/png", "sizes": f"{size}x{size}", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ),
]


@opens("public", sample="/casa/aler-milano/casa.webmanifest")
def manifest(request: HttpRequest, body: str) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Say how the app is called on a home screen: the body's name and «Casa», which tell nobody what it is opened for."""
    found = _body(body)
    said = {
        "id": "/casa/", "name": f"{found.short_name} · Casa", "short_name": "Casa", "start_url": "/casa/", "scope": "/casa/",
        "display": "minimal-ui", "theme_color": COLOURS.get(found.theme, NAVY), "background_color": "#ffffff", "icons": ICONS,
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json")


@opens("public", sample="/casa/senza-rete/aler-milano/it/")
def offline(request: HttpRequest, body: str, language: str) -> HttpResponse:
    """Show what a device says without a network: the same to everybody. Raise ``NotVisible`` for what is not ours."""
    if language not in dict(settings.LANGUAGES):
        raise NotVisible
    found = _body(body)
    week = dates.hours_said(agencies.opening_hours(found), language)
    with translation.override(language):
        response = render(request, "app/device/offline.html", {"body": found, "week": week})
    response.headers["Content-Language"] = language
    # The worker fetches it anew when it is a day old.
    response.headers["Last-Modified"] = http_date(clock.now().timestamp())
    return response


def _body(code: str) -> Any:  # noqa: ANN401 -- a model closed to doors
    found = next((body for body in agencies.agencies() if body.code == code), None)
    if found is None:
        raise NotVisible
    return found
