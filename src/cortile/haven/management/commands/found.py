"""``haven found``: found an association, on the day it begins."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings

from cortile.haven.actions import associations
from cortile.haven.command import Job
from cortile.kit.actor import system


class Command(Job):
    """Makes the association, its first lead and its papers."""

    help = "Apre un'associazione: nome neutro, prima responsabile, tre carte. La frase si scrive, non si passa."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what is public, and the first login."""
        for name in ("--slug", "--name", "--login", "--lead"):
            parser.add_argument(name, required=True)
        parser.add_argument("--phone", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Found it, and print its papers once."""
        if settings.DEMO:
            self.stderr.write(
                "Questa è una prova, e il giorno dopo ricomincia da capo. Per una vera: HAVEN_DATABASE_URL e CORTILE_DEMO=0."
            )
        phrase = self.ask("Frase")
        who, login, phone = options["lead"], options["login"], options["phone"]
        founded = associations.found(options["name"], options["slug"], who, login, phrase, by=system("found"), phone=phone)
        self.stdout.write(f"Aperta: {founded.association.name}.")
        self.show_papers(founded.papers)
