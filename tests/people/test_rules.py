"""Names as they sound, cards that check themselves, codes that are or are not true."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.people import rules

pytestmark = pytest.mark.pure
TODAY = date(2026, 3, 11)
digits = st.integers(0, 9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haddad", "hadad"), ("khaled", "caled"), ("ahmed", "amed"), ("youssef", "iusef"), ("kevin", "chevin"),
        ("wanda", "vanda"), ("zaccaria", "saccaria"), ("philippe", "filippe"), ("d'angelo", "dangelo"),
    ],
)  # fmt: skip
def test_two_spellings_sound_the_same(one: str, other: str) -> None:
    assert rules.key(one) == rules.key(other)


@pytest.mark.parametrize(("one", "other"), [("bruno", "bruna"), ("sala", "scala"), ("mario", "maria")])
def test_two_names_do_not(one: str, other: str) -> None:
    assert rules.key(one) != rules.key(other)


def test_words_lose_accents_and_apostrophes_and_keep_arabic() -> None:
    assert rules.words("Nicolò D'Angelo-Bò") == ["nicolo", "dangelo", "bo"]
    assert rules.words("سميرة حداد") == ["سميرة", "حداد"]


@given(word=st.text(alphabet="abcdefghilmnoprstuvz", min_size=4, max_size=12), place=st.integers(0, 3))
def test_a_letter_left_out_is_still_found(word: str, place: int) -> None:
    heard = rules.key(word)
    prefix = heard[: rules.PREFIX]
    missing = prefix[: place % len(prefix)] + prefix[place % len(prefix) + 1 :]
    assert f"~:{missing}" in rules.name_tokens(word)


def test_a_name_is_found_by_its_beginning() -> None:
    tokens = rules.name_tokens("Brambilla")
    assert {"n:br", "n:bra", "n:bram"} <= tokens
    assert set(rules.exact_tokens("bramb")) <= tokens


def test_one_letter_asks_for_nothing() -> None:
    assert rules.exact_tokens("b") == []
    assert rules.near_tokens("br") == []


def test_numbers_are_found_by_their_last_six() -> None:
    assert rules.number_tokens(["+39 333 5550 101", "12345", ""]) == {"d:550101"}


def test_a_beginning_is_a_full_match_and_a_slip_nearly_one() -> None:
    assert rules.likeness("adele bramb", "Adele Brambilla") > 0.98
    assert 0.7 < rules.likeness("brombilla", "Brambilla") < 0.96
    assert rules.likeness("", "Adele") == 0.0


@pytest.mark.parametrize(("body", "digit"), [("7992739871", 3), ("0000000", 0), ("453201511283036", 6)])
def test_the_check_digit_is_luhns(body: str, digit: int) -> None:
    assert rules.check_digit(body) == digit


@given(serial=st.integers(0, 9_999_999))
def test_every_card_we_give_is_good(serial: int) -> None:
    assert rules.is_card(rules.card(serial))


@given(serial=st.integers(0, 9_999_999), place=st.integers(0, 7), slip=st.integers(1, 9))
def test_one_wrong_figure_is_caught(serial: int, place: int, slip: int) -> None:
    card = rules.card(serial)
    wrong = card[:place] + str((int(card[place]) + slip) % 10) + card[place + 1 :]
    assert not rules.is_card(wrong)


@given(serial=st.integers(rules.FIRST_SERIAL, rules.FIRST_SERIAL + rules.CARDS - 1))
def test_a_drawn_card_is_good_and_none_of_those_given_in_order(serial: int) -> None:
    card = rules.drawn_card(serial, "key")
    assert rules.is_card(card)
    assert int(card[:-1]) >= rules.LOWEST_CARD


def test_no_two_serials_share_a_card() -> None:
    serials = range(rules.FIRST_SERIAL, rules.FIRST_SERIAL + 50_000)
    assert len({rules.drawn_card(serial, "key") for serial in serials}) == 50_000


def test_a_card_does_not_tell_the_next() -> None:
    first, second, *others = (int(rules.drawn_card(rules.FIRST_SERIAL + n, "key")[:-1]) for n in range(40))
    assert len({second - first, *(b - a for a, b in pairwise(others))}) > 30
    assert first != int(rules.drawn_card(rules.FIRST_SERIAL, "another key")[:-1])


@pytest.mark.parametrize("serial", [rules.FIRST_SERIAL - 1, rules.FIRST_SERIAL + rules.CARDS])
def test_no_card_is_drawn_beyond_them(serial: int) -> None:
    with pytest.raises(ValueError, match=str(serial)):
        rules.drawn_card(serial, "key")


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "abcdefgh"])
def test_what_is_no_card(text: str) -> None:
    assert not rules.is_card(text)


@pytest.mark.parametrize(
    ("born", "fits"),
    [(date(1899, 12, 31), False), (date(1900, 1, 1), True), (TODAY, True), (date(2026, 3, 12), False)],
)
def test_nobody_living_was_born_before_1900_or_tomorrow(born: date, fits: bool) -> None:
    assert rules.birth_date_fits(born, TODAY) is fits


def test_alike_names_without_a_date_may_be_one() -> None:
    assert rules.may_be_same("Samira Hadad", None, "Samira Haddad", date(1990, 2, 3))


def test_day_and_month_swapped_may_be_one() -> None:
    assert rules.may_be_same("Samira Haddad", date(1990, 2, 3), "Samira Haddad", date(1990, 3, 2))


def test_another_birth_date_is_another_person() -> None:
    assert not rules.may_be_same("Samira Haddad", date(1990, 2, 3), "Samira Haddad", date(1991, 2, 3))


def test_a_sister_is_another_person() -> None:
    assert not rules.may_be_same("Amina Haddad", None, "Samira Haddad", None)


@pytest.mark.parametrize(("since", "until"), [(TODAY, date(2027, 3, 11)), (date(2028, 2, 29), date(2029, 2, 28))])
def test_a_delegation_lasts_twelve_months(since: date, until: date) -> None:
    assert rules.delegation_end(since) == until


def test_a_fiscal_code_has_its_check_letter() -> None:
    assert rules.is_fiscal_code("RSSMRA85T10A562S")
    assert not rules.is_fiscal_code("RSSMRA85T10A562T")
    assert not rules.is_fiscal_code("00743110157")


def test_an_invented_one_names_a_place_that_is_not() -> None:
    assert rules.is_invented_code("RSSMRA85T10Z999X")
    assert not rules.is_invented_code("RSSMRA85T10A562S")
