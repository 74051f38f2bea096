"""``haven seed``: build the invented association, with as many records as are asked for, in an empty demo."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cortile.haven import world
from cortile.kit import clock
from cortile.kit.actor import acting

# Enough for lists and searches to have something to do.
USUAL = 12


class Command(BaseCommand):
    """Builds «Spazio Aperto»."""

    help = "Costruisce l'associazione di prova «Spazio Aperto» in un database vuoto."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how many, the seed and the day."""
        parser.add_argument(
            "--protected-cases", type=int, default=USUAL, metavar="N", help=f"quante schede (anche 0; di solito {USUAL})"
        )
        parser.add_argument("--seed", type=int, default=42, help="lo stesso seme dà le stesse parole (42)")
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="il giorno in cui si apre: AAAA-MM-GG")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build it, or say that it is there. How many were asked for is said nowhere."""
        if not settings.DEMO:
            message = "Il mondo di prova si crea solo in una prova. Usa ./run demo, oppure CORTILE_DEMO=1."
            raise CommandError(message)
        if options["protected_cases"] < 0:
            message = "Quante schede? Scrivi 0 o un numero più grande."
            raise CommandError(message)
        asked = world.Asked(options["protected_cases"], options["seed"], options["today"] or clock.today())
        try:
            with acting(world.SYSTEM):
                phrases = world.build(asked)
        except world.AlreadyThere:
            self.stdout.write("L'associazione di prova c'è già.")
        else:
            _keep(settings.STATE / "demo.json", phrases)
            self.stdout.write("L'associazione di prova è pronta.")


def _keep(path: Path, phrases: dict[str, str]) -> None:
    """Write the demo's phrases where this machine's owner alone reads them."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(phrases, file)
    new.replace(path)
