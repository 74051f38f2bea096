"""The report of criteria names each of them, and only tests that are there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests import criteria
from tests.criteria import Criterion

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
# Product §7, as far as its screens exist.
ASKED = {
    *(f"A{n}" for n in range(1, 16)), "B1", "B2", "B3", "B4", "B5", "B7", *(f"C{n}" for n in range(1, 7)),
    "D1", "D2", "D4", "E1", "E6", "E7", "F1", "F5", "F6", *(f"G{n}" for n in range(1, 8)),
}  # fmt: skip
ONE = Criterion("A1", "a page is good", ("tests/a.py::test_one", "tests/b.py"))
PASSED = {"tests/a.py::test_one[it]": "passed", "tests/b.py::test_two": "passed"}


def stands(test: str) -> bool:
    path, _, name = test.partition("::")
    file = ROOT / path
    functions = (
        {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}
        if file.exists()
        else set()
    )
    return file.exists() and (not name or name in functions)


def test_every_criterion_is_there_with_its_tests_or_with_who_says_it() -> None:
    assert {criterion.name for criterion in criteria.every()} == ASKED
    assert [criterion.name for criterion in criteria.every() if not (criterion.tests or criterion.by)] == []


def test_every_test_that_is_named_stands() -> None:
    assert [test for criterion in criteria.every() for test in criterion.tests if not stands(test)] == []


def test_the_page_in_the_documents_is_of_these_criteria() -> None:
    said = (ROOT / "docs" / "criteria.md").read_text()
    assert [c.name for c in criteria.every() if f"| {c.name} | {c.says} | " not in said] == []
    assert "NOT MET" not in said


def test_a_criterion_is_met_when_all_of_its_tests_passed() -> None:
    assert ONE.result(PASSED) == "met (2 passed)"


def test_one_failure_is_enough_not_to_meet_it() -> None:
    assert ONE.result(PASSED | {"tests/b.py::test_three": "failed"}) == "NOT MET: 1 failed"


def test_a_test_that_was_not_run_meets_nothing() -> None:
    assert ONE.result({"tests/b.py::test_two": "passed"}) == "not run: tests/a.py::test_one"


def test_a_test_of_a_name_that_only_begins_alike_counts_for_nothing() -> None:
    assert ONE.tried_by({"tests/a.py::test_one_more": "failed"}) == {}
