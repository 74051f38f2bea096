"""``cortile bench NAME``: measure, and fail on a goal that is missed or missing."""

from __future__ import annotations

import argparse
import json
import math
import sys
from typing import Any

from cortile.backstage.bench import runner
from cortile.backstage.bench.runner import Verdict
from cortile.backstage.command import Job


class Command(Job):
    """Runs a bench."""

    help = "Misura e confronta con i traguardi di bench/goals.toml. Esce con 1 se uno manca."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the name and the form of the answer."""
        parser.add_argument("name", choices=sorted(runner.MODULES))
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure and judge."""
        name = options["name"]
        figures = runner.measure(name, self.stderr.write)
        verdicts = runner.judged(figures, runner.goals(name))
        if options["json"]:
            self.stdout.write(json.dumps({"figures": [_clean(v.row) for v in verdicts]}, ensure_ascii=False))
        else:
            for verdict in verdicts:
                self.stdout.write(_line(verdict))
        if not runner.passes(verdicts):
            sys.exit(1)


def _clean(row: dict[str, object]) -> dict[str, object]:
    return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()}


def _line(verdict: Verdict) -> str:
    figure, goal = verdict.figure, verdict.goal
    ratio = f"  = {figure.ratio:.3f} of {figure.reference:,.1f}" if figure.ratio is not None else ""
    wanted = "no goal" if goal is None else f"goal {'≥' if goal.at_least is not None else '≤'} {goal.value:g}"
    mark = {True: "met", False: "MISSED", None: "printed"}[verdict.met]
    return f"{figure.name:26} {figure.value:12,.2f} {figure.unit:12}{ratio}  {wanted}  {mark}"
