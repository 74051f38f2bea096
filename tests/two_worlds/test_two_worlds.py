"""Nobody outside the lane can tell whether a case exists: whatever is asked, both worlds answer the same."""

from __future__ import annotations

import os
import random

import pytest

from tests.house import test_permissions as table
from tests.two_worlds import product, worlds
from tests.two_worlds.answers import Answer
from tests.two_worlds.product import Request
from tests.two_worlds.worlds import CASES, WITH, WITHOUT, Pair

PAIRS = 10_050


def seed() -> int:
    """Return the seed of this run: the one asked for, or a new one."""
    return int(os.environ.get("CORTILE_SEED") or random.SystemRandom().randint(1, 10**6))


def told_apart(requests: list[Request], without: list[Answer], with_cases: list[Answer]) -> list[str]:
    """Name what differs, and by which channels."""
    both = zip(requests, without, with_cases, strict=True)
    return [f"{request}: {', '.join(a.unlike(b))}" for request, a, b in both if a != b]


@pytest.mark.slow
def test_the_house_answers_the_same_with_and_without_protected_cases(pair: Pair) -> None:
    chosen = seed()
    requests = product.drawn(pair.things, chosen, PAIRS)
    with worlds.the_lane() as lane:
        lane.holds(0)
        without = pair.asked(WITHOUT, requests)
        lane.holds(CASES)
        with_cases = pair.asked(WITH, requests)
    found = told_apart(requests, without, with_cases)
    print(f"{len(requests)} pairs, {len(found)} differences, CORTILE_SEED={chosen}")  # noqa: T201 -- who reads the run needs its seed
    assert len(requests) >= 10_000
    assert found == [], "\n".join(found[:20])


def test_every_page_is_asked_as_everybody(pair: Pair) -> None:
    asked = {(request.who, request.address.split("?")[0]) for request in product.drawn(pair.things, 1, 0)}
    lines = table.lines(table.TABLE.read_text())
    assert asked >= {(who, table.address(line, pair.things).split("?")[0]) for line in lines for who in table.COLUMNS}
