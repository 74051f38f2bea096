"""Run a bench by name and judge its figures by the goals that stand in ``bench/goals.toml``."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cortile.backstage.bench.figure import Figure

MODULES = {
    "import": "cortile.backstage.bench.import_",
    "web": "cortile.backstage.bench.web",
    "page": "cortile.backstage.bench.page",
    "exit": "cortile.backstage.bench.exit",
    "audit": "cortile.backstage.bench.audit",
    "wall": "cortile.backstage.bench.wall",
    "parity": "cortile.backstage.bench.parity",
    "mutants": "cortile.backstage.bench.mutants",
    "rules": "cortile.backstage.bench.rules",
    "reservations": "cortile.backstage.bench.reservations",
    "payments": "cortile.backstage.bench.payments",
    "hsds": "cortile.backstage.bench.hsds",
    "referrals": "cortile.backstage.bench.referrals",
}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure's goal, copied from an issue: at least or at most so much, of the ratio where there is one."""

    at_least: float | None = None
    at_most: float | None = None

    @property
    def value(self) -> float:
        """Return the number itself."""
        return self.at_least if self.at_least is not None else self.at_most or 0.0

    def met_by(self, figure: Figure) -> bool:
        """Tell whether a figure reaches it."""
        found = figure.ratio if figure.ratio is not None else figure.value
        return (self.at_least is None or found >= self.at_least) and (self.at_most is None or found <= self.at_most)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure beside its goal."""

    figure: Figure
    goal: Goal | None

    @property
    def met(self) -> bool | None:
        """Return whether the goal is met; None for a plain time, which never decides."""
        if self.goal is None:
            return False
        return self.goal.met_by(self.figure) if self.figure.decides else None

    @property
    def row(self) -> dict[str, object]:
        """Return the verdict as ``bench --json`` prints it."""
        figure = self.figure
        row = {
            "name": figure.name, "value": figure.value, "unit": figure.unit, "reference": figure.reference,
            "ratio": figure.ratio, "goal": self.goal.value if self.goal else None,
        }  # fmt: skip
        return row if self.met is None else row | {"met": self.met}


def goals(name: str, path: Path | None = None) -> dict[str, Goal]:
    """Return the goals of a bench by figure."""
    found = tomllib.loads((path or settings.BASE_DIR / "bench" / "goals.toml").read_text(encoding="utf-8"))
    return {figure: Goal(**goal) for figure, goal in found.get(name, {}).items()}


def measure(name: str, say: Say) -> list[Figure]:
    """Run a bench; raise ``KeyError`` for one that does not exist."""
    module = importlib.import_module(MODULES[name])
    return list(module.measure(say))


def judged(figures: Iterable[Figure], known: Mapping[str, Goal]) -> list[Verdict]:
    """Put each figure beside its goal. A goal nobody measured is a figure that is missing, and so not met."""
    found = list(figures)
    missing = [Figure(name, float("nan"), "not measured") for name in known if name not in {f.name for f in found}]
    return [Verdict(f, known.get(f.name)) for f in [*found, *missing]]


def passes(verdicts: Iterable[Verdict]) -> bool:
    """Tell whether nothing was missed: neither a goal nor the goal of a figure."""
    return all(v.met is not False for v in verdicts)
