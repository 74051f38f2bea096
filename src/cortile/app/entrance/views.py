"""Sign-in of the tenants: whatever was wrong, the answer is one page, equal to the byte (architecture §5)."""

from __future__ import annotations

import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from cortile.app.entrance.device import known as device_of
from cortile.app.entrance.device import remember
from cortile.app.entrance.forms import SignIn
from cortile.kit import actor as actors
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.forms import sent
from cortile.people import actions as people
from cortile.people.access import session_of

# The guesses of a code are counted beside the code; these are one browser's, whatever cards it tries.
MOST_TRIES, WINDOW_SECONDS = 12, 3600


@opens("public", methods="GET POST", sample="/casa/entra/")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in with a card and a code."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    form = SignIn(*sent(request))
    if request.method == "POST":
        signed = _check(request, form.cleaned_data) if form.is_valid() else None
        if signed is not None:
            return _enter(request, signed, onward)
        form = SignIn.refused_form()
    return render(request, "app/entrance/sign_in.html", {"form": form, "next": onward}, status=form.status)


def _check(request: HttpRequest, typed: dict[str, str]) -> Actor | None:
    session, tries = request.session, _tries(request.session)
    session["tries"] = [*tries, int(clock.now().timestamp())]
    session.setdefault("browser", secrets.token_hex(16))
    if len(tries) >= MOST_TRIES:
        return None
    device = device_of(request, typed["card"])
    return people.sign_in(
        by=actors.current(), card_number=typed["card"], code=typed["code"], browser=device or session["browser"],
        recognised=bool(device),
    )  # fmt: skip


def _tries(session: SessionBase) -> list[int]:
    since = int(clock.now().timestamp()) - WINDOW_SECONDS
    return [at for at in session.get("tries", []) if at > since][-MOST_TRIES:]


def _enter(request: HttpRequest, signed: Actor, onward: str) -> HttpResponse:
    """Start a new session: nothing of who used this phone before is left in it."""
    request.session.flush()
    request.session["tenant"] = session_of(signed)
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    response = redirect(onward if safe else "app:home")
    remember(response, request, request.POST.get("card", ""))
    return response


@opens("public", methods="POST", sample="/casa/esci/")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and forget everything of this session."""
    request.session.flush()
    return redirect("app:home")
