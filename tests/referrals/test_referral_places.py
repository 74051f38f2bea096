"""A service says how many places it has left, on the page of a referral: of its own card, and of no other."""

from __future__ import annotations

import pytest

from cortile.directory import actions as directory
from cortile.directory.models import Service
from cortile.kit.refusals import NotVisible, Refused
from cortile.referrals import actions
from cortile.referrals.models import Referral
from tests import cast
from tests.referrals import world


def test_the_places_left_are_on_its_card(sent: Referral) -> None:
    actions.set_places(sent, by=world.them(sent), state="capacity", available=3)
    card = Service.objects.get(pk=sent.service_id)
    assert (card.capacity.state, card.capacity.available) == ("capacity", 3)


def test_saying_so_confirms_the_card(sent: Referral) -> None:
    actions.set_places(sent, by=world.them(sent), state="no-capacity", available=0)
    assert Service.objects.get(pk=sent.service_id).confirmed_how == "keeper"


@pytest.mark.parametrize("available", [None, -1])
def test_a_number_is_needed(sent: Referral, available: int | None) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_places(sent, by=world.them(sent), state="capacity", available=available)
    assert refused.value.code == "places-missing"


def test_a_card_withdrawn_since_has_no_places(sent: Referral) -> None:
    them = world.them(sent)
    directory.withdraw_service(sent.service_id, by=cast.SYSTEM, reason="Ha chiuso.")
    with pytest.raises(Refused) as refused:
        actions.set_places(sent, by=them, state="capacity", available=1)
    assert refused.value.code == "not-in-this-state"


def test_whoever_sent_it_does_not_speak_for_the_service(sent: Referral) -> None:
    with pytest.raises(NotVisible):
        actions.set_places(sent, by=cast.at_desk("marta"), state="capacity", available=1)


def test_once_it_said_no_it_says_nothing_by_this_link(sent: Referral) -> None:
    them = world.them(sent)
    actions.decline(sent, by=them, reason="full")
    with pytest.raises(NotVisible):
        actions.set_places(sent, by=them, state="capacity", available=1)
