"""``bench parity``: the filter of the policy against its model, on a million generated cases (the suite does 200,000)."""

from __future__ import annotations

from collections.abc import Iterator

from cortile.backstage.bench import suite
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.suite import Say

CASES = 1_000_000
TEST = "tests/agencies/test_policy_parity.py::test_the_filter_equals_the_model"


def measure(say: Say) -> Iterator[Figure]:
    """Play worlds of chance rows until there are cases enough."""
    say(f"comparing {CASES:,} cases…")
    found = suite.figures(TEST, CORTILE_PARITY=str(CASES))
    yield Figure("parity cases", float(found["cases"]), "cases")
    yield Figure("parity differences", float(found["differences"]), "cases")
