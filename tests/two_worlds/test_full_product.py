"""The full product, by ``bench two-worlds``: it stays out of the suite, whose test draws a part of it."""

from __future__ import annotations

import os

import pytest

from tests.two_worlds import product, worlds
from tests.two_worlds.test_two_worlds import seed, told_apart
from tests.two_worlds.worlds import CASES, WITH, WITHOUT, Pair

MOST = os.environ.get("CORTILE_TWO_WORLDS", "")


@pytest.mark.skipif(not MOST, reason="the full product: ./run cortile bench two-worlds")
def test_the_full_product(pair: Pair) -> None:
    chosen = seed()
    requests = product.drawn(pair.things, chosen, None if MOST == "all" else int(MOST))
    with worlds.the_lane() as lane:
        lane.holds(0)
        without = pair.asked(WITHOUT, requests)
        lane.holds(CASES)
        found = told_apart(requests, without, pair.asked(WITH, requests))
    print(f"two-worlds: pairs={len(requests)} differences={len(found)} seed={chosen}")  # noqa: T201 -- who reads the run needs its seed
    assert found == [], "\n".join(found[:50])
