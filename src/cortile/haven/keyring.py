"""The keys of open shifts, in this process's memory alone: gone after two minutes untouched, at the exit, or with the process."""

from __future__ import annotations

import contextvars
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from cortile.haven.keys import UnreadableError
from cortile.kit import clock


@dataclass(slots=True)
class Shift:
    """An operator at work: the association's private keys by version, and when they were last needed (UTC)."""

    operator_id: int
    association_id: int
    # Never in a trace: a repr of a shift names whose it is, and no key.
    private: dict[int, bytes] = field(repr=False)
    touched: datetime
    # What they look for in their list: the words stay here, and in no address, row or browser.
    looking: str = field(default="", repr=False)
    # Records' keys opened once, by what they were sealed as: a key turned in the meantime is looked for anew.
    known: dict[bytes, bytes] = field(default_factory=dict, repr=False)

    def key(self, version: int) -> bytes:
        """Return the private key of a version; raise ``UnreadableError`` for one this operator was never given."""
        if version not in self.private:
            raise UnreadableError
        return self.private[version]


_shifts: dict[str, Shift] = {}
_lock = threading.Lock()
_sweeping: list[threading.Timer] = []


def rest() -> timedelta:
    """Return how long a shift may rest."""
    return timedelta(minutes=settings.REST_MINUTES)


def opened(operator_id: int, association_id: int, private: dict[int, bytes]) -> str:
    """Open a shift and return its token: a session holds the token, never a key."""
    token = secrets.token_urlsafe(24)
    with _lock:
        _shifts[token] = Shift(operator_id, association_id, dict(private), clock.now())
    _sweep_later()
    return token


def of(token: str, *, touch: bool = True) -> Shift | None:
    """Return the open shift of a token, and note that it was needed; None once it rested too long."""
    with _lock:
        shift = _shifts.get(token)
        if shift is None:
            return None
        if clock.now() - shift.touched >= rest():
            del _shifts[token]
            return None
        if touch:
            shift.touched = clock.now()
        return shift


def close(token: str) -> None:
    """End a shift."""
    with _lock:
        _shifts.pop(token, None)


def close_all_of(operator_id: int) -> None:
    """End every shift of somebody: they have left, or their phrase was changed."""
    with _lock:
        for token in [t for t, shift in _shifts.items() if shift.operator_id == operator_id]:
            del _shifts[token]


def hand_over(association_id: int, version: int, private: bytes) -> None:
    """Give a new version of an association's key to the shifts that are open: nobody is sent away from what they write."""
    with _lock:
        for shift in _shifts.values():
            if shift.association_id == association_id:
                shift.private[version] = private


def sweep() -> int:
    """Drop what rested too long; return how many shifts stay open."""
    with _lock:
        for token in [t for t, shift in _shifts.items() if clock.now() - shift.touched >= rest()]:
            del _shifts[token]
        return len(_shifts)


def _sweep_later() -> None:
    """Come back while a shift is open: keys go even where nobody asks for another page."""
    if _sweeping and _sweeping[0].is_alive():
        return
    # At the hour of whoever opened the shift: a thread of its own would not know a stopped clock.
    timer = threading.Timer(10, contextvars.copy_context().run, [_swept])
    timer.daemon = True
    _sweeping[:] = [timer]
    timer.start()


def _swept() -> None:
    _sweeping.clear()
    if sweep():
        _sweep_later()


def forget() -> None:
    """End every shift."""
    with _lock:
        _shifts.clear()
