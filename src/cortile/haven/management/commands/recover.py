"""``haven recover --association SLUG --login X``: two papers open an association again that nobody can open."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import CommandError

from cortile.haven.actions import keys_life
from cortile.haven.command import Job
from cortile.haven.models import Association
from cortile.haven.shares import NEEDED
from cortile.kit.actor import system


class Command(Job):
    """Names a new lead, and prints three new papers."""

    help = "Riapre un'associazione con due carte e fa entrare una nuova responsabile. Carte e frase si scrivono, non si passano."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the association, and who leads it from now on."""
        parser.add_argument("--association", required=True)
        parser.add_argument("--login", required=True)
        parser.add_argument("--name", default="Responsabile")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask for two papers and a phrase, and open."""
        association = Association.objects.filter(slug=options["association"]).first()
        if association is None:
            message = "Questa associazione non c'è."
            raise CommandError(message)
        papers = [self.ask(f"Carta {number}") for number in range(1, NEEDED + 1)]
        by = system("recover", agency_id=association.pk)
        recovered = keys_life.recover(association, papers, options["name"], options["login"], self.ask("Frase nuova"), by=by)
        self.stdout.write(f"Aperta. Guida {recovered.lead.name}. Le carte usate non valgono più.")
        self.show_papers(recovered.papers)
