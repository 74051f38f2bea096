"""Finding somebody by how their name sounds."""

from __future__ import annotations

import pytest

from cortile.kit.actor import Actor
from cortile.people import reads


@pytest.mark.parametrize("typed", ["sami", "Haddad", "hadad", "samyra", "tigli 12 a"])
def test_four_letters_a_misspelling_or_a_staircase_find_samira(marta: Actor, typed: str) -> None:
    assert "Samira" in [p.given_name for p in reads.search(typed, by=marta)]


@pytest.mark.parametrize("typed", ["", "z", "zzzz", "12"])
def test_what_sounds_like_nothing_finds_nobody(marta: Actor, typed: str) -> None:
    assert reads.search(typed, by=marta) == []


def test_another_body_finds_nobody_of_ours(sara: Actor) -> None:
    assert reads.search("samira", by=sara) == []
