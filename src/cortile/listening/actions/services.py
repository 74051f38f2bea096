"""What a request says while a service outside has a part in it: steps of the acts of ``referrals``, none of them an act.

Each runs inside an act of that room, which has already asked who may. The request keeps its owner, its ball and its date (I1).
"""

from __future__ import annotations

from datetime import date

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import rules
from cortile.listening.actions import steps
from cortile.listening.models import Thread

# With these a person is told where she stands: who has the ball is somebody else's word, or hers.
_ENDED = frozenset({"closed"})


def held(thread_id: int) -> Thread:
    """Take the row of a request for writing, before any row that hangs from it: always in this order."""
    return Thread.objects.select_for_update(of=("self",)).select_related("person", "owner", "agency").get(pk=thread_id)


def sent(row: Thread, by: Actor, *, services: str, day: date) -> None:
    """Say that a service was asked: the ball is theirs, and the person hears from us by a day whatever they do.

    Raise ``Refused`` with ``not-in-this-state`` for a request that is closed, or that waits for «è risolto?», and with
    ``delicate-stays`` for a delicate one.
    """
    steps.check(row.state not in {"closed", "solved"}, "not-in-this-state")
    steps.check(not row.delicate, "delicate-stays")
    waits(row)
    row.first_answer_at, row.late_for = row.first_answer_at or clock.now(), None
    steps.promise(row, day, by, kind="call_back")
    row.save(update_fields=["next_date", "first_answer_at", "late_for"])
    steps.entry(row, "referred", by, service=services)
    steps.tell(row, "referral_sent", by, sms="discreet_sms", service=services)


def waits(row: Thread) -> None:
    """Give a service the ball of a request that is open."""
    if rules.allowed("hand_over", row.state):
        row.save(update_fields=steps.move(row, "hand_over"))


def came_back(row: Thread, by: Actor, kind: str, *, key: str = "", text: str = "", hers: bool = False, **data: object) -> None:
    """Bring the ball back to us, with a day, and say why; an office that still has a question keeps it.

    ``key`` is what the person is told, nothing when she is not; ``hers`` also takes back the ball we had given her.
    """
    if row.state in _ENDED:
        return
    if row.state == "waiting_other" or (hers and row.state == "waiting_you"):
        row.state, row.ball = "with_us", "us"
        steps.leave_with_office(row)
    soon = steps.in_days(row.agency, 1)
    if row.next_date is None or row.next_date < soon:
        steps.promise(row, soon, by, kind="call_back")
    row.save(update_fields=["state", "ball", "next_date"])
    steps.entry(row, kind, by, text, public=bool(key), **data)
    if key:
        steps.tell(row, key, by, sms="discreet_sms", **data)


def accepted(row: Thread, by: Actor, *, service: str, day: date, call_on: date) -> None:
    """Tell the person that a service said yes, from which day, and when she hears from us."""
    if row.state in _ENDED:
        return
    waits(row)
    row.late_for = None
    steps.promise(row, call_on, by, kind="call_back")
    row.save(update_fields=["next_date", "late_for"])
    steps.entry(row, "service_accepted", by, service=service, date=day.isoformat())
    steps.tell(row, "referral_accepted", by, sms="discreet_sms", service=service, day=day)


def how_did_it_go(row: Thread, by: Actor, *, service: str) -> None:
    """Ask the person how it went: the ball is hers, and we still call back by a day."""
    if row.state in _ENDED:
        return
    if rules.allowed("ask", row.state):
        steps.move(row, "ask")
    steps.promise(row, steps.in_days(row.agency, rules.CALL_BACK_DAYS), by, kind="call_back")
    row.save(update_fields=["state", "ball", "next_date", "late_for"])
    steps.entry(row, "asked_outcome", by, service=service)
    steps.tell(row, "referral_outcome_question", by, sms="discreet_sms", service=service)


def noted(row: Thread, by: Actor, kind: str, text: str = "", /, **data: object) -> None:
    """Add a line that our colleagues read and the person does not."""
    steps.entry(row, kind, by, text, public=False, **data)
