"""``haven bench``: measure the lane, and fail on a goal that is missed."""

from __future__ import annotations

import sys
from typing import Any

from cortile.haven import bench
from cortile.haven.command import Job


class Command(Job):
    """Measures the search and the phrase."""

    help = "Misura la ricerca in memoria e la lentezza della frase. Esce con 1 se manca un traguardo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Measure, and say each figure with its goal."""
        figures = bench.measure()
        for figure in figures:
            self.stdout.write(str(figure))
        if not all(figure.met for figure in figures):
            sys.exit(1)
