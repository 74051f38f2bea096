"""``haven restore FILE --identity FILE``: bring a copy back, into an empty database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cortile.haven import backups, erasures
from cortile.haven.actions import restoring
from cortile.haven.command import Job
from cortile.kit.actor import system


class Command(Job):
    """Restores, and destroys again what was destroyed since."""

    help = "Riporta una copia in un database vuoto. Chi è stata distrutta dopo la copia non torna."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the copy, the offline key, and other lists of what was destroyed."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True)
        parser.add_argument("--erased", type=Path, action="append", default=[], help="un'altra lista di ciò che è stato distrutto")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Open, check, write, and say what came back."""
        copy = backups.opened(options["file"].read_bytes(), options["identity"].read_text())
        erased = erasures.known(*options["erased"])
        restored = restoring.restore(copy, erased, by=system("restore"))
        # What the copy and the other lists knew is known here from now on.
        erasures.add(sorted({*copy.erased, *erased} - erasures.known()))
        self.stdout.write(f"Riportate {restored.rows} righe; {restored.erased} schede distrutte di nuovo. Il registro è intero.")
        self.stdout.write("Frasi, carte e persone sono quelle di allora: fai uscire chi è uscita dopo, e gira le chiavi.")
