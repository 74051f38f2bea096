"""``bench payments``: SIGKILL of workers and of their database under payments, and what was lost or paid twice (issue D)."""

from __future__ import annotations

from collections.abc import Iterator

from cortile.backstage.bench import suite
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.suite import Say

KILLS = 40
TEST = "tests/benefits/test_payment_crashes.py::test_whatever_is_killed_each_payment_is_there_once"


def measure(say: Say) -> Iterator[Figure]:
    """Kill workers and the database of a cluster of our own, so many times, then count on every side."""
    say(f"{KILLS} kills under payments…")
    found = suite.figures(TEST, CORTILE_KILLS=str(KILLS))
    yield Figure("payment kills", float(found["worker kills"] + found["database kills"]), "kills")
    yield Figure("payments acknowledged", float(found["acknowledged"]), "payments")
    yield Figure("payments lost", float(found["lost"]), "payments")
    yield Figure("payments doubled", float(found["doubled"]), "payments")
    yield Figure("cents apart", float(max(_sums(found)) - min(_sums(found))), "cents")


def _sums(found: dict[str, int]) -> list[int]:
    return [found[name] for name in ("paid", "granted", "lines", "received", "postings")]
