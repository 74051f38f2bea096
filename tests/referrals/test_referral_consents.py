"""A yes taken back: from the next request on nothing is shown, and what waited there comes back to us."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cortile.directory.models import Service
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening.models import Thread
from cortile.people.models import Person
from cortile.referrals import actions, reads
from cortile.referrals.actions import steps
from cortile.referrals.models import Consent, Referral
from tests import cast, traces
from tests.referrals import world


@pytest.fixture
def yes(sent: Referral) -> Consent:
    """Return the yes of a referral."""
    assert sent.consent is not None
    return sent.consent


def test_taken_back_the_next_request_shows_nothing(sent: Referral, yes: Consent, as_adele: Actor) -> None:
    came_in = world.them(sent)
    assert reads.received(by=came_in).facts
    actions.withdraw_consent(yes, by=as_adele)
    assert world.partner(sent) is None
    with pytest.raises(NotVisible):
        reads.received(by=came_in)
    assert not actions.request_link_code(by=cast.SYSTEM, token=world.token_of(sent))


def test_and_what_waited_comes_back_to_us(sent: Referral, yes: Consent, as_adele: Actor, thread: Thread) -> None:
    actions.withdraw_consent(yes, by=as_adele)
    assert (world.fresh(sent).state, traces.now(thread).ball) == ("cancelled", "us")
    assert traces.told("adele")[0] == "referral_withdrawn"
    assert (sent.sent_to, f"La richiesta {sent.number} non serve più") in world.mails()


def test_even_after_the_service_said_yes(sent: Referral, yes: Consent, marta: Actor) -> None:
    actions.accept(sent, by=world.them(sent), day=clock.today())
    actions.withdraw_consent(yes, by=marta)
    assert world.partner(sent) is None
    assert Consent.objects.get(pk=yes.pk).withdrawn_by_name == "Marta F."


def test_what_ended_meanwhile_does_not_end_again(
    sent: Referral, yes: Consent, marta: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = steps.held

    def ended(pk: int, thread_id: int) -> Referral:
        Referral.objects.filter(pk=pk).update(state="cancelled", closed_at=clock.now())
        return held(pk, thread_id)

    monkeypatch.setattr(steps, "held", ended)
    actions.withdraw_consent(yes, by=marta)
    assert not sent.steps.filter(kind="withdrawn").exists()
    assert (sent.sent_to, f"La richiesta {sent.number} non serve più") not in world.mails()


def test_taken_back_twice_it_was_once(yes: Consent, marta: Actor) -> None:
    actions.withdraw_consent(yes, by=marta)
    with pytest.raises(Refused) as refused:
        actions.withdraw_consent(yes, by=marta)
    assert refused.value.code == "not-in-this-state"


def test_whoever_holds_her_phone_takes_nothing_back(service: Service) -> None:
    sent = world.send(cast.open_request("adele"), service)
    assert sent.consent is not None
    with pytest.raises(Refused) as refused:
        actions.withdraw_consent(sent.consent, by=cast.by_sms("adele"))
    assert refused.value.code == "phone-code"


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia"])
def test_nor_does_who_has_nothing_to_do_with_her(yes: Consent, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.withdraw_consent(yes, by=cast.at_desk(who))


def test_past_its_last_day_it_shows_nothing(sent: Referral) -> None:
    actions.accept(sent, by=world.them(sent), day=clock.today())
    with clock.frozen(cast.NOW + timedelta(days=20)):
        world.watch(clock.today())
    with clock.frozen(cast.NOW + timedelta(days=91)):
        assert world.partner(sent) is None


def test_she_reads_her_own_yeses(yes: Consent, adele: Person, as_adele: Actor, marta: Actor) -> None:
    assert reads.consents_of(adele, by=as_adele) == reads.consents_of(adele, by=marta) == [yes]
    assert (yes.labels[0], yes.evidence_label) == ("Nome", "Lo ha detto davanti a noi")


def test_and_nobody_elses(yes: Consent, adele: Person, bruno: Actor) -> None:
    assert reads.consents_of(adele, by=cast.herself("samira")) == []
    assert reads.consents_of(adele, by=bruno) == []


def test_the_database_keeps_no_yes_past_ninety_days(yes: Consent) -> None:
    with scopes.opened(scopes.EVERYTHING), pytest.raises(IntegrityError, match="consent_ninety_days"), transaction.atomic():
        Consent.objects.filter(pk=yes.pk).update(ends_on=yes.starts_on + timedelta(days=91))
