"""``cortile seal``: the sealer of the audit, in the foreground until told to stop (docs/audit.md)."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import CommandError

from cortile.backstage.command import Job
from cortile.kit.sealing import sealer
from cortile.kit.sealing.keys import SealingError


class Command(Job):
    """Seals what was committed, every few seconds."""

    help = "Sigilla l'audit ogni pochi secondi, con il ruolo dell'audit. È un servizio: gira finché non lo si ferma."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how often, or once, whether the key is a new one, and whether the database is an older copy."""
        parser.add_argument("--every", type=float, default=sealer.PAUSE, help="secondi fra un sigillo e l'altro, 5 al massimo (2)")
        parser.add_argument("--once", action="store_true", help="sigilla quello che aspetta e finisce")
        parser.add_argument("--new-key", action="store_true", help="mette da parte la chiave e comincia con una nuova")
        parser.add_argument(
            "--restored", action="store_true", help="dopo un ripristino: dimentica l'ultimo sigillo, che non c'è più"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seal."""
        try:
            sealer.run(options["every"], **{name: options[name] for name in ("once", "new_key", "restored")})
        except SealingError as refused:
            raise CommandError(str(refused)) from refused
