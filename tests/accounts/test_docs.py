"""The page for the landlord's office says what the code takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cortile.accounts.registry.layouts import LAYOUTS, Layout
from cortile.backstage.past_list import STATES

pytestmark = pytest.mark.pure
PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
LINES = PAGE.splitlines()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_column_is_told_with_its_other_names(layout: Layout) -> None:
    start = next(i for i, line in enumerate(LINES) if line.startswith(f"| `{layout.italian}.csv`"))
    table = LINES[start + 2 : LINES.index("", start)]
    told = [[c.strip() for c in line.split("|")[1:3]] for line in table]
    assert told == [[f"**{c.name}**" if c.needed else c.name, ", ".join(c.names[1:])] for c in layout.columns]


@pytest.mark.parametrize(("theirs", "ours"), STATES.items())
def test_every_state_of_the_old_system_is_told(theirs: str, ours: str) -> None:
    assert f"| {theirs} | `{ours}` | |" in LINES
