"""Who the money reaches: never a cent over, never somebody before who comes first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cortile.benefits.rules.allocating import Allocation, Last, Strategy, allocate

pytestmark = pytest.mark.pure
ASKED = some.lists(some.tuples(some.integers(1, 600_00), some.integers(0, 5)), min_size=1, max_size=60)
ENVELOPE = some.integers(0, 20_000_00)


def shared(rows: list[tuple[int, int]], envelope: int, strategy: Strategy, last: Last = Last.WHOLE_ONLY) -> Allocation:
    """Share an envelope among rows of cents and ISEE, those alike in order of arrival."""
    asked, isee = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return allocate(asked, [isee, np.arange(len(rows), dtype=np.int64)], envelope, strategy, last)


@given(ASKED, ENVELOPE, some.sampled_from(Strategy), some.sampled_from(Last))
def test_an_envelope_is_never_overspent(rows: list[tuple[int, int]], envelope: int, strategy: Strategy, last: Last) -> None:
    found = shared(rows, envelope, strategy, last)
    assert 0 <= found.given.sum() <= envelope
    assert all(0 <= given <= asked for given, (asked, _) in zip(found.given.tolist(), rows, strict=True))


@given(ASKED, ENVELOPE)
def test_a_proportional_cut_lands_on_the_cent(rows: list[tuple[int, int]], envelope: int) -> None:
    assert shared(rows, envelope, Strategy.PROPORTIONAL).given.sum() == min(envelope, sum(asked for asked, _ in rows))


@given(ASKED, ENVELOPE)
def test_nobody_is_paid_before_who_comes_first(rows: list[tuple[int, int]], envelope: int) -> None:
    found = shared(rows, envelope, Strategy.PRIORITY)
    paid = [given > 0 for _, given in sorted(zip(found.place.tolist(), found.given.tolist(), strict=True))]
    assert paid == sorted(paid, reverse=True)


@given(ASKED, ENVELOPE)
def test_the_last_is_paid_what_is_left_where_the_call_says_so(rows: list[tuple[int, int]], envelope: int) -> None:
    found = shared(rows, envelope, Strategy.FIRST_COME, Last.PARTLY)
    assert found.given.sum() == min(envelope, sum(asked for asked, _ in rows))


def test_320_euros_left_for_who_asks_500() -> None:
    rows = [(600_00, 1), (500_00, 2)]
    assert shared(rows, 920_00, Strategy.PRIORITY).given.tolist() == [600_00, 0]
    assert shared(rows, 920_00, Strategy.PRIORITY, Last.PARTLY).given.tolist() == [600_00, 320_00]


def test_skipping_what_does_not_fit_would_pay_the_wrong_family() -> None:
    rows = [(600_00, 1), (500_00, 2), (300_00, 3)]
    assert shared(rows, 920_00, Strategy.PRIORITY).given.tolist() == [600_00, 0, 0]


def test_a_cut_in_floats_would_overspend() -> None:
    rows = [(1_00, n) for n in range(6)]
    floats = sum(round(100 * (400 / 600)) for _ in rows)
    assert (shared(rows, 400, Strategy.PROPORTIONAL).given.sum(), floats) == (400, 402)


def test_a_tie_nobody_named_a_rule_for_is_refused() -> None:
    with pytest.raises(ValueError, match="tie"):
        allocate(np.array([1, 2]), [np.array([5, 5])], 3, Strategy.PRIORITY)


def test_an_envelope_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        shared([(1, 1)], -1, Strategy.PRIORITY)
