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


TAKINGS, GIVING_BACK = Limit("take", 5), Limit("give back", 20)
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
    # One household's whole network is one address: else each of its many would have its own count.
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004 -- IPv6


def spend(limit: Limit, where: str) -> None:
    """Count one more from an address. Raise ``Refused('too-often')`` where the hour is used up."""
    key, now = hmac.digest(_KEY, f"{limit.what}|{where}".encode(), hashlib.sha256), clock.now()
    with _lock:
        if len(_counted) >= MOST:
            _drop(now)
        recent = [at for at in _counted.get(key, []) if now - at < WINDOW]
        free = len(recent) < limit.an_hour
        _counted[key] = [*recent, now] if free else recent
    refuse_unless(free, "too-often", _("Da qui abbiamo ricevuto molte richieste."), _("Riprova tra un'ora, oppure chiama il 1522."))


def _drop(now: datetime) -> None:
    for key in [k for k, times in _counted.items() if not times or now - times[-1] >= WINDOW]:
        del _counted[key]
    # Still full: somebody sends from everywhere, and a count that cannot grow is better than a memory that does.
    if len(_counted) >= MOST:
        _counted.clear()


def forget() -> None:
    """Begin again from nought."""
    with _lock:
        _counted.clear()
