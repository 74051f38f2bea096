"""``cortile policy``: who may see what, in words, for the data-protection officer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cortile.backstage import policy_sheet
from cortile.backstage.command import Job
from cortile.kit import clock


class Command(Job):
    """Prints the truth table."""

    help = "Scrive la tabella di chi può vedere che cosa, per chi protegge i dati: testo, CSV o PDF."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the form and the file."""
        parser.add_argument("--format", choices=sorted(policy_sheet.FORMATS), default="text", help="text, csv o pdf (text)")
        parser.add_argument("--output", type=Path, default=None, metavar="FILE", help="dove scriverla (se no, qui sotto)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it to a file, or to the terminal what a terminal can show."""
        kind, path = options["format"], options["output"]
        if path is None and kind == "pdf":
            message = "Un PDF non si legge qui. Di' dove scriverlo: --output FILE."
            raise CommandError(message)
        made = policy_sheet.FORMATS[kind](clock.today())
        if path is None:
            self.stdout.write(made.decode("utf-8-sig"), ending="")
            return
        try:
            path.write_bytes(made)
        except OSError as error:
            message = f"Non riesco a scrivere {path}: {error.strerror}. Controlla la cartella e riprova."
            raise CommandError(message) from None
        self.stdout.write(f"Ho scritto {path} ({len(made) // 1024 + 1} KB).")
