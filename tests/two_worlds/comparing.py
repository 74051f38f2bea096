"""Asking everything in both worlds, and naming what differs."""

from __future__ import annotations

import os
import random

from tests.two_worlds import worlds
from tests.two_worlds.answers import Answer
from tests.two_worlds.product import Request
from tests.two_worlds.worlds import CASES, WITH, WITHOUT, Pair


def seed() -> int:
    """Return the seed of this run: the one asked for, or a new one."""
    return int(os.environ.get("CORTILE_SEED") or random.SystemRandom().randint(1, 10**6))


def told_apart(requests: list[Request], without: list[Answer], with_cases: list[Answer]) -> list[str]:
    """Name what differs, and by which channels."""
    both = zip(requests, without, with_cases, strict=True)
    return [f"{request}: {', '.join(a.unlike(b))}" for request, a, b in both if a != b]


def differences(pair: Pair, requests: list[Request], chosen: int) -> list[str]:
    """Ask all of it beside a lane without protected cases, then beside one with some; say how it went."""
    with worlds.the_lane() as lane:
        lane.holds(0)
        without = pair.asked(WITHOUT, requests)
        lane.holds(CASES)
        found = told_apart(requests, without, pair.asked(WITH, requests))
    print(f"two-worlds: pairs={len(requests)} differences={len(found)} CORTILE_SEED={chosen}")  # noqa: T201 -- who reads the run needs its seed
    return found
