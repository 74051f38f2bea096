"""How often one address may take a half hour, or try to give one back: counted in this process's memory, written nowhere.

An address is held as a keyed digest whose key goes with the process: what is counted leads back to nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cortile.kit import clock
from cortile.kit.actions import refuse_unless

WINDOW = timedelta(hours=1)
# Beyond this many addresses what has run out is dropped before another is counted.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """What is counted, and how many an hour."""

    what: str
    an_hour: int


TAKINGS, GIVING_BACK = Limit("take", 8), Limit("give back", 20)
_KEY = os.urandom(32)
_counted: dict[bytes, list[datetime]] = {}
_lock = threading.Lock()


def address(request: HttpRequest) -> str:
    """Return where a request came from: the connection, or what our own proxy wrote, the last of a forwarded list."""
    said = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXY:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or said
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return "unknown"
    found = getattr(found, "ipv4_mapped", None) or found
    # A whole network of one customer is one address: else each of its many would have its own count.
    return str(ipaddress.ip_network(f"{found}/48", strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004 -- IPv6


def allow(limit: Limit, where: str) -> None:
    """Raise ``Refused('too-often')`` where an address has used up its hour. Asking counts for nothing: only ``spend`` does."""
    key, now = _key(limit, where), clock.now()
    with _lock:
        free = len(_recent(key, now)) < allowance(limit, key, now)
    refuse_unless(free, "too-often", _("Da qui abbiamo ricevuto molte richieste."), _("Riprova tra un'ora, oppure chiama il 1522."))


def spend(limit: Limit, where: str) -> None:
    """Count one more from an address: a half hour that was taken, or words that were wrong."""
    key, now = _key(limit, where), clock.now()
    with _lock:
        if len(_counted) >= MOST and key not in _counted:
            _drop(now)
        # Still full: somebody sends from everywhere. Whoever is counted already stays counted.
        if len(_counted) < MOST or key in _counted:
            _counted[key] = [*_recent(key, now), now]


def allowance(limit: Limit, key: bytes, now: datetime) -> int:
    """Return how many an address has in this hour: about as many as the limit says, never exactly.

    Who shares her address and counts his own tries cannot tell whether one of them was hers: one more or less is as likely.
    """
    drawn = hmac.digest(_KEY, key + f"{now:%Y%m%d%H}".encode(), hashlib.sha256)
    more, fewer = (_heads(drawn[at]) for at in (0, 1))
    return max(2, limit.an_hour + more - fewer)


def _heads(byte: int) -> int:
    """Return how many heads came before the first tail, of a byte's eight coins."""
    return 8 - byte.bit_length()


def _key(limit: Limit, where: str) -> bytes:
    return hmac.digest(_KEY, f"{limit.what}|{where}".encode(), hashlib.sha256)


def _recent(key: bytes, now: datetime) -> list[datetime]:
    return [at for at in _counted.get(key, []) if now - at < WINDOW]


def _drop(now: datetime) -> None:
    for key in [k for k, times in _counted.items() if not times or now - times[-1] >= WINDOW]:
        del _counted[key]


def forget() -> None:
    """Begin again from nought."""
    with _lock:
        _counted.clear()
