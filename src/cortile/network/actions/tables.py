"""A table: prepared from the data, held with who came, and its minutes closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.anonymous import PROPER
from cortile.network import access, reads
from cortile.network.actions.steps import check, said
from cortile.network.models import AgendaItem, Meeting, Network, Presence
from cortile.network.points import Point
from cortile.network.rules import days
from cortile.network.states import MEETINGS


@action("network.meeting_prepared")
def prepare_meeting(
    network_id: int, *, by: Actor, kind: str, day: date, place: str, items: Mapping[str, str], free: Iterable[str] = (),
    invited: Iterable[int] = (), month: date | None = None, once: str = "",
) -> Meeting:  # fmt: skip
    """Call a table. ``items`` are the prepared points that stay (key → words, as they were mended); their numbers freeze now.

    Raise ``not-allowed``, ``NotVisible``, ``place-missing``, ``date-past``, ``agenda-empty``, ``item-unknown``, ``words-missing``
    or ``somebody-named``.
    """
    access.require(by)
    network = access.the(access.networks(by), network_id, held=True)
    check(kind in MEETINGS, "not-in-this-state")
    where = said(place, of=network, missing="place-missing", apart=PROPER)
    check(day >= clock.today(), "date-past")
    read = month or days.last_whole_month(clock.today())
    meeting = Meeting.objects.create(
        agency_id=network.agency_id, network=network, kind=kind, day=day, place=where, month=read, prepared_at=clock.now()
    )
    _write_agenda(meeting, network, items, free, by)
    rows = network.members.filter(pk__in=set(invited), until=None)
    Presence.objects.bulk_create([Presence(agency_id=network.agency_id, meeting=meeting, member=m) for m in rows])
    done("C", meeting, fields=["day", "place", "items", "members"])
    return meeting


def _write_agenda(meeting: Meeting, network: Network, items: Mapping[str, str], free: Iterable[str], by: Actor) -> None:
    ready = {point.key: point for point in reads.prepared(network.pk, meeting.month, by=by)}
    check(set(items) <= set(ready), "item-unknown")
    rows = [
        AgendaItem(kind=point.kind, key=key, words=_kept(point, items[key], network), numbers=[list(n) for n in point.numbers])
        for key, point in ready.items() if key in items
    ]  # fmt: skip
    rows += [AgendaItem(kind="free", words=said(text, of=network)) for text in free if text.strip()]
    check(rows, "agenda-empty")
    for position, row in enumerate(rows, start=1):
        row.agency_id, row.meeting, row.position = network.agency_id, meeting, position
    AgendaItem.objects.bulk_create(rows)


def _kept(point: Point, words: str, network: Network) -> str:
    """Return the words of a point. As they were prepared they name services and quarters only; mended ones are read again."""
    return point.words if words.split() == point.words.split() else said(words, of=network)


@action("network.meeting_held")
def hold_meeting(meeting_id: int, *, by: Actor, present: Iterable[int], once: str = "") -> Meeting:
    """Say who came. It may be said again until the minutes are closed.

    Raise ``not-allowed``, ``NotVisible``, ``not-yet`` before its day, ``not-in-this-state`` once the minutes are closed.
    """
    access.require(by)
    meeting = access.the(access.meetings(by), meeting_id, held=True)
    check(meeting.state != "printed", "not-in-this-state")
    check(meeting.day <= clock.today(), "not-yet")
    came = set(present)
    for row in meeting.presences.all():
        row.present = row.member_id in came
        row.save(update_fields=["present"])
    late = meeting.network.members.filter(pk__in=came, until=None).exclude(presences__meeting=meeting)
    Presence.objects.bulk_create([Presence(agency_id=meeting.agency_id, meeting=meeting, member=m, present=True) for m in late])
    meeting.state, meeting.held_at = "held", meeting.held_at or clock.now()
    meeting.save(update_fields=["state", "held_at"])
    done("U", meeting, fields=["state", "present"])
    return meeting


@action("network.minutes_closed")
def close_minutes(meeting_id: int, *, by: Actor, once: str = "") -> Meeting:
    """Close the minutes: from here on they are printed as they are.

    Raise ``not-allowed``, ``NotVisible``, ``not-yet``, ``not-in-this-state``.
    """
    access.require(by)
    meeting = access.the(access.meetings(by), meeting_id, held=True)
    check(meeting.state != "planned", "not-yet")
    check(meeting.state == "held", "not-in-this-state")
    meeting.state = "printed"
    meeting.save(update_fields=["state"])
    done("U", meeting, fields=["state"])
    return meeting
