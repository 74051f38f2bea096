"""Which machine is calling: whoever signs the whole body with a secret that only the two of us hold."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest

from cortile.agencies import reads as agencies
from cortile.kit.actor import PUBLIC, Actor, Kind

ROOT = "/api/"
HEADER = "X-Signature"
GATEWAY = "gateway SMS"


def machine_of(request: HttpRequest) -> Actor:
    """Return the gateway whose signature a call carries, else nobody. No session is read, none is made.

    What waits with no request of its own is for the body whose name stands on the front page.
    """
    secret = settings.SMS_SECRET.encode()
    if not (secret and hmac.compare_digest(request.headers.get(HEADER, "").encode(), signature(secret, request.body).encode())):
        return PUBLIC
    body = agencies.front(settings.FRONT_AGENCY)
    return Actor(kind=Kind.MACHINE, name=GATEWAY, role="machine", agency_id=body.pk if body else None)


def signature(secret: bytes, body: bytes) -> str:
    """Return how a body is signed: ``sha256=`` and the HMAC in hexadecimal."""
    return f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"
