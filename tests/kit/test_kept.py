"""What every page says alike is found once a minute, and again after a write of ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortile.kit import clock, kept
from cortile.kit.kept import Kept
from tests import cast

pytestmark = pytest.mark.pure


@pytest.fixture
def shelf() -> Kept:
    return Kept("homes_")


def test_it_is_found_once(shelf: Kept) -> None:
    found = iter((1, 2, 3))
    assert [shelf.get("a", lambda: next(found)) for _ in range(3)] == [1, 1, 1]


def test_nothing_is_an_answer_too(shelf: Kept) -> None:
    found = iter((None, "later"))
    assert [shelf.get("a", lambda: next(found)) for _ in range(2)] == [None, None]


def test_each_key_has_its_own(shelf: Kept) -> None:
    assert (shelf.get(("slot", 1), lambda: "one"), shelf.get(("slot", 2), lambda: "two")) == ("one", "two")


def test_a_write_there_makes_it_found_again(shelf: Kept) -> None:
    shelf.get("a", lambda: 1)
    kept.written("homes_place")
    assert shelf.get("a", lambda: 2) == 2


def test_a_write_elsewhere_does_not(shelf: Kept) -> None:
    shelf.get("a", lambda: 1)
    kept.written("people_person")
    assert shelf.get("a", lambda: 2) == 1


def test_a_minute_later_it_is_found_again(shelf: Kept) -> None:
    shelf.get("a", lambda: 1)
    with clock.frozen(cast.NOW + timedelta(minutes=1)):
        assert shelf.get("a", lambda: 2) == 2
