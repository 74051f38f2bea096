"""Guesses are counted per code and browser: strangers use up none of those of a device she came in with before."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.people import actions
from cortile.people.models import Guess, Knock, Person, SignInCode
from tests.people.test_card_and_code import try_in


@pytest.fixture
def code(adele: Person, marta: Actor) -> str:
    """Return the code Marta printed for Adele."""
    return actions.issue_paper_code(adele, by=marta)[1]


@pytest.fixture
def wrong(code: str) -> str:
    """Return another one."""
    return f"{(int(code) + 1) % 10**8:08d}"


def guess(card: str, code: str, browser: str, *, recognised: bool = False, channel: str = "paper", address: str = "") -> bool:
    """Try a code from a browser, and tell whether it opens."""
    by = replace(PUBLIC, source=f"app {address}")
    at = functools.partial(actions.sign_in, by=by, browser=browser, recognised=recognised, channel=channel)
    return at(card_number=card, code=code) is not None


def test_five_of_one_browser_leave_another_its_own(adele: Person, code: str, wrong: str) -> None:
    assert [guess(adele.card_number, wrong, "one") for _ in range(5)] == [False] * 5
    assert not guess(adele.card_number, code, "one")
    assert guess(adele.card_number, code, "two")


def test_strangers_have_fifty_together(adele: Person, code: str, wrong: str) -> None:
    for number in range(50):
        guess(adele.card_number, wrong, f"stranger {number}")
    assert not guess(adele.card_number, code, "one more")


def test_a_code_used_up_by_strangers_opens_on_a_known_device(adele: Person, code: str, wrong: str) -> None:
    for number in range(50):
        guess(adele.card_number, wrong, f"stranger {number}")
    assert guess(adele.card_number, code, "hers", recognised=True)


def test_devices_that_are_known_have_fifteen_together(adele: Person, code: str, wrong: str) -> None:
    for number in range(15):
        guess(adele.card_number, wrong, f"device {number // 5}", recognised=True)
    assert not guess(adele.card_number, code, "device 3", recognised=True)
    assert guess(adele.card_number, code, "somewhere else")


def test_one_address_uses_up_ten_and_leaves_the_first_sign_in_to_others(adele: Person, code: str, wrong: str) -> None:
    for number in range(20):
        guess(adele.card_number, wrong, f"stranger {number}", address="192.0.2.1")
    assert not guess(adele.card_number, code, "one more", address="192.0.2.1")
    assert SignInCode.objects.get().guesses_left == 40
    assert guess(adele.card_number, code, "hers", address="192.0.2.2")


def test_one_address_tries_twenty_cards_an_hour(adele: Person, code: str) -> None:
    for number in range(20):
        guess(f"9{number:07d}", code, f"stranger {number}", address="192.0.2.1")
    assert not guess(adele.card_number, code, "one more", address="192.0.2.1")
    assert guess(adele.card_number, code, "hers", address="192.0.2.2")
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert guess(adele.card_number, code, "one more", address="192.0.2.1")


def test_a_house_with_many_addresses_is_one(adele: Person, code: str, wrong: str) -> None:
    for number in range(20):
        guess(adele.card_number, wrong, f"stranger {number}", address=f"2001:db8::{number:x}")
    assert not guess(adele.card_number, code, "one more", address="2001:db8::ffff")


def test_a_known_device_comes_in_from_an_address_that_tried_too_much(adele: Person, code: str, wrong: str) -> None:
    for number in range(21):
        guess(adele.card_number, wrong, f"stranger {number}", address="192.0.2.1")
    assert guess(adele.card_number, code, "hers", recognised=True, address="192.0.2.1")


def test_an_address_is_kept_as_a_hash_for_an_hour_or_two(adele: Person, wrong: str) -> None:
    guess(adele.card_number, wrong, "one", address="192.0.2.1")
    assert not Knock.objects.filter(address__contains="192.0.2").exists()
    with clock.frozen(clock.now() + timedelta(hours=2)):
        guess(adele.card_number, wrong, "one", address="192.0.2.2")
    assert Knock.objects.count() == 1


@pytest.mark.parametrize("card", ["hers", "99999999"])
def test_guesses_at_once_wait_also_where_no_code_is(adele: Person, code: str, card: str) -> None:
    with CaptureQueriesContext(connection) as done:
        guess(adele.card_number if card == "hers" else card, "1", "one")
    assert sum("pg_advisory_xact_lock" in q["sql"] for q in done.captured_queries) == 1


def test_a_known_device_has_five_and_takes_none_of_the_others(adele: Person, code: str, wrong: str) -> None:
    for _ in range(6):
        guess(adele.card_number, wrong, "hers", recognised=True)
    assert not guess(adele.card_number, code, "hers", recognised=True)
    assert guess(adele.card_number, code, "somewhere else")


def test_who_gets_it_right_gives_back_what_they_took(adele: Person, code: str, wrong: str) -> None:
    for _ in range(3):
        assert [guess(adele.card_number, wrong, "hers") for _ in range(4)] == [False] * 4
        assert guess(adele.card_number, code, "hers")
    assert SignInCode.objects.get().guesses_left == 50


def test_a_guess_at_another_channel_uses_up_no_paper(adele: Person, code: str, wrong: str) -> None:
    for number in range(20):
        assert not guess(adele.card_number, wrong, f"stranger {number}", channel="sms")
    assert not guess(adele.card_number, code, "hers", channel="sms")
    assert guess(adele.card_number, code, "hers")


def test_printing_leaves_codes_of_other_channels_alone(adele: Person, marta: Actor, code: str) -> None:
    with scopes.opened(scopes.EVERYTHING):
        SignInCode.objects.update(channel="sms")
    actions.issue_paper_code(adele, by=marta)
    assert guess(adele.card_number, code, "hers", channel="sms")


def test_no_more_rows_than_guesses_that_count(adele: Person, code: str, wrong: str) -> None:
    for number in range(60):
        guess(adele.card_number, wrong, f"stranger {number}")
    assert Guess.objects.filter(count__gt=0).exclude(browser__startswith="addr:").count() == 50


def test_the_right_code_of_a_merged_person_is_a_wrong_one(adele: Person, code: str) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=adele.pk).update(state="merged")
    assert try_in(adele.card_number, code) is None
    assert Guess.objects.get(browser="").count == 1
