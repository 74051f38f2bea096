"""The other half of everybody asks the same questions in both worlds."""

from __future__ import annotations

import pytest

from tests.two_worlds import product
from tests.two_worlds.comparing import differences, seed
from tests.two_worlds.test_two_worlds import HALVES, PAIRS
from tests.two_worlds.worlds import Pair


@pytest.mark.slow
def test_nor_does_it_answer_anything_else_to_the_others(pair: Pair) -> None:
    chosen = seed()
    requests = product.drawn(pair.things, chosen, PAIRS, HALVES[1])
    assert len(requests) >= 5_000
    found = differences(pair, requests, chosen)
    assert found == [], "\n".join([f"CORTILE_SEED={chosen}", *found[:20]])
