"""The same rule as SQL: what a list filters by, and what a check of the database compares with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cortile.benefits.rules.dialects import Sql, Writer
from cortile.benefits.rules.nodes import Rule


class Statements(NamedTuple):
    """SQL expressions: for each household the bits of what fails, is missing and is in doubt, and the cents (NULL: unsettled)."""

    failed: str
    missing: str
    doubt: str
    award: str


def statements(rule: Rule, figures: Mapping[str, int], columns: Mapping[str, str]) -> Statements:
    """Write a rule out over columns of a table: 64-bit, NULL where missing. The caller quotes the names of its columns."""
    writer = Writer(rule, figures, Sql([columns[found.name] for found in rule.inputs]))
    tests = [writer.test(requirement.test) for requirement in rule.requirements]
    doubts = ["false" if r.doubt is None else f"coalesce({writer.test(r.doubt)}, false)" for r in rule.requirements]
    failed = _bits([f"{test} IS FALSE AND NOT {doubt}" for test, doubt in zip(tests, doubts, strict=True)])
    missing = _bits([f"{test} IS NULL" for test in tests])
    doubt = _bits([f"{test} IS FALSE AND {doubt}" for test, doubt in zip(tests, doubts, strict=True)])
    award = f"CASE WHEN {' AND '.join(f'{test} IS TRUE' for test in tests)} THEN {writer.number(rule.award)} ELSE 0 END"
    return Statements(failed, missing, doubt, award)


def _bits(tests: list[str]) -> str:
    return " + ".join(f"CASE WHEN {test} THEN {1 << n} ELSE 0 END" for n, test in enumerate(tests))
