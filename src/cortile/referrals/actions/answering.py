"""What a service answers: yes from a day, no with a reason, one question; and that its card is still true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cortile.directory.actions import steps as cards
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.listening.actions import services as threads
from cortile.referrals import answers, rules
from cortile.referrals.actions import steps
from cortile.referrals.actions.steps import check
from cortile.referrals.models import Referral
from cortile.referrals.states import REASONS, TURNED_DOWN


@action("referral.accepted")
def accept(referral: Referral, *, by: Actor, day: date, once: str = "") -> Referral:
    """A service says yes, from a day: the person is told, and the services asked with it are told that it is not needed.

    «Accepted» is not «need met»: three working days after, and by the thirtieth, both are asked how it went.
    Raise ``NotVisible``, ``Refused`` with ``not-in-this-state`` or ``date-impossible``.
    """
    row = steps.locked(referral, "accept", steps.answers_as(by), by)
    today, of = clock.today(), steps.calendar(row)
    check(rules.may_accept_for(day, today), "date-impossible")
    row.state, row.accepted_for = rules.after("accept", row.state), day
    row.first_answer_at = row.first_answer_at or clock.now()
    row.check_on = rules.outcome_on(day, clock.local(row.sent_at).date(), today, of)
    fields = steps.hand(row, "service", row.check_on)
    row.save(update_fields=["state", "accepted_for", "first_answer_at", "check_on", *fields])
    steps.step(row, "accepted", by, day=day.isoformat())
    others = _not_needed(row, by)
    threads.accepted(row.thread, by, service=row.service.name, day=day, call_on=of.next(row.check_on))
    done("U", row, persons=[row.person_id], fields=["state", "accepted_for", *(["others"] if others else [])])
    return row


def _not_needed(row: Referral, by: Actor) -> int:
    """Tell the services asked together with one that said yes, and end what they were asked."""
    others = list(steps.of_its_group(row).select_for_update(of=("self",)).select_related("service", "agency").order_by("pk"))
    for other in others:
        other.thread = row.thread
        if other.state not in TURNED_DOWN:
            steps.mail_service(other, "partner_over_mail", by)
        other.save(update_fields=steps.over(other, "revoke"))
        steps.step(other, "another_accepted", by)
    return len(others)


@action("referral.declined")
def decline(
    referral: Referral, *, by: Actor, reason: str, words: str = "", available_from: date | None = None, once: str = ""
) -> Referral:
    """A service says no, with a reason and from when it could: the ball comes back to us with a day, and the person is told.

    Raise ``NotVisible``, ``Refused`` with ``not-in-this-state``, ``reason-missing``, ``words-missing`` (for another reason) or
    ``date-impossible``.
    """
    row = steps.locked(referral, "decline", steps.answers_as(by), by)
    check(reason in REASONS, "reason-missing")
    check(reason != "other" or words.strip(), "words-missing")
    check(available_from is None or rules.may_accept_for(available_from, clock.today()), "date-impossible")
    row.state, row.decline_reason, row.decline_words = rules.after("decline", row.state), reason, words.strip()
    row.available_from, row.first_answer_at = available_from, row.first_answer_at or clock.now()
    changed = ["state", "decline_reason", "decline_words", "available_from", "first_answer_at"]
    row.save(update_fields=[*changed, *steps.ours(row)])
    steps.step(row, "declined", by, words, reason=reason, available_from=available_from.isoformat() if available_from else "")
    _give_back(row, by, words)
    done("U", row, persons=[row.person_id], fields=changed[:-1])
    return row


def _give_back(row: Referral, by: Actor, words: str) -> None:
    """The request's ball comes back with the last «no»: while another service of its group may still say yes, it waits."""
    if steps.group_waits(row):
        threads.noted(row.thread, by, "service_declined", words, service=row.service.name)
    else:
        threads.came_back(row.thread, by, "service_declined", key="referral_declined", service=row.service.name)
    steps.mail_owner(row, by)


@action("referral.asked")
def ask(referral: Referral, *, by: Actor, words: str, once: str = "") -> Referral:
    """A service asks one thing, once, before it answers: the ball is ours until the next working day, its clock stops.

    Raise ``NotVisible``, ``Refused`` with ``words-missing`` or ``not-in-this-state``, for a second question too: what is told in
    answers was ticked by nobody, and each would start the clock again.
    """
    check(words.strip(), "words-missing")
    row = steps.locked(referral, "ask", steps.answers_as(by), by)
    check(not row.steps.filter(kind="asked").exists(), "not-in-this-state")
    row.state = rules.after("ask", row.state)
    row.first_answer_at = row.first_answer_at or clock.now()
    row.save(update_fields=["state", "first_answer_at", *steps.ours(row)])
    steps.step(row, "asked", by, words)
    if steps.group_waits(row):
        threads.noted(row.thread, by, "service_asked", words, service=row.service.name)
    else:
        threads.came_back(row.thread, by, "service_asked", text=words, service=row.service.name)
    steps.mail_owner(row, by)
    done("U", row, persons=[row.person_id], fields=["state", "question"])
    return row


@action("referral.answered")
def answer(referral: Referral, *, by: Actor, words: str, once: str = "") -> Referral:
    """Answer a service's question, once: the ball and the clock are its again, and a new link leaves.

    The words reach the service: where «altre parole» was not ticked they hold nothing that was not. Raise ``NotVisible``,
    ``Refused`` with ``words-missing``, ``not-in-this-state`` or ``not-ticked``.
    """
    check(words.strip(), "words-missing")
    row = steps.locked(referral, "answer", "follow", by)
    found = answers.not_ticked(row, words)
    check(not found, "not-ticked", found=found)
    row.state = rules.after("answer", row.state)
    row.check_on = max(row.check_on, rules.usual_check(clock.today(), steps.calendar(row)))
    row.save(update_fields=["state", "check_on", *steps.waits_for_service(row)])
    steps.step(row, "answered", by, words)
    threads.waits(row.thread)
    threads.noted(row.thread, by, "service_answered", words, service=row.service.name)
    steps.mail_link(row, "partner_answer_mail", by)
    done("U", row, persons=[row.person_id], fields=["state", "answer"])
    return row


@action("card.confirmed_by_partner")
def confirm_card(referral: Referral, *, by: Actor, once: str = "") -> Referral:
    """Say «è ancora così» of one's own card, by the link of a referral. Raise ``NotVisible`` for who did not come by one.

    Raise ``Refused('not-in-this-state')`` for a card withdrawn since.
    """
    row = steps.locked(referral, "revoke", "answer", by)
    check(row.service.state == "published", "not-in-this-state")
    cards.confirmed(row.service, replace(by, name=row.service.organization.name), "keeper")
    steps.step(row, "card_confirmed", by)
    done("U", row, fields=["confirmed"])
    return row
