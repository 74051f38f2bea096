"""Named questions about networks. No person stands in any answer: nothing here leaves a trace of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.directory import reads as directory
from cortile.directory.models import Agreement, Organization, Service
from cortile.directory.rules.same import name_key
from cortile.homes.models import Neighbourhood
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening.states import CHIPS
from cortile.listening.words import CHIP_LABELS
from cortile.network import access, counted, offers, points, standing, words
from cortile.network.models import AgendaItem, Lending, Meeting, Member, Network, NetworkDecision
from cortile.network.points import Point
from cortile.network.rules import days
from cortile.network.standing import Standing

PUBLIC = (
    "comun",
    "municip",
    "servizi sociali",
    "consultorio",
    "sanitari",
    "scuol",
    "universit",
    "pubblic",
    "questura",
    "prefettura",
)


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network as its page shows it."""

    network: Network
    members: list[Member]
    meetings: list[Meeting]
    decisions: list[NetworkDecision]
    missing: list[str]
    lendings: list[Lending]
    to_ask: list[Agency]


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """The counts of a month as a table: a line for each quarter and topic that has one, ready to be shown."""

    month: date
    months: list[date]
    places: list[tuple[str, list[tuple[str, str, str]]]]
    services: list[tuple[str, str, Standing]]
    not_lent: tuple[str, ...]


def networks(*, by: Actor) -> list[Network]:
    """Return the networks of one's own body, with how many members and open decisions each has."""
    access.require(by)
    open_ones = Count("decisions", filter=Q(decisions__state="open"), distinct=True)
    rows = access.networks(by).prefetch_related("areas__neighbourhood")
    return list(rows.annotate(seats=Count("members", filter=Q(members__until=None), distinct=True), left=open_ones))


def the_network(network_id: int, *, by: Actor) -> NetworkPage:
    """Return a network with its members, tables, open decisions (the late ones first), and what it lacks. Raise ``NotVisible``."""
    access.require(by)
    network = access.the(access.networks(by).select_related("agency"), network_id)
    members = members_of(network, by=by)
    meetings = list(access.meetings(by).filter(network=network))
    left = [d for d in decisions(by=by) if d.network_id == network.pk and d.state == "open"]
    lendings = list(access.lendings_to(by).filter(network=network).exclude(state="ended"))
    asked = {network.agency_id, *(lending.lender_id for lending in lendings)}
    bodies = {a.neighbourhood.agency for a in network.areas.select_related("neighbourhood__agency")}
    to_ask = sorted((b for b in bodies if b.pk not in asked), key=lambda b: b.short_name)
    not_lent = sorted([*(b.short_name for b in to_ask), *(x.lender.short_name for x in lendings if x.state == "asked")])
    missing = _missing(members, meetings, left, not_lent)
    return NetworkPage(network, members, meetings, left, missing, lendings, to_ask)


def _missing(members: list[Member], meetings: list[Meeting], left: list[NetworkDecision], not_lent: list[str]) -> list[str]:
    """Say what a network lacks: the first thing its keeper reads."""
    today = clock.today()
    late = sum(d.late_on(today) for d in left)
    found = {
        "late": late > 0, **_seats(members),
        "meeting": all(m.state != "planned" or m.day < today for m in meetings), "lending": bool(not_lent),
    }  # fmt: skip
    unreachable = [m.organization.name for m in members if not m.reachable]
    names = {"referent": ", ".join(unreachable), "lending": ", ".join(not_lent)}
    return [str(words.MISSING[key]).format(count=late, names=names.get(key, "")) for key, lacking in found.items() if lacking]


def _seats(members: list[Member]) -> dict[str, bool]:
    """Tell which seats of a network are empty."""
    public = [any(word in m.kind.casefold() for word in PUBLIC) for m in members]
    some = bool(members)
    return {
        "members": not some, "public": some and not any(public), "third": some and all(public),
        "referent": not all(m.reachable for m in members),
    }  # fmt: skip


def members_of(network: Network, *, by: Actor) -> list[Member]:
    """Return who is in a network today."""
    return list(access.members(by).filter(network=network, until=None))


def needs(network_id: int, month: date | None = None, *, by: Actor) -> NeedsPage:
    """Return what was asked and what stayed without an answer, by quarter and topic.

    Raise ``NotVisible`` for another body's network, and for a month that is not over.
    """
    found = _counted(network_id, month, by)
    lines = [(q.name, _lines(found, q.pk)) for q in found.quarters]
    services = [(s.name, counted.step(s.stuck), s) for s in standing.of(found.quarters, found.own, found.lent)]
    return NeedsPage(found.month, days.months(clock.today()), lines, services, found.not_lent)


def _lines(found: counted.Counted, place: int) -> list[tuple[str, str, str]]:
    topics = [(t, str(CHIP_LABELS[t])) for t in CHIPS if found.seen["asked", place, t] != 0]
    return [
        (label, found.text(("asked", place, topic)), found.text(("unmet", place, topic)))
        for topic, label in [*topics, ("", str(words.ALL_TOPICS))]
    ]


def prepared(network_id: int, month: date | None = None, *, by: Actor) -> list[Point]:
    """Return the points of an agenda as the data have them now. Raise ``NotVisible`` as ``needs`` does."""
    return points.of(_counted(network_id, month, by), agreements(by=by))


def _counted(network_id: int, month: date | None, by: Actor) -> counted.Counted:
    access.require(by)
    asked = month or days.last_whole_month(clock.today())
    if asked not in days.months(clock.today()):
        raise NotVisible
    return counted.of(access.the(access.networks(by), network_id), asked)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A table with all that was said there."""

    meeting: Meeting
    items: list[AgendaItem]
    present: list[Member]
    absent: list[Member]
    decisions: list[NetworkDecision]
    may_come: list[Member]


def meeting(meeting_id: int, *, by: Actor) -> Minutes:
    """Return a table with its agenda, who came and what was decided. Raise ``NotVisible``."""
    access.require(by)
    row = access.the(access.meetings(by), meeting_id)
    seats = list(row.presences.select_related("member__organization"))
    known = {s.member_id for s in seats}
    others = [m for m in members_of(row.network, by=by) if m.pk not in known]
    return Minutes(
        row, list(row.items.all()), [s.member for s in seats if s.present], [s.member for s in seats if not s.present],
        list(access.decisions(by).filter(meeting=row)), [*(s.member for s in seats), *others],
    )  # fmt: skip


def decisions(*, by: Actor) -> list[NetworkDecision]:
    """Return every decision of one's own body: late ones first, then the open ones by date, then those done, the last first."""
    access.require(by)
    today = clock.today()
    rows = list(access.decisions(by).order_by(F("done_at").desc(nulls_first=True), "due", "pk"))
    return sorted(rows, key=lambda d: (d.state != "open", not d.late_on(today)))


def lent(*, by: Actor) -> list[Lending]:
    """Return what one's own body lends, or is asked to: those to be answered first."""
    access.require(by, "lend counts")
    return sorted(access.lendings_of(by), key=lambda lending: ("asked", "lent", "ended").index(lending.state))


def agreements(*, by: Actor) -> list[Agreement]:
    """Return the agreements of one's own body: those in force first, by the day they end."""
    today = clock.today()
    rows = directory.agreements(by=by)
    return sorted(rows, key=lambda a: (a.ended_at is not None or a.ends_on < today, a.ends_on))


def quarters() -> list[tuple[int, str]]:
    """Return the quarters of every body, for a perimeter: a place is nobody."""
    rows = Neighbourhood.objects.select_related("agency").order_by("agency__short_name", "name")
    return [(q.pk, f"{q.name} ({q.agency.short_name})") for q in rows]


def colleagues(*, by: Actor) -> list[Staff]:
    """Return who in one's own body may answer for a decision."""
    access.require(by)
    return agencies.colleagues(by.agency_id or 0)


def partners(*, by: Actor) -> list[tuple[int, str]]:
    """Return the organisations one's own body keeps: those it may sign an agreement with."""
    return list(Organization.objects.filter(agency_id=by.agency_id or 0).order_by("name").values_list("pk", "name"))


def organization_named(name: str, *, by: Actor) -> Organization | None:
    """Return the organisation of the directory that is called so, however it is written: one's own body's first."""
    wanted = name_key(name)
    rows = sorted(Organization.objects.order_by("pk"), key=lambda row: row.agency_id != by.agency_id)
    return next((row for row in rows if name_key(row.name) == wanted), None)


def sayable(network: Network | None) -> list[str]:
    """Return what may be named at a table: organisations, services, agreements, topics, quarters, the network itself."""
    found = [network.name] if network else []
    found += [*offers.need_names().values(), *(str(label) for label in CHIP_LABELS.values())]
    found += list(Agreement.objects.values_list("title", flat=True))
    found += list(Organization.objects.values_list("name", flat=True)) + list(Service.objects.values_list("name", flat=True))
    for name, town, aliases in Neighbourhood.objects.values_list("name", "municipality", "aliases"):
        found += [name, town, *aliases]
    return found
