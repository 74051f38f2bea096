"""``haven papers --login X``: draw three new papers, because one was lost or seen."""

from __future__ import annotations

import argparse
from typing import Any

from cortile.haven.actions import keys_life
from cortile.haven.command import Job


class Command(Job):
    """Draws papers; the old ones open nothing any more."""

    help = "Fa tre carte nuove. Le vecchie non aprono più."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the login of who leads."""
        parser.add_argument("--login", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Draw, and print them once."""
        shift, by = self.shift_of(options["login"])
        self.show_papers(keys_life.draw_papers(shift, by=by))
