"""What the ways in share: how a code is kept, and how much an address has tried in an hour."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db import connection

from cortile.kit import clock
from cortile.kit.actor import Actor

# Whoever works on a card's codes waits here for the others, for a card of nobody too.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('people.sign_in'), hashtext(%s))"
_KNOCK = """
    INSERT INTO people_knock AS k (address, hour, count) VALUES (%s, %s, %s)
    ON CONFLICT (address, hour) DO UPDATE SET count = k.count + EXCLUDED.count RETURNING count
"""
_FORGET = """
    DELETE FROM people_knock WHERE (address, hour) IN (
        SELECT address, hour FROM people_knock WHERE hour < %s FOR UPDATE SKIP LOCKED)
"""


def digits(text: str) -> str:
    """Return the digits of what was typed."""
    return "".join(c for c in text if c.isdigit())


def hashed(card_number: str, code: str) -> str:
    """Return what is kept of a code: its keyed hash, of its card alone."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{card_number}:{code}".encode(), hashlib.sha256).hexdigest()


def alone(card_number: str) -> None:
    """Hold a card's codes until the end of the act."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [card_number])


def address(by: Actor, what: str = "knock") -> str:
    """Return the keyed hash of the address somebody asks from, of a whole network where each house has many; or nothing."""
    try:
        said = ipaddress.ip_address(by.source.rpartition(" ")[2])
    except ValueError:
        return ""
    network = ipaddress.ip_network((said, 56 if said.version == 6 else 32), strict=False)  # noqa: PLR2004 -- IPv6
    return hmac.new(settings.SECRET_KEY.encode(), f"{what}:{network}".encode(), hashlib.sha256).hexdigest()[:32]


def knock(where: str, more: int) -> int:
    """Count what came from an address this hour, forget the hours before, and return how much it was."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_KNOCK, [where, hour, more])
        (many,) = cursor.fetchone()
        cursor.execute(_FORGET, [hour - timedelta(hours=1)])
    # Where the address is not known, all are one: nobody is refused for what others did.
    return int(many) if where else 0
