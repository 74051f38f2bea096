"""The table said again in Python, from product §3.5 and architecture §5: each relation in three lines at most, on plain rows.

Written without looking at a query: where the two differ, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cortile.agencies.models import Absence, Staff
from cortile.agencies.roles import Role
from cortile.agenda.models import Appointment
from cortile.benefits.models import Application
from cortile.homes.models import Posting
from cortile.kit import clock
from cortile.listening.models import ContactPerson, HandOver, Thread
from cortile.people.models import Membership, Person, RecordOpening
from cortile.referrals.models import Referral
from tests.agencies.rows import World

# What no session opened by a code to a telephone shows (product §4, F5), said again.
UNSAID = ("health", "listening", "neighbours", "rent", "benefits")


@dataclass(frozen=True)
class Who:
    """Somebody acting, from plain rows."""

    holder: str
    world: World
    id: int | None = None
    agency: int | None = None
    office: int | None = None
    person: int | None = None
    scopes: frozenset[str] = frozenset()
    areas: frozenset[int] = field(default=frozenset())
    offices: frozenset[int] = field(default=frozenset())
    under_glass: frozenset[int] = field(default=frozenset())
    questions: frozenset[int] = field(default=frozenset())
    # How they came in: with a code to a telephone, and known by a document or not.
    by_phone: bool = False
    known: bool = False
    # What they act for: the office of contributions sees what it needs for that, and nothing of it in passing.
    purpose: str = "service"


def member(world: World, staff: Staff) -> Who:
    """Return a member of staff with all that ties them to rows."""
    today = world.today
    areas = [p.neighbourhood_id for p in world.of[Posting].values()
             if p.staff_id == staff.pk and p.since <= today and (p.until is None or today <= p.until)]  # fmt: skip
    away = {a.staff_id for a in world.of[Absence].values() if a.first_day <= today <= a.last_day}
    stood = {s.office_id for s in world.of[Staff].values() if s.deputy_id == staff.pk and s.pk in away}
    offices = (stood | {staff.office_id}) - {None}
    return Who(
        staff.role, world, staff.pk, staff.agency_id, staff.office_id, areas=frozenset(areas), offices=frozenset(offices),
        under_glass=frozenset(o.person_id for o in world.of[RecordOpening].values()
                              if o.staff_id == staff.pk and o.kind == "glass" and o.until > world.now),
        questions=frozenset(h.pk for h in world.of[HandOver].values()
                            if h.office_id in offices and h.agency_id == staff.agency_id and h.state != "withdrawn"
                            and not h.thread.delicate),
    )  # fmt: skip


def _ours(a: Who, row: Any) -> bool:  # noqa: ANN401
    return a.agency is not None and row.agency_id == a.agency


def _asked(a: Who) -> list[HandOver]:
    return [a.world.of[HandOver][pk] for pk in a.questions]


def _waiting(a: Who) -> list[HandOver]:
    return [h for h in _asked(a) if h.state in {"sent", "taken"}]


def _phone(a: Who, t: Thread) -> bool:
    return t.person_id == a.person and not t.person.only_in_person and _phone_matter(a, t)


def _phone_visit(a: Who, v: Any) -> bool:  # noqa: ANN401
    # An hour with a nurse says that it is about health, whatever the request.
    of_health = a.by_phone and v.staff.role == Role.NURSE
    shown = v.person_id == a.person and not v.person.only_in_person and not of_health
    return shown and (v.thread is None or _phone_matter(a, v.thread))


def _phone_matter(a: Who, t: Thread) -> bool:
    return not t.delicate and not t.only_in_person and not (a.by_phone and t.chip in UNSAID)


def _phone_word(a: Who, m: Any) -> bool:  # noqa: ANN401
    said = m.on_phone and not m.delicate and not (a.by_phone and m.sensitive)
    return m.person_id == a.person and said and not m.person.only_in_person


def tells(a: Who, t: Thread) -> bool:
    """Tell whether somebody reads out a request to who says its number on the telephone."""
    kept = t.delicate or t.only_in_person or t.person.only_in_person or t.person.state != "active"
    return a.holder in {CM, LEAD, DESK} and a.purpose == "service" and _ours(a, t) and not kept


def _posted_up(a: Who, n: Any) -> bool:  # noqa: ANN401
    home = a.world.of[Person][a.person].home_stair if a.person else None
    mine = home is not None and n.building_id == home.building_id and n.stair_id in {None, home.pk}
    return mine and n.withdrawn_at is None and n.since <= a.world.today <= n.until


def _decreed(a: Who, m: Any) -> bool:  # noqa: ANN401
    if m.about_thing == "agenda.appointment":
        visit = a.world.of[Appointment][m.about_id]
        return _phone_visit(a, visit) and visit.thread is not None and visit.thread.chip in a.scopes
    about = a.world.of[Thread][m.about_id] if m.about_thing else None
    return about is None or (_phone(a, about) and about.chip in a.scopes)


def _met(a: Who, c: Any) -> set[int]:  # noqa: ANN401
    return {p.person_id for p in a.world.of[ContactPerson].values() if p.contact_id == c.pk}


def _mine_today(a: Who, v: Appointment) -> bool:
    today = clock.local(v.starts_at).date() >= a.world.today
    return _ours(a, v) and v.staff_id == a.id and v.state == "booked" and today


def _helping(a: Who, holder_id: int) -> bool:
    return any(
        _ours(a, t) and t.person_id == holder_id and t.chip == "rent" and t.state != "closed" and not t.delicate
        and (t.neighbourhood_id is None or t.neighbourhood_id in a.areas)
        for t in a.world.of[Thread].values()
    )  # fmt: skip


def _living(a: Who, c: Any) -> bool:  # noqa: ANN401
    return c.withdrawn_at is None and c.until >= a.world.today


def _there(a: Who, quarter: int | None) -> bool:
    return quarter is None or quarter in a.areas


def _on_her_phone(a: Who, c: Any) -> bool:  # noqa: ANN401
    return not (c.thread.delicate or c.thread.only_in_person or c.applicant.only_in_person or a.by_phone)


def _lives_there(a: Who, c: Any) -> bool:  # noqa: ANN401
    return any(
        m.person_id == a.person and m.household_id == c.household_id and m.until is None for m in a.world.of[Membership].values()
    )


def _applied(a: Who, field: str) -> set[int]:
    return {getattr(c, field) for c in a.world.of[Application].values() if _ours(a, c)}


def _given(a: Who, r: Any) -> bool:  # noqa: ANN401
    """Tell whether a service is still shown what it was sent: while the yes, or the agreement it rests on, lasts."""
    today, yes, deal = a.world.today, r.consent, r.agreement
    agreed = deal is not None and deal.ended_at is None and deal.starts_on <= today <= deal.ends_on
    said = yes is not None and yes.withdrawn_at is None and yes.starts_on <= today <= yes.ends_on
    rests = (said and (agreed or "economic" not in r.fields)) if r.basis == "consent" else agreed
    return rests and r.state not in {"rejected", "failed", "completed", "cancelled"} and not r.closed_at and not r.thread.delicate


def _phone_referral(a: Who, r: Any) -> bool:  # noqa: ANN401
    return r.person_id == a.person and not r.person.only_in_person and _phone_matter(a, r.thread)


def _of_a_referral(holds: Callable[[Who, Any], bool]) -> Callable[[Who, Any], bool]:
    return lambda a, c: any(r.consent_id == c.pk and holds(a, r) for r in a.world.of[Referral].values())


REFERRALS: dict[str, Callable[[Who, Any], bool]] = {
    "own area": lambda a, r: _ours(a, r) and not r.thread.delicate and _there(a, r.thread.neighbourhood_id),
    "own agency": lambda a, r: _ours(a, r) and not r.thread.delicate,
    "own agency, or a job of the whole house": lambda a, r: (a.agency is None or _ours(a, r)) and not r.thread.delicate,
    "holder": lambda a, r: _ours(a, r) and r.thread.owner_id == a.id and not r.thread.delicate,
    "duty": lambda a, r: _ours(a, r) and r.thread.delicate and r.thread.duty_id == a.id,
    "herself": _phone_referral,
    "in scope": lambda a, r: _phone_referral(a, r) and r.thread.chip in a.scopes,
    "sent to us": lambda a, r: _ours(a, r) and r.pk == a.id and _given(a, r),
}


Holds = Callable[[Who, Any], bool]
HOW: dict[str, dict[str, Holds]] = {
    "person": {
        "own area": lambda a, p: _ours(a, p) and _there(a, p.home_neighbourhood_id),
        "own agency": _ours,
        "broken glass": lambda a, p: _ours(a, p) and p.pk in a.under_glass,
        "handed over": lambda a, p: any(h.thread.person_id == p.pk for h in _waiting(a)),
        "opt-in visits": lambda a, p: (
            _ours(a, p) and p.home_neighbourhood_id in a.areas and p.visits_welcome and p.state == "active"
        ),
        "own list": lambda a, p: any(v.person_id == p.pk and _mine_today(a, v) for v in a.world.of[Appointment].values()),
        "herself": lambda a, p: p.pk == a.person,
        "who applied": lambda a, p: _ours(a, p) and p.pk in _applied(a, "applicant_id"),
    },
    "copy": {
        "received": lambda a, c: _ours(a, c) and _living(a, c),
        "own area": lambda a, c: c.source_agency_id == a.agency and _there(a, c.person.home_neighbourhood_id) and _living(a, c),
        "own agency": lambda a, c: c.source_agency_id == a.agency and _living(a, c),
        "herself": lambda a, c: c.person_id == a.person and _living(a, c),
    },
    "thread": {
        "own area": lambda a, t: _ours(a, t) and not t.delicate and _there(a, t.neighbourhood_id),
        "own agency": lambda a, t: _ours(a, t) and not t.delicate,
        "own agency, or a job of the whole house": lambda a, t: (a.agency is None or _ours(a, t)) and not t.delicate,
        "holder": lambda a, t: _ours(a, t) and t.owner_id == a.id and not t.delicate,
        "broken glass": lambda a, t: _ours(a, t) and t.person_id in a.under_glass and not t.delicate,
        "handed over": lambda a, t: any(h.thread_id == t.pk for h in _asked(a)),
        "herself": _phone,
        "in scope": lambda a, t: _phone(a, t) and t.chip in a.scopes,
        "of who applied": lambda a, t: _ours(a, t) and not t.delicate and t.pk in _applied(a, "thread_id"),
    },
    "delicate": {"duty": lambda a, t: _ours(a, t) and t.delicate and t.duty_id == a.id},
    "hand_over": {
        "handed over": lambda a, h: h.pk in a.questions,
        "own area": lambda a, h: _ours(a, h) and not h.thread.delicate and _there(a, h.thread.neighbourhood_id),
        "own agency": lambda a, h: _ours(a, h) and not h.thread.delicate,
    },
    "contact": {
        "own area": lambda a, c: _ours(a, c) and not c.delicate and (_there(a, c.neighbourhood_id) or c.staff_id == a.id),
        "own agency": lambda a, c: _ours(a, c) and not c.delicate,
        "broken glass": lambda a, c: _ours(a, c) and not c.delicate and bool(_met(a, c) & a.under_glass),
        "own entry": lambda a, c: _ours(a, c) and c.staff_id == a.id and not c.delicate,
        "envelope": lambda a, c: _ours(a, c) and c.staff_id == a.id and c.delicate,
    },
    "appointment": {
        "own area": lambda a, v: (
            _ours(a, v) and not (v.thread and v.thread.delicate)
            and (_there(a, v.person.home_neighbourhood_id) or v.staff_id == a.id)
        ),
        "own agency": lambda a, v: _ours(a, v) and (v.thread is None or not v.thread.delicate),
        "duty": lambda a, v: _ours(a, v) and bool(v.thread) and v.thread.delicate and a.id in {v.staff_id, v.thread.duty_id},
        "own list": _mine_today,
        "herself": _phone_visit,
        "in scope": lambda a, v: _phone_visit(a, v) and v.thread is not None and v.thread.chip in a.scopes,
    },
    "call_back": {
        "own area": lambda a, c: (
            _ours(a, c) and not c.thread.delicate and (_there(a, c.person.home_neighbourhood_id) or c.staff_id == a.id)
        ),
        "own agency": lambda a, c: _ours(a, c) and not c.thread.delicate,
        "duty": lambda a, c: _ours(a, c) and c.thread.delicate and c.thread.duty_id == a.id,
        "herself": _phone_visit,
    },
    "incoming_sms": {"own agency": lambda a, s: _ours(a, s) and s.state == "waiting"},
    "notice": {"own agency": _ours, "own building": _posted_up},
    "message": {
        "herself": _phone_word,
        "in scope": lambda a, m: _phone_word(a, m) and _decreed(a, m),
        "own area": lambda a, m: _ours(a, m) and not m.delicate and m.person.home_neighbourhood_id in a.areas,
        "own agency": lambda a, m: _ours(a, m) and not m.delicate,
    },
    "account": {
        "handed over rent": lambda a, r: any(
            h.shows_rent and h.office.sees_rent and h.thread.person_id == r.tenancy.holder_id for h in _waiting(a)
        ),
        "asked for help": lambda a, r: _helping(a, r.tenancy.holder_id),
        "herself": lambda a, r: r.tenancy.holder_id == a.person and a.known,
        "of who applied": lambda a, r: _ours(a, r) and r.tenancy_id in _applied(a, "tenancy_id"),
    },
    "contribution": {
        "own agency": _ours,
        "own area": lambda a, c: _ours(a, c) and c.neighbourhood_id in a.areas,
        "assisting": lambda a, c: _ours(a, c) and c.helped_by_id == a.id,
        "herself": lambda a, c: c.applicant_id == a.person and a.known and _on_her_phone(a, c),
        "household": lambda a, c: _lives_there(a, c) and a.known and _on_her_phone(a, c),
        "in scope": lambda a, c: c.applicant_id == a.person and "benefits" in a.scopes and _on_her_phone(a, c),
    },
    "flow": {"own agency": _ours, "sent to inps": lambda a, f: _ours(a, f) and "inps" in a.scopes},
    "invitation": {
        "own area": lambda a, i: _ours(a, i) and i.person.home_neighbourhood_id in a.areas and i.person.state == "active",
    },
    "referral": REFERRALS,
    "consent": {how: _of_a_referral(holds) for how, holds in REFERRALS.items()},
    "standing": {
        "own agency": _ours,
        "asked for help": lambda a, t: _helping(a, t.holder_id),
        "herself": lambda a, t: t.holder_id == a.person and a.known,
    },
}  # fmt: skip

CM, LEAD, DESK, OFFICE = Role.COMMUNITY_MANAGER, Role.LEAD, Role.DESK, Role.OFFICE
# Who sees what by which relation. Whoever is not named sees nothing.
SEES: dict[str, dict[str, str]] = {
    "person": {CM: "own area, broken glass", LEAD: "own agency", DESK: "own agency", OFFICE: "handed over",
               Role.CUSTODIAN: "opt-in visits", Role.NURSE: "own list", "tenant": "herself", "delegate": "herself",
               "representative": "herself", "system": "own agency", Role.PROGRAMME: "who applied"},
    "copy": {Role.NETWORK_MANAGER: "received", CM: "own area", LEAD: "own agency", "tenant": "herself"},
    "thread": {CM: "own area, holder, broken glass", LEAD: "own agency", DESK: "own agency", OFFICE: "handed over",
               "link": "handed over", "tenant": "herself", "delegate": "in scope", "representative": "in scope",
               "system": "own agency, or a job of the whole house", Role.PROGRAMME: "of who applied"},
    "delicate": {CM: "duty", LEAD: "duty"},
    "hand_over": {OFFICE: "handed over", "link": "handed over", CM: "own area", LEAD: "own agency"},
    "contact": {CM: "own area, broken glass, envelope", LEAD: "own agency, envelope", DESK: "own entry",
                Role.CUSTODIAN: "own entry", Role.NURSE: "own entry"},
    "appointment": {CM: "own area, duty", LEAD: "own agency, duty", DESK: "own agency, duty", Role.NURSE: "own list",
                    "tenant": "herself", "delegate": "in scope", "representative": "in scope"},
    "call_back": {CM: "own area, duty", LEAD: "own agency, duty", "tenant": "herself"},
    "incoming_sms": {CM: "own agency", LEAD: "own agency", DESK: "own agency"},
    "notice": {CM: "own agency", LEAD: "own agency", DESK: "own agency", Role.CUSTODIAN: "own agency",
               "tenant": "own building", "representative": "own building"},
    "message": {CM: "own area", LEAD: "own agency", "tenant": "herself", "representative": "in scope"},
    "account": {OFFICE: "handed over rent", CM: "asked for help", "tenant": "herself", Role.PROGRAMME: "of who applied"},
    "contribution": {Role.PROGRAMME: "own agency", LEAD: "own agency", CM: "own area, assisting", "tenant": "herself, household",
                     "delegate": "in scope", "representative": "in scope", "system": "own agency"},
    "flow": {Role.PROGRAMME: "own agency", "system": "own agency", "machine": "sent to inps"},
    "invitation": {CM: "own area"},
    "referral": {CM: "own area, holder, duty", LEAD: "own agency, duty", "partner": "sent to us", "tenant": "herself",
                 "representative": "in scope", "system": "own agency, or a job of the whole house"},
    "consent": {CM: "own area, holder", LEAD: "own agency", "tenant": "herself", "representative": "in scope"},
    "standing": {CM: "asked for help", "tenant": "herself", "system": "own agency"},
}  # fmt: skip
# What is seen only for a purpose; and for one of these, nothing of the above.
FOR_A_PURPOSE = {("standing", Role.PROGRAMME, purpose): "own agency" for purpose in ("contributions", "non_take_up")}


def sees(a: Who, thing: str, row: Any) -> bool:  # noqa: ANN401 -- a row of any table
    """Tell whether somebody sees a row."""
    named = SEES[thing].get(a.holder) if a.purpose == "service" else FOR_A_PURPOSE.get((thing, a.holder, a.purpose))
    if named is None:
        return False
    if named in HOW[thing]:
        return HOW[thing][named](a, row)
    return any(HOW[thing][name](a, row) for name in named.split(", "))
