"""The words of needs: said in any language of the house, with a letter wrong, they are still understood."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.directory import vocabulary
from cortile.directory.rules import matching
from cortile.directory.rules.distance import Point, metres, minutes_on_foot
from cortile.kit import languages

pytestmark = pytest.mark.pure
SAID = vocabulary.said()
EVERY = [(code, tongue, phrase) for code, tongues in SAID.items() for tongue, phrases in tongues.items() for phrase in phrases]
WORDS = [(code, word) for code, _tongue, phrase in EVERY for word in matching.telling(phrase)]
LONG = [(code, word) for code, word in WORDS if len(word) >= matching.LEAST and not "一" <= word[0] <= "鿿"]


def understood(text: str, code: str, said: Mapping[str, Mapping[str, list[str]]] = SAID) -> bool:
    """Tell whether some words are taken for a need."""
    known = {word for phrases in said[code].values() for phrase in phrases for word in matching.telling(phrase)}
    return any(matching.best(word, known) for word in matching.telling(text))


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a need's word of five letters or more with one letter wrong, missing, too many, or changed with the next."""
    code, word = draw(st.sampled_from(LONG))
    place, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from("aeiomnrtzàو"))
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    wrong = [
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        swapped,
    ]
    return code, draw(st.sampled_from(wrong))


@given(slips())
def test_one_letter_wrong_still_finds(slip: tuple[str, str]) -> None:
    code, written = slip
    assert understood(written, code), slip


@pytest.mark.parametrize("tongue", languages.every())
def test_every_word_of_a_language_is_understood(tongue: str) -> None:
    said = [(code, phrase) for code, spoken, phrase in EVERY if spoken == tongue]
    assert [(code, phrase) for code, phrase in said if not (understood(phrase, code) and understood(phrase.upper(), code))] == []
    assert len(said) >= len(SAID)


def test_a_word_nobody_wrote_down_is_understood_as_nothing() -> None:
    assert not any(understood("zzzzqqq", code) for code in SAID)


def test_no_language_of_the_house_is_left_out() -> None:
    assert {code for code, tongues in SAID.items() if set(tongues) != set(languages.every())} == set()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("badante", "carer"), ("bandante", "carer"), ("i compiti", "homework"), ("واجبات", "homework"), ("الواجبات", "homework"),
        ("deberes", "homework"), ("homwork", "homework"), ("作业", "homework"), ("pacco", "food"), ("PERMESSO", "papers"),
        ("psicologo", "mind"), ("сиділка", "carer"), ("cerco aiuto per i compiti", "homework"),
    ],
)  # fmt: skip
def test_people_say_it_their_own_way(said: str, code: str) -> None:
    assert understood(said, code)


def test_a_short_word_with_a_letter_wrong_is_another_word() -> None:
    assert matching.likeness("cosa", "casa") == matching.NOTHING
    assert matching.likeness("cassa", "casa") == matching.NOTHING


def test_words_that_say_nothing_find_nothing_when_others_say_something() -> None:
    assert matching.telling("cerco un aiuto per i compiti") == ("compiti",)
    assert matching.telling("aiuto") == ("aiuto",)


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_a_slip_is_the_same_from_either_side(one: str, other: str) -> None:
    assert matching.is_slip(one, other, 1) == matching.is_slip(other, one, 1)


# --- how far ---


def test_a_kilometre_is_a_walk_of_twenty_minutes() -> None:
    here, there = Point(45_478_000, 9_140_000), Point(45_478_000 + 8_983, 9_140_000)
    assert metres(here, there) == 1000
    assert minutes_on_foot(1000) == 20


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_farther_is_never_a_shorter_walk(one: int, other: int) -> None:
    assert (minutes_on_foot(one) <= minutes_on_foot(other)) or one > other


def test_of_a_long_search_the_first_words_that_say_something_are_looked_for() -> None:
    said = "ho bisogno di aiuto per i compiti di scuola media, casa, cena e spesa"
    assert matching.first_telling(said, 4) == "compiti scuola media casa"
    assert matching.telling(matching.first_telling(said, 4)) == ("compiti", "scuola", "media", "casa")
