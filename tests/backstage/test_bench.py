"""The bench's judge: figures beside goals, what decides and what is only printed."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from cortile.backstage.bench import runner
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.runner import Goal

pytestmark = pytest.mark.pure


def judge(figure: Figure, **goal: float) -> bool | None:
    """Return whether a figure meets a goal."""
    return runner.judged([figure], {figure.name: Goal(**goal)})[0].met


def test_a_ratio_is_judged_where_there_is_a_reference() -> None:
    assert judge(Figure("list", 50, "requests/s", reference=100), at_least=0.25) is True
    assert judge(Figure("list", 20, "requests/s", reference=100), at_least=0.25) is False


def test_a_count_is_judged_by_itself() -> None:
    assert judge(Figure("list queries", 15, "queries"), at_most=15) is True
    assert judge(Figure("list queries", 16, "queries"), at_most=15) is False


@pytest.mark.parametrize("unit", ["s", "ms", "µs"])
def test_a_time_never_decides(unit: str) -> None:
    verdict = runner.judged([Figure("list p50", 1e6, unit)], {"list p50": Goal(at_most=60)})[0]
    assert verdict.met is None
    assert "met" not in verdict.row
    assert verdict.row["goal"] == 60


def test_a_ratio_of_two_times_decides() -> None:
    assert judge(Figure("import", 70, "s", reference=10), at_most=6) is False


def test_a_figure_without_its_goal_is_a_failure() -> None:
    verdicts = runner.judged([Figure("list p50", 1, "ms")], {})
    assert verdicts[0].met is False
    assert not runner.passes(verdicts)


def test_a_goal_nobody_measured_is_a_failure() -> None:
    verdicts = runner.judged([], {"list": Goal(at_least=0.25)})
    assert math.isnan(verdicts[0].figure.value)
    assert not runner.passes(verdicts)


def test_what_is_met_passes_with_a_slow_time_beside_it() -> None:
    figures = [Figure("list", 50, "requests/s", reference=100), Figure("list p50", 900, "ms")]
    assert runner.passes(runner.judged(figures, {"list": Goal(at_least=0.25), "list p50": Goal(at_most=60)}))


@pytest.mark.parametrize("name", sorted(runner.MODULES))
def test_every_bench_has_its_goals_in_the_file(name: str) -> None:
    assert runner.goals(name)


def test_goals_are_read_by_figure(tmp_path: Path) -> None:
    file = tmp_path / "goals.toml"
    file.write_text('[web]\n"list queries" = { at_most = 15 }\n')
    assert runner.goals("web", file) == {"list queries": Goal(at_most=15)}


def test_a_bench_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("bench", "nothing")


@pytest.fixture
def one_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bench of one figure stand among the others."""
    module = ModuleType("tests.one_figure")
    module.measure = lambda _say: [Figure("list queries", 99, "queries")]  # type: ignore[attr-defined]  # made here
    monkeypatch.setitem(sys.modules, "tests.one_figure", module)
    monkeypatch.setitem(runner.MODULES, "web", "tests.one_figure")


@pytest.mark.usefixtures("one_figure")
def test_the_command_prints_json_and_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        call_command("bench", "web", json=True)
    rows = json.loads(capsys.readouterr().out)["figures"]
    assert rows[0] == {
        "name": "list queries", "value": 99, "unit": "queries", "reference": None, "ratio": None, "goal": 15, "met": False,
    }  # fmt: skip
