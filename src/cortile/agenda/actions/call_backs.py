"""Writes about calls we promise: an hour of who follows the request, booked here; then ``listening`` gives its day."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from cortile.agencies import reads as agencies
from cortile.agencies.models import Staff
from cortile.agenda import access, call_backs
from cortile.agenda.actions import steps
from cortile.agenda.actions.steps import check
from cortile.agenda.call_backs import LENGTH
from cortile.agenda.models import Appointment, CallBack
from cortile.agenda.words import CHOSEN, tongue
from cortile.kit import clock, dates
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind, system
from cortile.kit.refusals import NotVisible
from cortile.listening import access as listening
from cortile.listening import actions as requests
from cortile.listening.models import Thread
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.messages import actions as messages
from cortile.people.models import Person

WAYS = ("phone", "visit", "app")


@action("call_back.booked")
def book_call_back(
    thread: Thread, *, by: Actor, starts_at: datetime | None = None, interpreter: bool | None = None, language: str = "",
    once: str = "",
) -> CallBack:  # fmt: skip
    """Promise a call about a request, at an hour or at the first free one, and tell the person.

    Raise ``Refused`` with ``call-back-open``, ``call-back-no-phone``, ``call-back-past``, ``call-back-closed``,
    ``call-back-taken`` or ``call-back-nobody``; ``NotVisible`` for a request the actor may not answer.
    """
    if not listening.may(by, "promise" if by.kind == Kind.STAFF else "answer", thread):
        raise NotVisible
    row = _book(_whole(thread), by, starts_at, interpreter=interpreter, language=language, sms="call_back_sms")
    done("C", row, persons=[row.person_id], fields=["call_back"])
    return row


@action("call_back.asked")
def ask_to_talk(
    person: Person, *, by: Actor, way: str, chip: str, title: str, starts_at: datetime | None = None, topic: str = "",
    words: str = "", channel: str = "app", once: str = "",
) -> Thread:  # fmt: skip
    """Open a request and fix how we talk about it in one act: we call, the person comes, or we answer in the app.

    Nothing is kept when the hour has gone meanwhile. Raise ``Refused`` as ``book_call_back`` and ``book`` do.
    """
    check(way in WAYS, "way-missing")
    opened = requests.open_thread(person, by=by, chip=chip, title=title, topic=topic, words=words, channel=channel, answer_by=way)
    thread = _whole(opened)
    if way == "phone":
        _book(thread, by, starts_at)
    elif way == "visit":
        _receive(thread, by, starts_at)
    thread.refresh_from_db(fields=["next_date"])
    done("C", thread, persons=[person.pk], fields=["call_back"])
    return thread


def _whole(thread: Thread) -> Thread:
    return Thread.objects.select_related("person", "owner", "duty", "agency").get(pk=thread.pk)


def _book(
    thread: Thread, by: Actor, starts_at: datetime | None, *, interpreter: bool | None = None, language: str = "", sms: str = ""
) -> CallBack:
    person = thread.person
    check(thread.state != "closed", "call-back-not-booked")
    check(not CallBack.objects.filter(thread=thread, state="booked").exists(), "call-back-open")
    check(call_backs.may_be_called(person, by), "call-back-no-phone")
    start = starts_at or _first_free(thread)
    row = CallBack(
        agency=thread.agency, person=person, thread=thread, starts_at=start, ends_at=start + LENGTH,
        staff=agencies.on_duty(call_backs.who_follows(thread), clock.local(start).date()), language=language or person.language,
        interpreter=person.needs_interpreter if interpreter is None else interpreter, created_at=clock.now(),
    )  # fmt: skip
    _check_fits(row)
    row.save()
    _promise(thread, by, start)
    _tell(row, "call_back_booked", by, sms=sms)
    _tell_who_calls(row, by)
    return row


def _first_free(thread: Thread) -> datetime:
    found = next(call_backs.call_starts(call_backs.who_follows(thread)), None)
    check(found is not None, "call-back-nobody")
    return found or clock.now()


def _check_fits(row: CallBack) -> None:
    """Refuse a call that is past, out of the phone hours, or at an hour of somebody who already receives or calls."""
    check(row.starts_at > clock.now(), "call-back-past")
    day = clock.local(row.starts_at).date()
    local = (clock.local(row.starts_at).time(), clock.local(row.ends_at).time())
    open_then = call_backs.answers_on(row.agency, day)
    check(any(opens <= local[0] and local[1] <= closes for opens, closes in open_then), "call-back-closed")
    check(not steps.busy(row.staff_id, (row.starts_at, row.ends_at), but=row), "call-back-taken")


def _receive(thread: Thread, by: Actor, starts_at: datetime | None) -> None:
    place, hours = call_backs.visit_hours(thread.person, by=by)
    follows = call_backs.who_follows(thread)
    if place is None or not (starts_at or hours):
        check(condition=False, code="visit-place-missing")
        return
    start = starts_at or hours[0]
    row = Appointment(
        agency=thread.agency, person=thread.person, staff=follows, place=place, thread=thread, starts_at=start,
        ends_at=start + LENGTH, interpreter=thread.person.needs_interpreter, created_at=clock.now(),
    )  # fmt: skip
    steps.check_fits(row)
    row.save()
    _promise(thread, by, start)
    steps.tell(row, "appointment_booked", by)


def _promise(thread: Thread, by: Actor, start: datetime) -> None:
    """Let the request promise that day. What the app does not show to who asked, the house promises for them."""
    own = by.kind == Kind.STAFF or listening.may(by, "answer", thread)
    speaker = by if own else system("telefonate", agency_id=thread.agency_id)
    requests.promise_call(thread, by=speaker, day=clock.local(start).date(), reason=CHOSEN)


@action("call_back.done")
def mark_called(call: CallBack, *, by: Actor, text: str = "", once: str = "") -> CallBack:
    """Say that we called and spoke: the promise of the request is kept.

    Raise ``Refused`` with ``call-back-not-booked`` or ``call-back-not-yet``.
    """
    row = _ended(call, "done", by)
    requests.called(row.thread, by=by, text=text)
    done("U", row, persons=[row.person_id], fields=["call_back"])
    return row


@action("call_back.not_found")
def mark_not_found(call: CallBack, *, by: Actor, once: str = "") -> CallBack:
    """Say that nobody answered: it is one of the two attempts a closing may rest on (I2). Refused as ``mark_called`` is."""
    row = _ended(call, "not_found", by)
    requests.record_attempt(row.thread, by=by, how="phone")
    done("U", row, persons=[row.person_id], fields=["call_back"])
    return row


def _ended(call: CallBack, state: str, by: Actor) -> CallBack:
    row = _locked(call, "see", by)
    check(access.may_mark(by), "not-allowed")
    check(row.state == "booked", "call-back-not-booked")
    check(clock.local(row.starts_at).date() <= clock.today(), "call-back-not-yet")
    row.state = state
    row.save(update_fields=["state"])
    return row


@action("call_back.cancelled")
def cancel_call_back(call: CallBack, *, by: Actor, reason: str = "", once: str = "") -> CallBack:
    """Take a call back. The date of the request stays: we still answer by then. Ours has a reason, which the person reads.

    Raise ``Refused`` with ``call-back-not-booked`` or ``reason-missing``.
    """
    row = _locked(call, "cancel", by)
    check(row.state == "booked", "call-back-not-booked")
    check(reason.strip() or by.kind != Kind.STAFF or by.in_her_place, "reason-missing")
    row.state = "cancelled"
    row.save(update_fields=["state"])
    _tell(row, "call_back_cancelled", by, reason=reason.strip().rstrip("."))
    done("U", row, persons=[row.person_id], fields=["call_back"], reason=reason)
    return row


def _locked(call: CallBack, act: str, by: Actor) -> CallBack:
    access.the_call(by, call.pk, act)
    return _held(CallBack.objects.filter(pk=call.pk)).get()


def _held(rows: QuerySet[CallBack]) -> QuerySet[CallBack]:
    return rows.select_for_update(of=("self",)).select_related("person", "staff", "thread__person", "thread__owner", "agency")


@action("call_backs.passed_on")
def pass_calls_on(member: Staff, *, by: Actor) -> int:
    """Give the calls of somebody who is away on their day to who stands in, and tell the person who calls. Return how many."""
    rows = list(
        _held(CallBack.objects.filter(staff=member, state="booked", starts_at__gte=clock.now())).order_by("starts_at", "pk")
    )
    moved = [row for row in rows if _pass_on(row, by)]
    done("U", persons=[r.person_id for r in moved if not access.sealed(r)], fields=["call_back"])
    return len(moved)


def _pass_on(row: CallBack, by: Actor) -> bool:
    stands_in = agencies.on_duty(row.staff, clock.local(row.starts_at).date())
    if stands_in.pk == row.staff_id:
        return False
    row.staff = stands_in
    row.save(update_fields=["staff"])
    _tell(row, "call_back_booked", by)
    return True


@action("call_backs.ended_with_request")
def end_with_request(thread: Thread, *, by: Actor) -> int:
    """Take back the call of a request that closed: there is nothing left to call about."""
    count = CallBack.objects.filter(thread=thread, state="booked").update(state="cancelled")
    done("U", thread, persons=[thread.person_id] if count else [], fields=["call_back"])
    return count


@action("call_backs.kept_off_phones")
def keep_calls_off_phones(thread: Thread, *, by: Actor, delicate: bool) -> int:
    """Take what was said about a request's calls off every phone; what became delicate is its duty person's to call."""
    rows = list(CallBack.objects.filter(thread=thread))
    for row in rows:
        messages.keep_off_phones(row, by=by, delicate=delicate)
    if delicate and thread.duty_id is not None:
        CallBack.objects.filter(thread=thread, state="booked").update(staff_id=thread.duty_id)
    done("U", thread, persons=[thread.person_id] if rows else [], fields=["call_back"])
    return len(rows)


def _tell(row: CallBack, key: str, by: Actor, *, sms: str = "", reason: str = "") -> None:
    """Tell the person, in no words a stranger may not read; unless her choice or a delicate matter keeps it off every phone."""
    values: dict[str, object] = {
        "owner": row.staff.given_name, "date": clock.local(row.starts_at).date(), "since": dates.hour(row.starts_at),
        "until": dates.hour(row.ends_at), "number": row.thread.number, "phone": row.agency.phone,
        "agency": row.agency.short_name, "reason": reason, "tongue": tongue(row.language) if row.interpreter else "",
    }  # fmt: skip
    messages.tell(
        row.person, key, by=by, values=values, about=row, sms=sms, quiet=access.sealed(row), delicate=row.thread.delicate,
        sensitive=row.thread.chip in SENSITIVE_CHIPS,
    )  # fmt: skip


def _tell_who_calls(row: CallBack, by: Actor) -> None:
    """Who calls with an interpreter hears it at once, to have one at hand. Nothing delicate leaves the house."""
    if not row.interpreter or row.thread.delicate:
        return
    values = {
        "number": row.thread.number, "starts_at": row.starts_at, "tongue": tongue(row.language),
        "interpreter": row.agency.interpreter_phone,
    }  # fmt: skip
    messages.mail(row.agency, row.staff.email, "call_back_interpreter", by=by, values=values, about=row.thread)
