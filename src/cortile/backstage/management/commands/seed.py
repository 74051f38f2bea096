"""``cortile seed``: build the invented world in an empty demo."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from cortile.backstage import world
from cortile.backstage.command import Job
from cortile.kit import clock
from cortile.kit.refusals import Refused


class Command(Job):
    """Builds «San Siro in 5 minuti»."""

    help = "Costruisce il mondo di prova «San Siro in 5 minuti» in un database vuoto."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the seed, the day and the scale."""
        parser.add_argument("--seed", type=int, default=42, help="lo stesso seme dà lo stesso mondo (42)")
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="il giorno in cui si apre: AAAA-MM-GG")
        parser.add_argument("--scale", type=float, default=1.0, help="quanta parte del quartiere, da 0.02 a 1")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build it, or say that it is there."""
        try:
            world.build(options["seed"], options["today"] or clock.today(), scale=options["scale"])
        except world.AlreadyThere:
            self.stdout.write("Il mondo di prova c'è già.")
        except Refused as refused:
            message = f"{refused.sentence} {refused.what_to_do}".strip()
            raise CommandError(message) from refused
        else:
            self.stdout.write("Il mondo di prova è pronto.")
