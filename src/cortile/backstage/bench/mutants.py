"""``bench mutants``: every mutant of the policy module, and how many its tests notice (the suite tries a sample)."""

from __future__ import annotations

from collections.abc import Iterator

from cortile.backstage.bench import suite
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.suite import Say

TEST = "tests/agencies/test_policy_mutants.py::test_mutants_do_not_live"


def measure(say: Say) -> Iterator[Figure]:
    """Try them all; say which live."""
    say("trying every mutant of the policy module, some minutes…")
    found = suite.figures(TEST)
    for alive in found["alive"]:
        say(f"alive: {alive}\n")
    yield Figure("policy mutants killed", float(found["killed"]), "mutants", reference=float(found["mutants"]))
