"""How it ended: asked of the service and of the person, apart. A referral is over when both were asked."""

from __future__ import annotations

from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening.actions import services as threads
from cortile.referrals import rules
from cortile.referrals.actions import steps
from cortile.referrals.actions.steps import check
from cortile.referrals.models import Referral
from cortile.referrals.states import OUTCOMES, SILENT

# What may still be written over: a page opened before somebody said it does not rewrite her word.
UNSAID = ("", SILENT)


@action("referral.service_said")
def said_by_service(referral: Referral, *, by: Actor, outcome: str, words: str = "", once: str = "") -> Referral:
    """Write how it went for the service: met, partly, no, did not arrive; or, once asked, that it never said.

    Raise ``NotVisible``, ``Refused`` with ``outcome-missing``, ``outcome-not-asked`` or ``not-in-this-state``.
    """
    row = _told(referral, by, outcome, steps.answers_as(by))
    check(row.service_outcome in UNSAID, "not-in-this-state")
    row.service_outcome = outcome
    steps.step(row, "service_said", by, words, outcome=outcome)
    line = "service_silent" if outcome == SILENT else "service_outcome"
    threads.noted(row.thread, by, line, words, service=row.service.name, outcome=outcome)
    _settle(row, by, ["service_outcome"])
    done("U", row, persons=[row.person_id], fields=["service_outcome", "state"])
    return row


@action("referral.person_said")
def said_by_person(referral: Referral, *, by: Actor, outcome: str, words: str = "", once: str = "") -> Referral:
    """Write how it went for the person: she says so in the app, or an operator heard it; or that she could not be reached.

    Raise as ``said_by_service`` does; ``outcome-too-soon`` until three working days after she was asked.
    """
    hers = by.kind in {Kind.TENANT, Kind.REPRESENTATIVE}
    row = _told(referral, by, outcome, "outcome" if hers else "follow")
    check(not (hers and outcome == SILENT), "outcome-missing")
    check(outcome != SILENT or row.may_say_silent, "outcome-too-soon")
    check(row.person_outcome in UNSAID, "not-in-this-state")
    row.person_outcome = outcome
    steps.step(row, "person_said", by, words, outcome=outcome)
    threads.noted(row.thread, by, "person_outcome", words, service=row.service.name, outcome=outcome)
    _settle(row, by, ["person_outcome"])
    done("U", row, persons=[row.person_id], fields=["person_outcome", "state"])
    return row


def _told(referral: Referral, by: Actor, outcome: str, what: str) -> Referral:
    check(outcome in OUTCOMES, "outcome-missing")
    row = steps.locked(referral, "outcome", what, by)
    check(outcome != SILENT or row.outcome_asked_at is not None, "outcome-not-asked")
    return row


def _settle(row: Referral, by: Actor, fields: list[str]) -> None:
    """Close what helped, or nobody knows; bring back to us what did not: «failed» waits for a next step, as a «no» does (I6)."""
    if not rules.both_asked(row.service_outcome, row.person_outcome):
        row.state = rules.after("outcome", row.state)
        today, of = clock.today(), steps.calendar(row)
        day = row.next_date if row.next_date and row.next_date > today else of.add(today, rules.CHASE_AFTER)
        left = steps.hand(row, rules.who_is_asked(row.service_outcome, row.person_outcome), day)
        row.save(update_fields=["state", *fields, *left])
        return
    row.state = rules.ended(row.service_outcome, row.person_outcome)
    if row.state == "completed":
        row.closed_at = clock.now()
        left = ["closed_at", *steps.hand(row, "us", None)]
    else:
        left = steps.ours(row)
        steps.mail_owner(row, by)
    row.save(update_fields=["state", *fields, *left])
    if not steps.others_wait(row):
        threads.came_back(row.thread, by, "referral_over", hers=True, service=row.service.name)


def ask_outcome(row: Referral, by: Actor) -> None:
    """Ask how it went of who has still to say: the service by a new link, the person through her request."""
    missing = rules.who_is_asked(row.service_outcome, row.person_outcome)
    row.state, row.outcome_asked_at = rules.after("ask_outcome", row.state), clock.now()
    fields = steps.hand(row, missing, steps.calendar(row).add(clock.today(), rules.CHASE_AFTER))
    row.save(update_fields=["state", "outcome_asked_at", *fields])
    steps.step(row, "outcome_asked", by)
    if not row.service_outcome:
        steps.mail_link(row, "partner_outcome_mail", by)
    if not row.person_outcome:
        threads.how_did_it_go(row.thread, by, service=row.service.name)
