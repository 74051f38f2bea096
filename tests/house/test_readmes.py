"""Every room says on one page what it is for, and what it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(p.parent for p in (ROOT / "src" / "cortile").glob("*/apps.py") if p.parent.name != "config")
pytestmark = pytest.mark.pure


def missing(text: str) -> list[str]:
    """Return the test files and documents a page names that are not there."""
    named = re.findall(r"[`(]((?:tests|docs|src|bench)/[\w./-]+)", text)
    return [name for name in named if not (ROOT / name).exists()]


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_a_room_has_a_page_of_forty_lines(room: Path) -> None:
    text = (room / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert missing(text) == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/tour.md", "docs/operations.md", "docs/import.md"])
def test_what_the_documents_name_is_there(name: str) -> None:
    assert missing((ROOT / name).read_text(encoding="utf-8")) == []


def test_a_file_that_is_not_there_is_noticed() -> None:
    assert missing("see `tests/house/test_nothing.py`") == ["tests/house/test_nothing.py"]
