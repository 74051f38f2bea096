"""Questions about bodies and staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cortile.agencies import policy, rules
from cortile.agencies.models import Absence, Agency, AgencyHours, LaneOwner, LocalCentre, Office, PhoneTurn, ReleasedCounts, Staff
from cortile.agencies.roles import Role
from cortile.kit import clock, working_days
from cortile.kit.kept import Kept
from cortile.kit.signed_counts import Quarter

HOURS = Kept("agencies_agencyhours")


def agency(code: str) -> Agency:
    """Return a body by its code; raise ``Agency.DoesNotExist``."""
    return Agency.objects.get(code=code)


def agency_by_id(agency_id: int) -> Agency:
    """Return a body by its number."""
    return Agency.objects.get(pk=agency_id)


def agencies() -> list[Agency]:
    """Return all bodies, by name."""
    return list(Agency.objects.order_by("name"))


def opening_hours(agency: Agency) -> list[working_days.Hours]:
    """Return the week of a body, as it stood this minute: every request that is opened asks it twice."""
    week = AgencyHours.objects.filter(agency=agency).values_list("weekday", "opens", "closes")
    return HOURS.get(agency.pk, lambda: [working_days.Hours(*opening) for opening in week])


def next_reading(agency: Agency, instant: datetime | None = None) -> datetime:
    """Return when a person next reads what arrives now; Sundays, feasts and the patron saint included (UTC)."""
    at = instant or clock.now()
    return working_days.next_reading(at, opening_hours(agency), agency.holiday_subdivision)


def offices_of(agency_id: int) -> list[Office]:
    """Return the offices a request of this body can be handed to."""
    return list(Office.objects.filter(agency_id=agency_id))


def office(office_id: int, *, agency_id: int) -> Office:
    """Return an office of a body; raise ``Office.DoesNotExist`` for another body's."""
    return Office.objects.get(pk=office_id, agency_id=agency_id)


def staff(staff_id: int) -> Staff:
    """Return a member of staff with their body."""
    return Staff.objects.select_related("agency", "team", "office", "deputy").get(pk=staff_id)


def colleagues(agency_id: int) -> list[Staff]:
    """Return the active staff of a body who can follow a request."""
    roles = [Role.COMMUNITY_MANAGER, Role.LEAD]
    return list(Staff.objects.filter(agency_id=agency_id, is_active=True, role__in=roles))


def receivers(agency_id: int) -> list[Staff]:
    """Return whom somebody can have an appointment with: who follows requests, then the nurse."""
    nurses = Staff.objects.filter(agency_id=agency_id, is_active=True, role=Role.NURSE)
    return [*colleagues(agency_id), *nurses]


def leads(agency_id: int) -> list[Staff]:
    """Return who leads at a body."""
    return list(Staff.objects.filter(agency_id=agency_id, is_active=True, role=Role.LEAD))


def with_role(role: Role) -> list[Agency]:
    """Return the bodies where somebody works in a role."""
    return list(Agency.objects.filter(pk__in=Staff.objects.filter(is_active=True, role=role).values("agency_id")).order_by("name"))


def is_present(member: Staff, day: date) -> bool:
    """Tell whether somebody works on a day: active and not absent."""
    return member.is_active and not Absence.objects.filter(staff=member, first_day__lte=day, last_day__gte=day).exists()


def lead_of(member: Staff) -> Staff:
    """Return the lead who answers for somebody: of the team, else of the body, else the person."""
    leads = Staff.objects.filter(agency_id=member.agency_id, role=Role.LEAD, is_active=True)
    return leads.filter(team_id=member.team_id or 0).first() or leads.first() or member


def reviewer_of(agency_id: int, lane: str, *, but: int | None) -> Staff | None:
    """Return who looks at what somebody did in a lane: its owner, else a lead; never the very person, and who is there first."""
    others = [s for s in reviewers(agency_id, lane) if s.pk != but]
    return next((s for s in others if is_present(s, clock.today())), others[0] if others else None)


def reviewers(agency_id: int, lane: str) -> list[Staff]:
    """Return who may look at what was done in a lane: its owner, then the leads."""
    owners = [o.staff for o in LaneOwner.objects.filter(agency_id=agency_id, lane=lane).select_related("staff__agency")]
    return list(dict.fromkeys(s for s in [*owners, *leads(agency_id)] if s.is_active))


def lane_owners(agency_id: int) -> dict[str, Staff]:
    """Return who answers for each lane of a body."""
    rows = LaneOwner.objects.filter(agency_id=agency_id).select_related("staff")
    return {row.lane: row.staff for row in rows}


def members(agency_id: int) -> list[Staff]:
    """Return everybody who works at a body."""
    return list(Staff.objects.filter(agency_id=agency_id, is_active=True))


def on_duty(member: Staff, day: date) -> Staff:
    """Return who answers for somebody on a day: themselves, the deputies in turn, the lead, any colleague. Never loops."""
    tried: set[int] = set()
    found: Staff | None = member
    while found is not None and found.pk not in tried:
        if is_present(found, day):
            return found
        tried.add(found.pk)
        found = found.deputy
    lead = lead_of(member)
    if is_present(lead, day):
        return lead
    return next((c for c in colleagues(member.agency_id) if is_present(c, day)), lead)


def stood_in_for(staff_id: int | None, day: date) -> QuerySet[Staff, int | None]:
    """Return the offices where somebody is away on a day and names this person as deputy."""
    away = Absence.objects.filter(first_day__lte=day, last_day__gte=day).values("staff_id")
    return Staff.objects.filter(deputy_id=staff_id, pk__in=away).exclude(office=None).values_list("office_id", flat=True)


def absences_of(staff_id: int) -> list[Absence]:
    """Return the days somebody will not answer, from today on."""
    return list(Absence.objects.filter(staff_id=staff_id, last_day__gte=clock.today()))


def personas() -> dict[str, Staff]:
    """Return the demo staff by the name of their persona."""
    return {s.demo_persona or "": s for s in Staff.objects.exclude(demo_persona=None).select_related("agency")}


def front(code: str) -> Agency | None:
    """Return the body at the front door: the one named by the settings, else the first; None in an empty house."""
    return Agency.objects.filter(code=code).first() or Agency.objects.order_by("pk").first()


# --- turno telefono: who answers the number printed on every sheet ---


@dataclass(frozen=True, slots=True)
class Answering:
    """When the number on the sheet is answered, and by whom: first names, as they come in the week."""

    hours: list[working_days.Hours]
    names: tuple[str, ...] = ()


def phone_turns(agency_id: int) -> list[PhoneTurn]:
    """Return the week of the phone, in order, with who has each turn."""
    return list(PhoneTurn.objects.filter(agency_id=agency_id).select_related("staff__agency", "staff__deputy"))


def on_the_phone(agency: Agency, at: datetime | None = None) -> Staff | None:
    """Return who answers the phone at an instant: whose turn it is, else who stands in for them; nobody out of turn."""
    here = clock.local(at or clock.now())
    if working_days.is_feast(here.date(), agency.holiday_subdivision):
        return None
    now = PhoneTurn.objects.filter(agency=agency, weekday=here.weekday(), opens__lte=here.time(), closes__gt=here.time())
    turn = now.select_related("staff__deputy").order_by("-opens").first()
    return on_duty(turn.staff, here.date()) if turn is not None else None


def answering(agency: Agency) -> Answering:
    """Return when and by whom the phone is answered; with no turns written, when the body is open and no name."""
    turns = phone_turns(agency.pk)
    if not turns:
        return Answering(rules.merged(opening_hours(agency)))
    who = [t.staff if t.staff.is_active else on_duty(t.staff, clock.today()) for t in turns]
    week = rules.merged(working_days.Hours(t.weekday, t.opens, t.closes) for t in turns)
    return Answering(week, tuple(dict.fromkeys(s.given_name for s in who)))


def who_can_answer(agency_id: int) -> list[Staff]:
    """Return who may have a turn on the phone at a body."""
    return [s for s in members(agency_id) if s.role in policy.CAPABILITIES["answer the phone"]]


def local_centres(agency_id: int, *, every: bool = False) -> list[LocalCentre]:
    """Return where near the blocks somebody expert is; those still to be confirmed only when ``every`` is asked for."""
    centres = LocalCentre.objects.filter(agency_id=agency_id)
    return list(centres if every else centres.filter(to_confirm=False))


def released_counts(agency_id: int, until: Quarter) -> list[ReleasedCounts]:
    """Return the last counts each association handed over to a body, up to a quarter, with the key they came by."""
    rows = ReleasedCounts.objects.filter(agency_id=agency_id, quarter__lte=str(until)).select_related("key")
    return list(rows.order_by("key__association", "-quarter").distinct("key__association"))
