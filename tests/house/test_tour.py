"""The tour stays true: its eight files exist, and every event of the house is in its table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cortile.kit.events import Event

ROOT = Path(__file__).resolve().parents[2]
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.pure


def stops(text: str) -> list[str]:
    """Return the files the numbered list leads through."""
    return re.findall(r"^\d\. \*\*`([^`]+)`", text, re.MULTILINE)


def untold(text: str) -> set[str]:
    """Return the events the table forgot."""
    ours = {kind.__name__ for kind in Event.__subclasses__() if kind.__module__.startswith("cortile.")}
    return ours - set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))


def test_the_tour_leads_through_eight_files_that_exist() -> None:
    assert len(stops(TOUR)) == 8
    assert [s for s in stops(TOUR) if not (ROOT / s).is_file()] == []


def test_every_event_is_in_the_tour() -> None:
    assert untold(TOUR) == set()


def test_a_forgotten_event_is_noticed() -> None:
    assert untold(TOUR.replace("`StaffAway`", "`Gone`")) == {"StaffAway"}
