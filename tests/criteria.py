"""How each criterion of product §7 went: the tests of the run, gathered under the criterion they try (``tests/criteria.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).with_suffix(".toml")
HEAD = """# The criteria of the screens

Written by `./run test --criteria docs/criteria.md`: each criterion of the product that stands on screens that exist, how the tests
that try it went in that run, and where they are. «By hand» is what no test may say.

| criterion | what it asks | result | tests |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked, the tests that try it, or who else says it."""

    name: str
    says: str
    tests: tuple[str, ...] = ()
    by: str = ""

    def tried_by(self, outcomes: Mapping[str, str]) -> dict[str, str]:
        """Return the outcomes of its tests, by their names."""
        return {node: outcome for node, outcome in outcomes.items() if any(_stands_for(test, node) for test in self.tests)}

    def result(self, outcomes: Mapping[str, str]) -> str:
        """Say how it went in words: met only when each place named was run, and nothing of it failed."""
        tried = self.tried_by(outcomes)
        if self.by:
            return "by hand"
        if [node for node, outcome in tried.items() if outcome == "failed"]:
            return f"NOT MET: {sum(outcome == 'failed' for outcome in tried.values())} failed"
        unrun = [test for test in self.tests if not any(_stands_for(test, node) for node in tried)]
        return (
            f"met ({sum(outcome == 'passed' for outcome in tried.values())} passed)"
            if not unrun
            else f"not run: {', '.join(unrun)}"
        )


def _stands_for(test: str, node: str) -> bool:
    return node == test or node.startswith((f"{test}[", f"{test}::"))


def every() -> list[Criterion]:
    """Read the criteria."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [Criterion(name, row["says"], tuple(row.get("tests", ())), row.get("by", "")) for name, row in rows.items()]


def page(outcomes: Mapping[str, str]) -> str:
    """Return the report page."""
    return HEAD + "".join(_line(criterion, outcomes) for criterion in every())


def _line(criterion: Criterion, outcomes: Mapping[str, str]) -> str:
    where = "<br>".join(f"`{test}`" for test in criterion.tests) or criterion.by
    return f"| {criterion.name} | {criterion.says} | {criterion.result(outcomes)} | {where} |\n"


# --- the plugin ---

_outcomes: dict[str, str] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the report."""
    parser.addoption("--criteria", default="", help="write how each criterion went to a file")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember how a test went: a failure anywhere in it is a failure."""
    if report.failed:
        _outcomes[report.nodeid] = "failed"
    elif report.when == "call" or report.skipped:
        _outcomes.setdefault(report.nodeid, "skipped" if report.skipped else "passed")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report where it was asked for, once: the process that runs the workers does."""
    target = session.config.getoption("--criteria")
    if target and not hasattr(session.config, "workerinput"):
        Path(str(target)).write_text(page(_outcomes), encoding="utf-8")


def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None] | None:  # noqa: ANN401 -- pytest's own, without a public type
    """Say which criteria were not met by what was run."""
    for criterion in every():
        result = criterion.result(_outcomes)
        if result.startswith("NOT MET"):
            terminalreporter.write_line(f"criterion {criterion.name}: {result}")
    return None
