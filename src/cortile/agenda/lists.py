"""The list of who receives: whom they expect, when and where, and of each person the card only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from cortile.agenda import access, reads
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.people import cards
from cortile.people.access import visible_to
from cortile.people.cards import NameCard


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody a nurse receives: nothing of why, and nothing to bring."""

    who: NameCard
    starts_at: datetime
    place: str
    needs_interpreter: bool


@dataclass(frozen=True, slots=True)
class DayList:
    """A day and who is expected on it, in order."""

    day: date
    expected: tuple[Expected, ...]


def own_list(*, by: Actor) -> list[DayList]:
    """Return whom the reader receives, from today on, day by day."""
    rows = access.visible_to(by).select_related("thread", "person", "place").order_by("starts_at", "pk")
    found = reads.list_seen("agenda.day_read", list(rows[: reads.MOST]), by, fields=(*reads.SEEN, *cards.FIELDS))
    people = {p.pk: p for p in cards.with_card(visible_to(by).filter(pk__in={a.person_id for a in found}))}
    expected = [
        Expected(
            cards.name_card(people[a.person_id]), a.starts_at, a.place.line, a.interpreter or people[a.person_id].needs_interpreter
        )
        for a in found
        if a.person_id in people
    ]
    by_day = groupby(expected, key=lambda one: clock.local(one.starts_at).date())
    return [DayList(day, tuple(same)) for day, same in by_day]
