"""The counts that leave: what is counted, and which of them may be told. Pure: no database.

A woman counts once in each line. Whoever could be known by a number, or by what two numbers leave, is in none that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cortile.kit.signed_counts import HIDDEN, Cell, Quarter
from cortile.kit.small_cells import Hidden, Sum, Table, suppress

STEPS = {
    "support": "sostegno", "guidance": "orientamento", "job": "lavoro", "workshop": "laboratorio",
    "accompaniment": "accompagnamento",
}  # fmt: skip
MET, FIRST = "people", "first_talks"
LINES = {
    MET: "Persone incontrate", FIRST: "Primi colloqui", **{step: f"Persone con passi di {label}" for step, label in STEPS.items()},
    "group_days": "Giornate di gruppo", "presences": "Presenze ai gruppi", "half_hours": "Mezz'ore prese",
}  # fmt: skip
Content = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """What happened in three months, counted one record and one day at a time."""

    quarter: Quarter
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LINES, 0))

    def add_record(self, contents: Iterable[Content]) -> None:
        """Count a woman in each line she belongs to, once: she came, for the first time, or took a step that was done."""
        inside = [said for said in contents if self._inside(said)]
        done = {str(said.get("step")) for said in inside if said["kind"] == "step" and said.get("done")} & set(STEPS)
        first = any(said["kind"] == "code" for said in inside)
        for line in {*done, *([FIRST] if first else []), *([MET] if done or first else [])}:
            self.counts[line] += 1

    def add_group(self, said: Content) -> None:
        """Count a group's day and who came, by number only."""
        if said.get("kind") == "group" and self._inside(said):
            self.counts["group_days"] += 1
            self.counts["presences"] += max(int(said.get("came") or 0), 0)

    def _inside(self, said: Content) -> bool:
        try:
            return self.quarter.holds(date.fromisoformat(str(said.get("on"))))
        except ValueError:
            return False


def told(counts: Mapping[str, int]) -> dict[str, Cell]:
    """Return each count as it may leave: nobody, five or more, None for fewer than five, «hidden» for what would tell one."""
    shown = suppress(_table(counts))
    return {line: _cell(shown[line]) for line in LINES}


def _cell(shown: Hidden | int) -> Cell:
    if isinstance(shown, Hidden):
        return None if shown.few else HIDDEN
    return shown


def _table(counts: Mapping[str, int]) -> Table[str]:
    """Tie the counts together as an attentive reader does: who is in a line, who is in the others only, who is in more than one."""
    parts = (FIRST, *STEPS)
    without = {f"without {part}": counts[MET] - counts[part] for part in parts}
    every = sum(counts[part] for part in parts)
    unshown = {**without, "every": every, "again": every - counts[MET]}
    sums = [Sum(MET, (part, f"without {part}")) for part in parts]
    sums += [Sum("every", parts), Sum("every", (MET, "again"))]
    return Table({**counts, **unshown}, sums, frozenset(unshown))
