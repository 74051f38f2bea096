"""Work to count: contacts and requests, made through the rooms' acts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.listening.models import PastRequest, Thread
from tests import cast

APRIL = datetime(2026, 4, 8, 9, tzinfo=UTC)


def contacts(count: int, chip: str = "listening", *, by: Actor | None = None) -> None:
    """Record some contacts at the Spazio of San Siro."""
    for _ in range(count):
        listening.record_contact(by=by or cast.at_desk("marta"), chip=chip, done_what="listened", place=cast.space())


def requests(count: int, chip: str = "faults", key: str = "adele") -> list[Thread]:
    """Open some requests of a tenant."""
    return [cast.open_request(key, chip=chip) for _ in range(count)]


def answer(thread: Thread, *, after: timedelta = timedelta(hours=1)) -> None:
    """Answer a request some time after it came."""
    with clock.frozen(thread.opened_at + after):
        listening.say(thread, by=cast.at_desk("marta"), text="Passiamo domani.")


def history(*days: int, opened: datetime = cast.NOW) -> None:
    """Take in past requests that took these days; a negative one is still open."""
    first = opened.date()
    rows = [
        PastRequest(agency=cast.agency(), source="prova", code=f"{first}-{n}", state="closed", original_state="C",
                    category="other", opened_on=first, closed_on=first + timedelta(days=d) if d >= 0 else None)
        for n, d in enumerate(days)
    ]  # fmt: skip
    listening.take_in_history(cast.agency(), rows, by=cast.SYSTEM)
