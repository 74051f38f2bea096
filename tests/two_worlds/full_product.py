"""The full product, by ``bench two-worlds``: its name keeps it out of the suite, whose tests draw a part of it."""

from __future__ import annotations

import os

from tests.house import test_permissions as table
from tests.two_worlds import product
from tests.two_worlds.comparing import differences, seed
from tests.two_worlds.worlds import Pair

MOST = os.environ.get("CORTILE_TWO_WORLDS", "all")


def test_the_full_product(pair: Pair) -> None:
    chosen = seed()
    most = None if MOST == "all" else int(MOST)
    found = differences(pair, product.drawn(pair.things, chosen, most, table.COLUMNS)[:most], chosen)
    assert found == [], "\n".join(found[:50])
