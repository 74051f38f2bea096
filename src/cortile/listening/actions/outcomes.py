"""The answer to an application, said through its request: in words of the catalogue, and never closed without a yes (I2)."""

from __future__ import annotations

from collections.abc import Mapping

from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.listening import rules
from cortile.listening.actions import steps
from cortile.listening.models import Thread
from cortile.messages.models import Message


@action("thread.outcome_given")
def give_outcome(
    thread: Thread, *, by: Actor, key: str, values: Mapping[str, object], ended: bool, awaits: bool = False, once: str = "",
) -> Message:  # fmt: skip
    """Say an outcome in words of the catalogue, in the app, on paper, and by a discreet SMS.

    ``ended``: we ask whether it is so for her too, and the request closes on her yes; ``awaits``: the ball is hers, for an
    answer. Else it stays with us. A closed request opens again under the same number, and we call back by a date (I1).

    Raise ``NotVisible`` for who does not work on the request, ``Refused('not-allowed')`` for who is not staff.
    """
    row = steps.locked(thread, "answer", by)
    steps.by_staff(by)
    if row.state == "closed":
        row.outcome, row.closed_at = "", None
    steps.move(row, "propose_solved" if ended else "ask" if awaits else "say")
    row.first_answer_at = row.first_answer_at or clock.now()
    steps.promise(row, steps.in_days(row.agency, rules.CALL_BACK_DAYS), by, kind="call_back")
    row.save(update_fields=["state", "ball", "late_for", "next_date", "first_answer_at", "outcome", "closed_at"])
    named = {} if row.owner else {"owner": row.agency.short_name}
    message = steps.tell(row, key, by, sms="discreet_sms", **named, **values)
    steps.entry(row, "solved" if ended else "asked" if awaits else "said", by, message.body_it)
    done("U", row, persons=[row.person_id], fields=["state", "ball", "next_date"])
    return message
