"""The morning of referrals: a reminder, back to the sender, how did it go; and never a day without somebody who moves it."""

from __future__ import annotations

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening.actions import services as threads
from cortile.referrals import access, rules
from cortile.referrals.actions import steps
from cortile.referrals.actions.outcomes import ask_outcome
from cortile.referrals.actions.steps import check
from cortile.referrals.models import Referral
from cortile.referrals.states import UNDER_WAY

NOTHING = {"reminded": 0, "came_back": 0, "outcomes_asked": 0, "no_outcome": 0}


@action("referrals.watched")
def keep_watch(body: Agency, *, by: Actor) -> dict[str, int]:
    """Do what each referral needs today. Safe to repeat: each thing happens once.

    A reminder after three working days, back to the sender after seven, both asked how it went after the accepted day, and
    on the thirtieth day whoever follows it is told that nobody said. Where the yes or the agreement is over it is ours, and the
    service hears nothing. Returns how many of each.
    Raise ``Refused('not-allowed')`` for who is not a job of the body.
    """
    check(by.kind == Kind.SYSTEM and by.agency_id in (None, body.pk), "not-allowed")
    found, persons = dict(NOTHING), []
    for pk, thread_id in access.to_move(body.pk).order_by("thread_id", "pk").values_list("pk", "thread_id"):
        row = steps.held(pk, thread_id)
        what = _watch(row, by) if row.closed_at is None and _is_due(row) else ""
        if what:
            found[what] += 1
            persons.append(row.person_id)
    done("U", persons=persons, fields=["next_date"])
    return found


def _is_due(row: Referral) -> bool:
    """Tell whether its day has come, now that it is held: somebody may have moved it since the list was read."""
    return row.next_date is not None and row.next_date <= clock.today()


def _watch(row: Referral, by: Actor) -> str:
    """Do what one referral needs today, and return what it was."""
    if row.ball == "service" and not access.is_given(row):
        return _lapsed(row, by)
    if row.state in UNDER_WAY:
        return _how_it_went(row, by)
    if row.ball != "service":
        return ""
    back = rules.back_on(row.waits_since, row.check_on, steps.calendar(row))
    if clock.today() >= back:
        return _come_back(row, by)
    return _remind(row, by) if row.reminded_at is None else ""


def _lapsed(row: Referral, by: Actor) -> str:
    """The yes or the agreement is over: its link shows nothing, so it is ours. Nobody writes there, or says it kept silent."""
    row.save(update_fields=steps.ours(row))
    if steps.group_waits(row):
        threads.noted(row.thread, by, "referral_lapsed", service=row.service.name)
    else:
        threads.came_back(row.thread, by, "referral_lapsed", service=row.service.name)
    steps.mail_owner(row, by)
    return "came_back"


def _remind(row: Referral, by: Actor) -> str:
    row.reminded_at = clock.now()
    back = rules.back_on(row.waits_since, row.check_on, steps.calendar(row))
    row.save(update_fields=["reminded_at", *steps.hand(row, "service", back)])
    steps.step(row, "reminded", by)
    steps.mail_link(row, "partner_reminder_mail", by)
    return "reminded"


def _come_back(row: Referral, by: Actor) -> str:
    """Nobody answered: the sender has it again. The link still opens, and a late «yes» is a yes."""
    row.silence_told_at = clock.now()
    row.save(update_fields=["silence_told_at", *steps.ours(row)])
    steps.step(row, "came_back", by)
    if steps.group_waits(row):
        threads.noted(row.thread, by, "service_silent", service=row.service.name)
    else:
        threads.came_back(row.thread, by, "service_silent", key="referral_silent", service=row.service.name)
    steps.mail_owner(row, by)
    return "came_back"


def _how_it_went(row: Referral, by: Actor) -> str:
    """Ask both; bring back to us what nobody answers; and on the thirtieth day say that nobody said, once."""
    if row.outcome_asked_at is None and row.ball == "us":
        return ""  # its yes is over: whoever follows it finds out
    if row.outcome_asked_at is None:
        ask_outcome(row, by)
        return "outcomes_asked"
    late = rules.is_without_outcome(clock.local(row.sent_at).date(), clock.today())
    what = "no_outcome" if late else "came_back"
    if row.ball == "us" and (not late or row.steps.filter(kind="no_outcome").exists()):
        return ""
    row.silence_told_at = clock.now()
    row.save(update_fields=["silence_told_at", *steps.ours(row)])
    steps.step(row, what, by)
    threads.noted(row.thread, by, "service_silent", service=row.service.name)
    steps.mail_owner(row, by)
    return what
