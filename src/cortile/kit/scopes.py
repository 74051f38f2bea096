"""Which writes are open right now. The connection wrapper in ``guard`` reads it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

NOTHING, AUDIT, EVERYTHING = "nothing", "audit", "everything"

_open: ContextVar[str] = ContextVar("cortile_writes", default=NOTHING)
_safe: ContextVar[bool] = ContextVar("cortile_safe_method", default=False)


def writes() -> str:
    """Return what may be written now: ``nothing``, ``audit`` or ``everything``."""
    return _open.get()


def in_safe_method() -> bool:
    """Tell whether the request is a GET or HEAD, which may look and never change."""
    return _safe.get()


@contextlib.contextmanager
def opened(what: str) -> Iterator[None]:
    """Open writes for a block. Only ``actions``, ``audit`` and the set-up commands call it."""
    token = _open.set(what)
    try:
        yield
    finally:
        _open.reset(token)


@contextlib.contextmanager
def safe_method() -> Iterator[None]:
    """Mark a block as answering a safe method: no action may start inside it."""
    token = _safe.set(True)
    try:
        yield
    finally:
        _safe.reset(token)
