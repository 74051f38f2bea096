"""Guesses are counted per code and browser: strangers use up none of those of a device she came in with before."""

from __future__ import annotations

import functools

import pytest

from cortile.kit import scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.people import actions
from cortile.people.models import Guess, Person, SignInCode
from tests.people.test_card_and_code import try_in


@pytest.fixture
def code(adele: Person, marta: Actor) -> str:
    """Return the code Marta printed for Adele."""
    return actions.issue_paper_code(adele, by=marta)[1]


@pytest.fixture
def wrong(code: str) -> str:
    """Return another one."""
    return f"{(int(code) + 1) % 10**6:06d}"


def guess(card: str, code: str, browser: str, *, recognised: bool = False, channel: str = "paper") -> bool:
    """Try a code from a browser, and tell whether it opens."""
    at = functools.partial(actions.sign_in, by=PUBLIC, browser=browser, recognised=recognised, channel=channel)
    return at(card_number=card, code=code) is not None


def test_five_of_one_browser_leave_another_its_own(adele: Person, code: str, wrong: str) -> None:
    assert [guess(adele.card_number, wrong, "one") for _ in range(5)] == [False] * 5
    assert not guess(adele.card_number, code, "one")
    assert guess(adele.card_number, code, "two")


def test_strangers_have_ten_together(adele: Person, code: str, wrong: str) -> None:
    for number in range(10):
        guess(adele.card_number, wrong, f"stranger {number}")
    assert not guess(adele.card_number, code, "one more")


def test_a_code_used_up_by_strangers_opens_on_a_known_device(adele: Person, code: str, wrong: str) -> None:
    for number in range(20):
        guess(adele.card_number, wrong, f"stranger {number}")
    assert guess(adele.card_number, code, "hers", recognised=True)


def test_a_known_device_has_five_and_takes_none_of_the_others(adele: Person, code: str, wrong: str) -> None:
    for _ in range(6):
        guess(adele.card_number, wrong, "hers", recognised=True)
    assert not guess(adele.card_number, code, "hers", recognised=True)
    assert guess(adele.card_number, code, "somewhere else")


def test_who_gets_it_right_gives_back_what_they_took(adele: Person, code: str, wrong: str) -> None:
    for _ in range(3):
        assert [guess(adele.card_number, wrong, "hers") for _ in range(4)] == [False] * 4
        assert guess(adele.card_number, code, "hers")
    assert SignInCode.objects.get().guesses_left == 10


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
    for number in range(30):
        guess(adele.card_number, wrong, f"stranger {number}")
    assert Guess.objects.filter(count__gt=0).count() == 10


def test_the_right_code_of_a_merged_person_is_a_wrong_one(adele: Person, code: str) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=adele.pk).update(state="merged")
    assert try_in(adele.card_number, code) is None
    assert Guess.objects.get().count == 1
