"""What of the audit is told to the person it is about: on a phone somebody else may hold, or on paper from an operator.

A line must never say that something exists which that surface may not show. What is delicate stands on neither.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from cortile.kit.models import AuditEvent


class Shown(enum.Enum):
    """Which things count: those a phone shows, those a paper shows, or those that only a paper shows."""

    PHONE = "phone"
    PAPER = "paper"
    ONLY_PAPER = "only paper"


Veil = Callable[[set[int], Shown], set[int]]
Span = tuple[datetime, datetime | None]
Grounds = Callable[[int, Shown], list[Span]]
Agent = tuple[str, int | None]
_veils: dict[str, Veil] = {}
_grounds: dict[str, Grounds] = {}
# Who handles something searches, opens the record and reads around it: those steps would tell of it by themselves.
TRAIL = timedelta(hours=1)
# A tap, a reason or an emergency stays whatever was written around it: a hand that hides a talk does not hide itself.
STAYS = ("record.opened_in_front", "record.opened_absent", "glass.broken", "glass.reviewed")
# What a talk opened would tell a phone of the talk. A paper says it in the words of any opening.
STAYS_ON_PAPER = (*STAYS, "record.opened_by_contact")
# Another hand looks at an opening again, a day or a month later: those steps would tell of one that is left out.
OPENING, LOOKED_AGAIN = "people.recordopening", "accesses.read"


def veil(thing: str) -> Callable[[Veil], Veil]:
    """Register which of some things (``"listening.thread"``) are not to be shown. Only a room's ``access.py`` calls it."""

    def register(hidden: Veil) -> Veil:
        _veils[thing] = hidden
        return hidden

    return register


def rests_on(*reads: str) -> Callable[[Grounds], Grounds]:
    """Register, for reads of lists, since when and until when a person is shown something that stood in them.

    A list names no thing: what it showed may have been kept apart afterwards.
    """

    def register(grounds: Grounds) -> Grounds:
        _grounds.update(dict.fromkeys(reads, grounds))
        return grounds

    return register


def told(events: Iterable[AuditEvent], person_id: int, shown: Shown) -> list[AuditEvent]:
    """Leave out the events that would tell of something that may not be shown, and the steps around them.

    Those of veiled things, and reads of lists in which nothing stood that is shown. A sealed read of a list names no thing:
    a phone never tells it, a paper only when it was of something said in person.
    """
    every = list(events)
    hidden = _hidden(every, shown)
    left = [e for e in every if (e.thing, e.thing_id) not in hidden and not (e.sealed and shown is Shown.PHONE)]
    trails: dict[Agent, list[datetime]] = defaultdict(list)
    for event in every:
        if (event.thing, event.thing_id) in hidden:
            trails[event.agent_kind, event.agent_id].append(event.recorded)
    left = [e for e in left if _stays(e, shown) or not _on_a_trail(e, trails[e.agent_kind, e.agent_id])]
    return _rested(_without_second_looks(every, left), person_id, shown)


def _hidden(events: list[AuditEvent], shown: Shown) -> set[tuple[str, int | None]]:
    return {
        (thing, number)
        for thing, look in _veils.items()
        for number in look({e.thing_id for e in events if e.thing == thing and e.thing_id is not None}, shown)
    }


def _stays(event: AuditEvent, shown: Shown) -> bool:
    return event.what in (STAYS if shown is Shown.PHONE else STAYS_ON_PAPER)


def _on_a_trail(event: AuditEvent, hidden_at: list[datetime]) -> bool:
    """Tell whether a read that names no thing of its own was done by the hand, and in the hour, of a hidden act."""
    return event.verb == "R" and event.thing not in _veils and any(abs(event.recorded - at) <= TRAIL for at in hidden_at)


def _without_second_looks(every: list[AuditEvent], left: list[AuditEvent]) -> list[AuditEvent]:
    """Leave out what was done again about the openings that are left out, and reads of a list in which no other stood."""
    kept = {e.pk for e in left}
    opened = [e for e in every if e.thing == OPENING and e.verb == "R"]
    first_told = min((e.recorded for e in opened if e.pk in kept), default=None)
    # Newest first, so that each keeps the first hour it was opened.
    gone = {e.thing_id: e.recorded for e in sorted(opened, key=lambda e: e.recorded, reverse=True) if e.pk not in kept}
    return [e for e in left if not _looks_again(e, gone, first_told)]


def _looks_again(event: AuditEvent, gone: dict[int | None, datetime], first_told: datetime | None) -> bool:
    """Tell whether an event is about an opening left out, or read a list when only such ones stood in it."""
    if event.what != LOOKED_AGAIN:
        return event.thing == OPENING and event.thing_id in gone
    only_gone = first_told is None or event.recorded < first_told
    return only_gone and any(at <= event.recorded for at in gone.values())


def _rested(events: list[AuditEvent], person_id: int, shown: Shown) -> list[AuditEvent]:
    spans: dict[tuple[Grounds, Shown], list[Span]] = {}
    found = []
    for event in events:
        grounds = _grounds.get(event.what) if not event.thing else None
        if grounds is None or _delicate(event):
            found += [event] if not event.sealed or event.thing in _veils else []
            continue
        stood = Shown.ONLY_PAPER if event.sealed else shown
        if (grounds, stood) not in spans:
            spans[grounds, stood] = grounds(person_id, stood)
        found += [event] if _within(event.recorded, spans[grounds, stood]) else []
    return found


def _delicate(event: AuditEvent) -> bool:
    """Tell whether a sealed read was of a list's delicate rows: it names no field, so that the log says nothing of them."""
    return event.sealed and not event.thing and not event.fields


def _within(at: datetime, spans: list[Span]) -> bool:
    return any(since <= at and (until is None or at <= until) for since, until in spans)
