"""Which machine is calling: the SMS gateway by a signature only the two of us can make, INPS by its voucher of PDND."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest

from cortile.agencies import reads as agencies
from cortile.benefits import access, transmissions
from cortile.kit import vouchers
from cortile.kit.actor import PUBLIC, Actor, Kind

ROOT = "/api/"
WAAS = "/api/waas/v1/"
HEADER = "X-Signature"
GATEWAY, INPS = "gateway SMS", "INPS"


def machine_of(request: HttpRequest) -> Actor:
    """Return who calls, by the proof their own addresses ask for; else nobody. No session is read, none is made."""
    return _inps(request) if request.path.startswith(WAAS) else _gateway(request)


def _gateway(request: HttpRequest) -> Actor:
    """Return the gateway whose signature a call carries, else nobody.

    What waits with no request of its own is for the body whose name stands on the front page.
    """
    secret = settings.SMS_SECRET.encode()
    if not (secret and hmac.compare_digest(request.headers.get(HEADER, "").encode(), signature(secret, request.body).encode())):
        return PUBLIC
    body = agencies.front(settings.FRONT_AGENCY)
    return Actor(kind=Kind.MACHINE, name=GATEWAY, role="machine", agency_id=body.pk if body else None)


def _inps(request: HttpRequest) -> Actor:
    """Return INPS calling the e-service of one body, else nobody. SOURCE: specification 2.0.1, 2.3 (AUTH_REST_01)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    voucher = vouchers.read(token.strip()) if scheme.lower() == "bearer" else None
    agency_id = transmissions.body_called(voucher.audience, voucher.client) if voucher else None
    if agency_id is None:
        return PUBLIC
    scopes = frozenset({access.INPS})
    return Actor(kind=Kind.MACHINE, name=INPS, role="machine", agency_id=agency_id, scopes=scopes)


def signature(secret: bytes, body: bytes) -> str:
    """Return how a body is signed: ``sha256=`` and the HMAC in hexadecimal."""
    return f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"
