"""Addresses as people type them."""

from __future__ import annotations

import pytest

from cortile.homes import rules

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "telling"),
    [
        ("Via dei Tigli 12/C", ["tigli", "12", "c"]),
        ("viale dell'Università n. 3", ["dell", "universita", "3"]),
        ("  PIAZZA  Selinunte ", ["selinunte"]),
        ("via di", []),
        ("", []),
    ],
)
def test_only_telling_words_are_kept(typed: str, telling: list[str]) -> None:
    assert rules.address_words(typed) == telling


def test_a_building_is_found_by_beginnings_and_number() -> None:
    assert rules.address_tokens("Via dei Tigli", "12") == {"s:tigl", "#:12"}


@pytest.mark.parametrize("typed", ["tigli 12", "via Adda 3 A", "12, tigli"])
def test_a_street_with_a_number_is_an_address(typed: str) -> None:
    assert rules.looks_like_address(typed)


@pytest.mark.parametrize("typed", ["Adele Brambilla", "tigli", "12", "", "333 5550 101"])
def test_a_name_or_a_phone_is_not(typed: str) -> None:
    assert not rules.looks_like_address(typed)
