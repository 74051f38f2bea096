"""The device somebody came in with before: strangers who guess at a card use up none of its guesses.

A new code of the card, printed perhaps because somebody had the old one, makes every device a stranger again.
The cookie holds a random number and, for the last few cards, a mark only this installation can make; places not yet
taken hold noise, so that nobody reads in it whose cards they are, nor how many.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from cortile.people.access import epoch_of

NAME = "cortile-device" if settings.DEMO or settings.DEBUG else "__Host-cortile-device"
SALT = "cortile.device"
CARDS, YEAR = 4, 365 * 24 * 3600


def known(request: HttpRequest, card_number: str) -> str:
    """Return the number of the device when a card came in from it before, else nothing."""
    number, marks = _read(request)
    mark = _mark(number, card_number)
    return number if number and mark in marks else ""


def remember(response: HttpResponse, request: HttpRequest, card_number: str) -> None:
    """Make the next sign-in with this card from this device one of a device that is known."""
    number, marks = _read(request)
    number = number or secrets.token_hex(16)
    mine = _mark(number, card_number)
    kept = [mine, *(m for m in marks if m != mine)][:CARDS]
    noise = [secrets.token_hex(16) for _ in range(CARDS - len(kept))]
    response.set_cookie(
        NAME, signing.Signer(salt=SALT).sign(".".join([number, *kept, *noise])), max_age=YEAR, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        number, *marks = signing.Signer(salt=SALT).unsign(request.COOKIES.get(NAME, "")).split(".")
    except signing.BadSignature:
        return "", []
    return number, marks


def _mark(number: str, card_number: str) -> str:
    digits = "".join(c for c in card_number if c.isdigit())
    return salted_hmac(SALT, f"{number}:{digits}:{epoch_of(digits)}", algorithm="sha256").hexdigest()[:32]
