"""The one clock. Everything else asks it, so that eighteen months of a demo world fit in a minute."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
_frozen: ContextVar[datetime | None] = ContextVar("cortile_clock", default=None)


def now() -> datetime:
    """Return the present instant in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """Return today's date where the tenants live."""
    return now().astimezone(ROME).date()


def local(instant: datetime) -> datetime:
    """Return an instant as the clock on the wall in Lombardy shows it."""
    return instant.astimezone(ROME)


def at(day: date, hour: time) -> datetime:
    """Return the UTC instant of a local day and hour. A skipped or doubled hour takes the first reading (fold 0)."""
    return datetime.combine(day, hour, tzinfo=ROME).astimezone(UTC)


@contextlib.contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Stop the clock for a block: tests and the demo world only."""
    if instant.tzinfo is None:
        message = "the clock needs an aware datetime"
        raise ValueError(message)
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the UTC start of a local day and the start of the next one."""
    return at(day, time.min), at(day + timedelta(days=1), time.min)
