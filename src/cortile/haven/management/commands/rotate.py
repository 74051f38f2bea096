"""``haven rotate --login X``: turn an association's keys, as a drill or because something was lost."""

from __future__ import annotations

import argparse
import time
from typing import Any

from cortile.haven.actions import keys_life
from cortile.haven.command import Job


class Command(Job):
    """Turns the keys and prints the new papers."""

    help = "Gira le chiavi di un'associazione: chiave nuova, tutto richiuso, tre carte nuove. La frase si scrive, non si passa."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the login of who leads."""
        parser.add_argument("--login", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Turn, and say how much was closed again and in how long."""
        shift, by = self.shift_of(options["login"])
        start = time.monotonic()
        turned = keys_life.turn_keys(shift, by=by)
        taken = f"{time.monotonic() - start:.1f}".replace(".", ",")
        self.stdout.write(f"Chiave {turned.version}. Richiuse {turned.records} schede e {turned.entries} righe in {taken} s.")
        self.show_papers(turned.papers)
