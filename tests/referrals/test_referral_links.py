"""A service without an account: a link in a mail, a code in a second one, five guesses, one referral, an end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cortile.directory import actions as directory
from cortile.directory.models import Service
from cortile.kit import clock
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access as listening
from cortile.listening import actions as requests
from cortile.listening.models import Thread
from cortile.messages.models import Delivery
from cortile.referrals import access, actions, reads
from cortile.referrals.models import Referral
from tests import cast, traces
from tests.referrals import world


def code_for(token: str) -> str:
    """Ask for a code and return it."""
    assert actions.request_link_code(by=PUBLIC, token=token)
    found = re.search(r"\d{6}", Delivery.objects.filter(channel="email").latest("pk").text)
    assert found
    return found.group(0)


def wrong(code: str) -> str:
    """Return another code."""
    return "000000" if code != "000000" else "000001"


def test_link_and_code_open_one_referral(sent: Referral) -> None:
    token = world.token_of(sent)
    assert actions.open_link(by=PUBLIC, token=token, code=code_for(token)) == sent
    found = traces.event("referral_link.opened")
    assert (found.fields, found.agent_name) == (["link_opened"], "Associazione Doposcuola")
    assert traces.subjects("referral_link.opened") == {sent.person_id}


def test_opened_it_is_received(sent: Referral) -> None:
    token = world.token_of(sent)
    actions.open_link(by=PUBLIC, token=token, code=code_for(token))
    assert world.fresh(sent).state == "received"


def test_an_invented_link_sends_no_code(sent: Referral) -> None:
    before = Delivery.objects.count()
    assert not actions.request_link_code(by=PUBLIC, token="invented")
    assert Delivery.objects.count() == before


def test_five_wrong_guesses_end_it(sent: Referral) -> None:
    token = world.token_of(sent)
    code = code_for(token)
    for _ in range(5):
        assert actions.open_link(by=PUBLIC, token=token, code=wrong(code)) is None
    assert actions.open_link(by=PUBLIC, token=token, code=code) is None
    assert traces.event("referral_link.opened").fields == ["wrong_code"]


def test_asking_again_buys_no_guesses(sent: Referral) -> None:
    token = world.token_of(sent)
    for _ in range(5):
        actions.open_link(by=PUBLIC, token=token, code=wrong(code_for(token)))
    assert actions.open_link(by=PUBLIC, token=token, code=code_for(token)) is None


def test_a_code_opens_once_and_lives_half_an_hour(sent: Referral) -> None:
    token = world.token_of(sent)
    code = code_for(token)
    with clock.frozen(cast.NOW + timedelta(minutes=31)):
        assert actions.open_link(by=PUBLIC, token=token, code=code) is None
    assert actions.open_link(by=PUBLIC, token=token, code=code) == sent
    assert actions.open_link(by=PUBLIC, token=token, code=code) is None


def test_a_second_code_lives_its_own_half_hour(sent: Referral) -> None:
    token = world.token_of(sent)
    code_for(token)
    with clock.frozen(cast.NOW + timedelta(minutes=20)):
        code = code_for(token)
    with clock.frozen(cast.NOW + timedelta(minutes=45)):
        assert actions.open_link(by=PUBLIC, token=token, code=code) == sent


def test_without_guesses_left_no_code_is_mailed(sent: Referral) -> None:
    token = world.token_of(sent)
    code = code_for(token)
    for _ in range(5):
        actions.open_link(by=PUBLIC, token=token, code=wrong(code))
    before = Delivery.objects.count()
    assert actions.request_link_code(by=PUBLIC, token=token)
    assert Delivery.objects.count() == before


def test_after_half_an_hour_there_are_five_guesses_again(sent: Referral) -> None:
    token = world.token_of(sent)
    code = code_for(token)
    for _ in range(5):
        actions.open_link(by=PUBLIC, token=token, code=wrong(code))
    with clock.frozen(cast.NOW + timedelta(minutes=31)):
        assert actions.open_link(by=PUBLIC, token=token, code=code_for(token)) == sent


def test_a_link_lives_thirty_days(sent: Referral) -> None:
    token = world.token_of(sent)
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert not actions.request_link_code(by=PUBLIC, token=token)


def test_who_came_in_reads_the_ticked_fields_alone(sent: Referral) -> None:
    read = reads.received(by=world.them(sent))
    assert read.facts == sent.given
    assert (read.may_answer, read.may_ask, read.sent_by) == (True, True, "Marta F.")
    assert traces.event("referral.read_by_service").fields == sorted(world.FIELDS)


def test_and_nothing_of_another(sent: Referral, other: Service) -> None:
    elsewhere = world.send(cast.open_request("gianni"), other)
    with pytest.raises(NotVisible):
        actions.accept(elsewhere, by=world.them(sent), day=clock.today())
    with pytest.raises(NotVisible):
        reads.the_referral(elsewhere.number, by=world.them(sent))


def test_a_partner_is_no_office(sent: Referral) -> None:
    assert not listening.hand_overs_visible_to(world.them(sent)).exists()
    assert not listening.visible_to(world.them(sent)).exists()


def test_an_offices_link_opens_no_referral(sent: Referral, thread: Thread, marta: Actor) -> None:
    handed = requests.hand_over(cast.open_request("gianni"), cast.office(), by=marta, question="Quanto deve?")
    office = listening.link_actor({"agency": handed.agency_id, "id": handed.pk})
    assert office is not None
    assert not access.visible_to(office).exists()
    assert access.partner_actor({"agency": handed.agency_id, "id": sent.pk}) is None


def test_a_session_of_nobody_is_nobody() -> None:
    assert access.partner_actor(None) is None
    assert access.partner_actor({"of": "referral"}) is None


# --- nothing is shown any more ---


def test_after_a_no_there_is_nothing_to_read(sent: Referral) -> None:
    actions.decline(sent, by=world.them(sent), reason="full")
    assert world.partner(sent) is None


def test_a_revoked_one_shows_nothing(sent: Referral, marta: Actor) -> None:
    came_in = world.them(sent)
    actions.revoke(sent, by=marta, reason="Ha trovato da sola")
    assert world.partner(sent) is None
    with pytest.raises(NotVisible):
        reads.received(by=came_in)


def test_a_delicate_one_shows_nothing(sent: Referral, thread: Thread, marta: Actor) -> None:
    requests.mark_delicate(thread, by=marta)
    assert world.partner(sent) is None
    assert world.fresh(sent).closed_at is not None


def test_what_rested_on_an_agreement_ends_with_it(thread: Thread, service: Service) -> None:
    signed = world.agreed(service)
    sent = world.send(thread, service, basis=world.NOTICE)
    assert reads.received(by=world.them(sent)).facts
    directory.end_agreement(signed.pk, by=cast.machine(), reason="Disdetto")
    assert world.partner(sent) is None


def test_a_yes_outlives_an_agreement_it_does_not_need(thread: Thread, service: Service) -> None:
    signed = world.agreed(service)
    sent = world.send(thread, service)
    directory.end_agreement(signed.pk, by=cast.machine(), reason="Disdetto")
    assert world.partner(sent) is not None


# --- their card ---


def test_a_service_confirms_its_card_with_one_tap(sent: Referral) -> None:
    with clock.frozen(cast.NOW + timedelta(days=2)):
        actions.confirm_card(sent, by=world.them(sent))
        sent.service.refresh_from_db()
        assert (sent.service.confirmed_how, sent.service.confirmed_by) == ("keeper", "Associazione Doposcuola")
        assert sent.service.confirmed_at == clock.now()


def test_nobody_else_confirms_it_so(sent: Referral, marta: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.confirm_card(sent, by=marta)


def test_a_withdrawn_card_is_not_confirmed(sent: Referral) -> None:
    directory.withdraw_service(sent.service_id, by=cast.SYSTEM, reason="Chiuso")
    with pytest.raises(Refused) as refused:
        actions.confirm_card(sent, by=world.them(sent))
    assert refused.value.code == "not-in-this-state"
