"""Keeping promises: moving one with a reason, warning, apologising, and never leaving a thread with somebody away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.agencies.roles import Role
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening import owners, rules
from cortile.listening.actions import steps
from cortile.listening.actions.steps import check
from cortile.listening.models import HandOver, Thread
from cortile.messages import actions as messages

ONE_DAY = 1


@action("thread.promise_moved")
def move_promise(
    thread: Thread, *, by: Actor, day: date, reason: str = "", kind: str = "answer", said_by: str = "", once: str = ""
) -> Thread:
    """Give a new date. A later one has a reason and tells the tenant; a repair date names the supplier who gave it.

    Raise ``Refused`` with ``date-impossible``, ``reason-missing`` or ``supplier-missing``.
    """
    row = steps.locked(thread, "promise", by)
    check(row.state != "closed", "not-in-this-state")
    check(rules.may_promise(day, clock.today()), "date-impossible")
    check(kind != "repair" or said_by.strip(), "supplier-missing")
    before = row.next_date
    later = rules.needs_reason(before, day)
    check(not later or reason.strip(), "reason-missing")
    steps.promise(row, day, by, kind=kind, reason=reason.strip(), said_by=said_by.strip())
    row.save(update_fields=["next_date"])
    steps.entry(row, "promise", by, reason, date=day.isoformat(), kind=kind, said_by=said_by)
    steps.tell(row, "new_date", by, sms="discreet_sms", old_date=before or day, reason=reason.strip().rstrip("."))
    done("U", row, persons=[row.person_id], fields=["next_date"], reason=reason)
    return row


@action("threads.passed_to_deputy")
def pass_to_deputy(member: Staff, *, by: Actor) -> int:
    """Give every open request of somebody away to who answers for them today. Return how many moved.

    Of who has left, also the delicate ones that are closed: nobody else could ever read them again.
    """
    _by_a_job(by, member.agency_id)
    stands_in = _who_stands_in(member)
    if stands_in.pk == member.pk:
        done("U", fields=["owner"])
        return 0
    rows = list(Thread.objects.select_for_update(of=("self",)).filter(owner=member).exclude(state="closed"))
    for row in rows:
        row.owner = stands_in
        if row.delicate:
            row.duty = stands_in
        row.save(update_fields=["owner", "duty"])
        steps.entry(row, "assigned", by, public=False, to=stands_in.display_name, away=member.display_name)
    left = [] if member.is_active else _pass_envelopes(member, stands_in, by)
    done("U", persons=[r.person_id for r in [*rows, *left]], fields=["owner"])
    return len(rows)


def _who_stands_in(member: Staff) -> Staff:
    """Return who answers for somebody and can follow a request: a deputy of another role could not even read it."""
    found = agencies.on_duty(member, clock.today())
    return found if found.role in {Role.COMMUNITY_MANAGER, Role.LEAD} else agencies.lead_of(member)


def _pass_envelopes(member: Staff, to: Staff, by: Actor) -> list[Thread]:
    """Give what stays delicate after its end to who answers now: the owner it had stays written."""
    rows = list(Thread.objects.select_for_update(of=("self",)).filter(duty=member, delicate=True, state="closed"))
    for row in rows:
        row.duty = to
        row.save(update_fields=["duty"])
        steps.entry(row, "assigned", by, public=False, to=to.display_name, away=member.display_name)
    return rows


@action("promises.watched")
def keep_watch(agency: Agency, *, by: Actor) -> dict[str, int]:
    """Do what a promise needs today: warn owners, apologise for yesterday, report silent offices. Safe to repeat.

    Returns the counts: ``moved``, ``warned``, ``late``, ``silent``.
    """
    _by_a_job(by, agency.pk)
    away = [s for s in _owners(agency) if not agencies.is_present(s, clock.today())]
    moved = sum(pass_to_deputy(s, by=by) for s in away)
    silent = [_report_silence(h, by) for h in _silent(agency)]
    late = [_apologise(t, by) for t in _late(agency)]
    warned = [_warn(t, by) for t in _due_next(agency)]
    done("U", persons=[*silent, *late, *warned], fields=["promises"])
    return {"moved": moved, "warned": len(warned), "late": len(late), "silent": len(silent)}


def _by_a_job(by: Actor, agency_id: int) -> None:
    check(by.kind == Kind.SYSTEM and by.agency_id in (None, agency_id), "not-allowed")


def _open(agency: Agency) -> Q:
    return Q(agency=agency) & ~Q(state="closed")


def _owners(agency: Agency) -> Iterable[Staff]:
    ids = Thread.objects.filter(_open(agency)).values("owner_id").distinct()
    return list(Staff.objects.filter(pk__in=ids).order_by("pk"))


def _late(agency: Agency) -> list[Thread]:
    rows = Thread.objects.select_for_update(of=("self",)).filter(_open(agency), next_date__lt=clock.today())
    return list(rows.select_related("person", "owner", "agency").order_by("pk"))


def _due_next(agency: Agency) -> list[Thread]:
    """Find the threads whose promise falls on the next working day, and whose owner was not yet told."""
    next_day = rules.promised_date(clock.local(clock.now()), ONE_DAY, agency.holiday_subdivision)
    rows = Thread.objects.select_for_update(of=("self",)).filter(_open(agency), next_date__range=(clock.today(), next_day))
    unwarned = rows.select_related("person", "owner", "agency").exclude(warned_for=F("next_date"))
    return [t for t in unwarned.order_by("pk") if t.next_date and _is_warning_day(t.next_date, agency)]


def _is_warning_day(promised: date, agency: Agency) -> bool:
    return rules.warning_day(promised, agency.holiday_subdivision) <= clock.today()


def _silent(agency: Agency) -> list[HandOver]:
    rows = HandOver.objects.select_for_update(of=("self",)).filter(
        agency=agency, state__in=["sent", "taken"], due__lt=clock.today(), silence_told_for=None
    )
    return list(rows.select_related("thread__person", "thread__owner", "office").order_by("pk"))


def _apologise(row: Thread, by: Actor) -> int:
    """The morning after: the tenant hears it from us, with the name and role of who now answers, and a new date."""
    owner = row.owner
    lead = _who_answers(row, owner)
    missed = row.next_date or clock.today()
    row.late_for, row.escalated_to = missed, lead
    steps.promise(row, steps.in_days(row.agency, ONE_DAY), by, reason="late")
    row.save(update_fields=["late_for", "escalated_to", "next_date"])
    steps.entry(row, "late", by, missed=missed.isoformat(), lead=lead.given_name)
    role = row.agency.label(lead.role)
    steps.tell(row, "late", by, sms="discreet_sms", missed_date=missed, lead=lead.given_name, lead_role=role)
    messages.mail(row.agency, lead.email, "escalation", by=by, about=row,
                  values={"number": row.number, "date": row.next_date, "owner": owner.given_name if owner else ""})  # fmt: skip
    return row.person_id


def _who_answers(row: Thread, owner: Staff | None) -> Staff:
    """Return who answers for a broken promise: the lead; of what is delicate, nobody but its duty person hears."""
    if row.delicate and row.duty is not None:
        return row.duty
    return agencies.on_duty(agencies.lead_of(owner or owners.anybody(row.agency_id)), clock.today())


def _warn(row: Thread, by: Actor) -> int:
    row.warned_for = row.next_date
    row.save(update_fields=["warned_for"])
    if row.owner is not None:
        values = {"number": row.number, "date": row.next_date}
        messages.mail(row.agency, row.owner.email, "owner_warning", by=by, values=values, about=row)
    return row.person_id


def _report_silence(row: HandOver, by: Actor) -> int:
    """The community manager hears of an office's silence a working day before the tenant would."""
    row.silence_told_for = row.due
    row.save(update_fields=["silence_told_for"])
    steps.entry(row.thread, "silence", by, public=False, office=row.office.name)
    return row.thread.person_id
