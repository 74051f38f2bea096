"""What a codice fiscale says of its owner."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import codicefiscale

from cortile.benefits.siuss import fiscal_code
from cortile.benefits.siuss.records import Sex
from tests.benefits.siuss.invented import code_of

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("family", "given_name", "letters"),
    [
        ("Rossi", "Mario", "RSSMRA"), ("Fo", "Dario", "FOXDRA"), ("Bianchi", "Gianfranco", "BNCGFR"), ("Aiello", "Ada", "LLADAA"),
        ("De Carlò", "Niccolò", "DCRNCL"), ("D’Aù", "Al", "DAULAX"),
    ],
)  # fmt: skip
def test_the_letters_of_a_name_are_its_consonants_first(family: str, given_name: str, letters: str) -> None:
    assert fiscal_code.letters(family, given_name) == letters


@pytest.mark.parametrize(("family", "given_name"), [("أمين", "Samira"), ("Bellini", "小丽"), ("Bøe", "Anna"), ("-", "Anna")])
def test_a_name_of_other_letters_is_not_guessed(family: str, given_name: str) -> None:
    assert fiscal_code.letters(family, given_name) is None


@given(born=st.dates(date(1920, 1, 1), date(2019, 12, 31)), sex=st.sampled_from(Sex))
def test_year_sex_and_birthplace_are_read_back(born: date, sex: Sex) -> None:
    said = fiscal_code.read(code_of("Rossi", "Mario", born, sex))
    assert said == fiscal_code.Reading(born.year % 100, sex, "Z999", "RSSMRA")


@pytest.mark.parametrize("code", ["BLLDLA47S52Z99VX", "BLLDLA47S52ZVVVK"])
def test_letters_for_digits_say_the_same(code: str) -> None:
    letter = codicefiscale.calc_check_digit(code[:-1])
    assert fiscal_code.read(code[:-1] + letter) == fiscal_code.read("BLLDLA47S52Z999G")


@pytest.mark.parametrize("code", ["BLLDLA47S52Z999H", "BLLDLA47S52Z999", "", "BLLDLA47S72Z999G", "00000000000"])
def test_a_code_that_does_not_hold_says_nothing(code: str) -> None:
    assert not fiscal_code.holds(code)
    assert fiscal_code.read(code) is None


def test_a_provisional_code_holds_and_says_nothing() -> None:
    assert fiscal_code.holds("00743110157")
    assert fiscal_code.read("00743110157") is None
