"""The letters banks take, and the nearest ones to the rest."""

from __future__ import annotations

import pytest

from adapters.cbi.characters import ALLOWED, latin, outside

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Nicolò", "Nicolo"),
        ("D’Agostino", "D'Agostino"),
        ("Nguyễn Đức", "Nguyen Duc"),
        ("Łukasz Żółć", "Lukasz Zolc"),
        ("Ștefan Țîrlea", "Stefan Tirlea"),
        ("Işık Groß", "Isik Gross"),
        ("Rossi & figli", "Rossi + figli"),
        ("  Anna\n  Bassi ", "Anna Bassi"),
    ],
)
def test_a_name_is_written_in_the_nearest_letters(typed: str, near: str) -> None:
    assert latin(typed) == near
    assert outside(near) == []


@pytest.mark.parametrize("name", ["نور", "Олена", "李小龙", "Νίκος", "ਸਿੰਘ", "Rossi; Anna", "a@b", "Anna_"])
def test_what_has_no_near_letter_stays_and_is_refused(name: str) -> None:
    assert outside(latin(name))


def test_the_letters_banks_take_stay_as_they_are() -> None:
    every = "".join(sorted(ALLOWED)).strip()
    assert latin(every) == every
