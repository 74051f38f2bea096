"""A call we promised, as a request knows it: its day is the date we gave. The hour, and who calls, stand in ``agenda``."""

from __future__ import annotations

from datetime import date

from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening import rules
from cortile.listening.actions import steps
from cortile.listening.actions.steps import check
from cortile.listening.models import Thread


@action("thread.call_promised")
def promise_call(thread: Thread, *, by: Actor, day: date, reason: str = "") -> Thread:
    """Give the day of a call: it is the date of the request, and the ball is ours unless an office still has a question.

    Raise ``Refused`` with ``not-in-this-state`` or ``date-impossible``; ``NotVisible`` for a request not theirs to answer.
    """
    own = by.kind in {Kind.STAFF, Kind.SYSTEM}
    row = steps.locked(thread, "promise" if own else "answer", by)
    check(row.state != "closed", "not-in-this-state")
    check(rules.may_promise(day, clock.today()), "date-impossible")
    fields = steps.move(row, "call") if rules.allowed("call", row.state) else []
    steps.promise(row, day, by, kind="call_back", reason=reason)
    row.save(update_fields=[*fields, "next_date"])
    steps.entry(row, "call_back", by, date=day.isoformat())
    done("U", row, persons=[row.person_id], fields=["next_date"], reason=reason)
    return row


@action("thread.called")
def called(thread: Thread, *, by: Actor, text: str = "", once: str = "") -> Thread:
    """Say that we called and spoke: it answers the promise, late or not, and we still say when we speak again (I1)."""
    row = steps.locked(thread, "answer", by)
    steps.by_staff(by)
    check(row.state != "closed", "not-in-this-state")
    row.first_answer_at = row.first_answer_at or clock.now()
    row.late_for = None
    if row.next_date is None or row.next_date <= clock.today():
        steps.promise(row, steps.in_days(row.agency, rules.CALL_BACK_DAYS), by, kind="call_back")
    row.save(update_fields=["first_answer_at", "late_for", "next_date"])
    steps.entry(row, "called", by, text)
    done("U", row, persons=[row.person_id], fields=["conversation"])
    return row
