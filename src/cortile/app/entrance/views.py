"""Sign-in of the tenants: whatever was wrong, the answer is one page, equal to the byte (architecture §5)."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.app.entrance import session
from cortile.app.entrance.device import known as device_of
from cortile.app.entrance.device import remember
from cortile.app.entrance.forms import WAYS, Card, Code
from cortile.kit import actor as actors
from cortile.kit import clock, identity
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.forms import sent
from cortile.listening import actions as listening
from cortile.people import actions as people
from cortile.people.rules import TELEPHONES

# The guesses of a code are counted beside the code; these are one browser's, whatever cards it tries.
MOST_TRIES, WINDOW_SECONDS = 12, 3600
ENTERING, ENTERING_SECONDS = "entering", 1800


@opens("public", methods="GET POST", sample="/casa/entra/")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the card."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    form = Card(*sent(request))
    if request.method == "POST" and form.is_valid():
        _keep(request.session, card=form.cleaned_data["card"], onward=onward)
        return redirect("app:code_way")
    shown = {"form": form, "next": onward, "ways": identity.ways()}
    return render(request, "app/entrance/sign_in.html", shown, status=form.status)


@opens("public", methods="GET POST", sample="/casa/entra/come/")
def code_way(request: HttpRequest) -> HttpResponse:
    """Ask how the code should come. The next page is the same whether or not one has left."""
    entering, way = _entering(request.session), request.POST.get("way", "")
    if entering is None:
        return redirect("app:sign_in")
    if way not in WAYS:
        return render(request, "app/entrance/code_way.html")
    if way in TELEPHONES:
        people.send_code(by=actors.current(), card_number=entering["card"], channel=way)
    _keep(request.session, **entering | {"way": way})
    return redirect("app:code")


@opens("public", methods="GET POST", sample="/casa/entra/codice/")
def code(request: HttpRequest) -> HttpResponse:
    """Let somebody in with the code of their card."""
    entering = _entering(request.session)
    if entering is None:
        return redirect("app:sign_in")
    form = Code(*sent(request))
    if request.method == "POST":
        signed = _check(request, entering, form.cleaned_data["code"]) if form.is_valid() else None
        if signed is not None:
            return _enter(request, signed, entering)
        form = Code.refused_form()
    return render(request, "app/entrance/code.html", {"form": form, "way": entering["way"]}, status=form.status)


def _keep(kept: SessionBase, *, card: str, onward: str, way: str = "paper", at: int = 0) -> None:
    """Remember between two pages who is coming in: on no page, and for half an hour."""
    kept[ENTERING] = {"card": card, "onward": onward, "way": way, "at": at or int(clock.now().timestamp())}


def _entering(kept: SessionBase) -> dict[str, Any] | None:
    found: dict[str, Any] = kept.get(ENTERING) or {"at": 0}
    return found if found["at"] > int(clock.now().timestamp()) - ENTERING_SECONDS else None


def _check(request: HttpRequest, entering: dict[str, Any], typed: str) -> Actor | None:
    kept, tries = request.session, _tries(request.session)
    kept["tries"] = [*tries, int(clock.now().timestamp())]
    kept.setdefault("browser", secrets.token_hex(16))
    if len(tries) >= MOST_TRIES:
        return None
    device = device_of(request, entering["card"])
    return people.sign_in(
        by=actors.current(), card_number=entering["card"], code=typed, browser=device or kept["browser"],
        recognised=bool(device), channel=entering["way"],
    )  # fmt: skip


def _tries(kept: SessionBase) -> list[int]:
    since = int(clock.now().timestamp()) - WINDOW_SECONDS
    return [at for at in kept.get("tries", []) if at > since][-MOST_TRIES:]


def _enter(request: HttpRequest, signed: Actor, entering: dict[str, Any]) -> HttpResponse:
    """Let somebody in, and know this browser again for the card that opened it."""
    response = session.begin(request, signed, entering["onward"])
    if signed.by_phone_code:
        # What somebody chose with such a code before and never sent would be counted to whoever holds the telephone now.
        listening.forget_mine(by=signed)
    remember(response, request, entering["card"])
    return response


@opens("public", methods="POST", sample="/casa/esci/")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and forget everything of this session."""
    return session.end(request, redirect("app:home"))
