"""``haven bench``: what it measures goes away with it."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from cortile.haven import bench
from cortile.haven.models import Association, Event, Record


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure fifty notes, three times."""
    for name, value in {"NOTES": 50, "EVERY": 25, "ROUNDS": 3}.items():
        monkeypatch.setattr(bench, name, value)


def test_nothing_of_a_bench_stays() -> None:
    before = (Association.objects.count(), Record.objects.count(), Event.objects.count())
    bench.measure()
    assert (Association.objects.count(), Record.objects.count(), Event.objects.count()) == before


def test_each_figure_stands_with_its_goal() -> None:
    assert [(figure.name, "goal" in figure.goal) for figure in bench.measure()] == [
        ("notes searched", True), ("the whole answer", False), ("first of a shift", False), ("a phrase", True),
    ]  # fmt: skip


def test_a_goal_that_is_missed_fails_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "LEAST_PHRASE", 3_600_000.0)
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("bench", stdout=said)
    assert "MISSED" in said.getvalue()
