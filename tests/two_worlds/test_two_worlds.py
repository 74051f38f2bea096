"""Nobody outside the lane can tell whether a case exists: whatever is asked, both worlds answer the same. Half of everybody."""

from __future__ import annotations

import pytest

from tests.house import test_permissions as table
from tests.two_worlds import product
from tests.two_worlds.comparing import differences, seed
from tests.two_worlds.worlds import Pair

# The other half is asked by another file, and so by another worker.
HALVES = (table.COLUMNS[::2], table.COLUMNS[1::2])
PAIRS = 5_025


@pytest.mark.slow
def test_the_house_answers_the_same_with_and_without_protected_cases(pair: Pair) -> None:
    chosen = seed()
    requests = product.drawn(pair.things, chosen, PAIRS, HALVES[0])
    assert len(requests) >= 5_000
    found = differences(pair, requests, chosen)
    assert found == [], "\n".join([f"CORTILE_SEED={chosen}", *found[:20]])


def test_every_page_is_asked_as_everybody(pair: Pair) -> None:
    asked = {(request.who, request.address.split("?")[0]) for half in HALVES for request in product.drawn(pair.things, 1, 0, half)}
    lines = table.lines(table.TABLE.read_text())
    assert asked >= {(who, table.address(line, pair.things).split("?")[0]) for line in lines for who in table.COLUMNS}


def test_one_seed_asks_the_same_again_and_another_asks_something_else(pair: Pair) -> None:
    drawn = [product.drawn(pair.things, chosen, PAIRS, HALVES[0]) for chosen in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
