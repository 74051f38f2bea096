"""What every command of the lane is: a job by its name, and questions whose answers are neither echoed nor logged."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cortile.haven import keyring
from cortile.haven.actions import associations
from cortile.haven.reads import association as reads
from cortile.kit.actor import Actor, acting, system
from cortile.kit.refusals import Refused


class Job(BaseCommand):
    """A command of whoever holds the machine. A refusal is its sentence, without a trace."""

    def execute(self, *args: Any, **options: Any) -> str | None:  # noqa: ANN401 -- Django's own signature
        """Run as the job of the command's own name."""
        try:
            with acting(system(self.__class__.__module__.rpartition(".")[2])):
                return super().execute(*args, **options)
        except Refused as refused:
            said = f"{refused.sentence} {refused.what_to_do}".strip()
        raise CommandError(said)

    def ask(self, question: str) -> str:
        """Ask for something secret: from a terminal it is not shown, from a pipe it is a line."""
        if sys.stdin.isatty():
            return getpass.getpass(f"{question}: ")
        self.stderr.write(f"{question}:")
        return sys.stdin.readline().strip("\r\n")

    def shift_of(self, login: str) -> tuple[keyring.Shift, Actor]:
        """Open the shift of a lead with her phrase. Raise ``CommandError`` where it does not open, or she does not lead."""
        try:
            operator, by = reads.member(login)
        except Refused:
            operator, by = None, None
        phrase = self.ask("Frase")
        token = associations.open_shift(operator, phrase, by=by) if operator and by else ""
        shift = keyring.of(token) if token else None
        if shift is None or by is None or operator is None or not operator.leads:
            message = "Nome d'accesso o frase non giusti, oppure non guidi l'associazione."
            raise CommandError(message)
        return shift, by

    def show_papers(self, papers: list[str]) -> None:
        """Print three papers: they are shown once."""
        self.stdout.write(
            "Tre carte, una per persona. Ne servono due. Si vedono solo adesso: copiale a mano, poi pulisci lo schermo."
        )
        for number, paper in enumerate(papers, start=1):
            self.stdout.write(f"\nCarta {number}\n{paper}")
