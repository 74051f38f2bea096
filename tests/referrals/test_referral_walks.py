"""Whatever anybody does on whatever day: no referral without a next date, and no way from a «no» to silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from cortile.referrals.actions import keeping, moving, steps
from cortile.referrals.models import Referral
from tests.referrals.walks import paths, problems, walked

Path = list[tuple[str, int]]
DECLINED: Path = [("decline", 1), ("night", 0)]
FORGOTTEN: Path = [("fortnight", 0), ("fortnight", 0), ("fortnight", 0)]
WITHDRAWN: Path = [("withdraw", 0)]


def seen(path: Path) -> list[str]:
    """Return everything an honest witness objected to on a path."""
    return [problem for walk in walked(path) for problem in problems(walk)]


@settings(max_examples=40, deadline=None)
@given(path=paths)
def test_nothing_rests_and_nobody_is_left_in_silence(path: Path) -> None:
    assert seen(path) == []


@pytest.mark.parametrize("path", [DECLINED, FORGOTTEN, WITHDRAWN])
def test_the_roads_that_the_mutants_walk_are_clean(path: Path) -> None:
    assert seen(path) == []


def _kept_by_the_service(row: Referral) -> list[str]:
    return steps.hand(row, "service", row.check_on)


def _forgets(*_: object) -> str:
    return "came_back"


def _leaves_open(row: Referral, _act: str, _by: object) -> None:
    row.save(update_fields=[])


@pytest.mark.parametrize(
    ("path", "where", "name", "mutant", "said"),
    [
        (DECLINED, steps, "ours", _kept_by_the_service, "a no became silence"),
        (FORGOTTEN, keeping, "_come_back", _forgets, "a service keeps silent and nobody knows"),
    ],
)
def test_a_mutant_is_seen(
    monkeypatch: pytest.MonkeyPatch, path: Path, where: object, name: str, mutant: Callable[..., object], said: str
) -> None:
    monkeypatch.setattr(where, name, mutant)
    assert any(said in problem for problem in seen(path))


def test_a_withdrawal_that_ends_nothing_still_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_end", _leaves_open)
    assert not any("shown after its end" in problem for problem in seen(WITHDRAWN))
