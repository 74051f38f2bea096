"""``cortile import-requests FILE``: take in the requests of another system as history. States in ``docs/import.md``."""  # noqa: N999 -- the command's own name

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cortile.agencies import reads as agencies
from cortile.backstage import past_list, progress
from cortile.backstage.command import Job
from cortile.kit.actor import system
from cortile.kit.refusals import Refused


class Command(Job):
    """Imports a CSV of past requests, each once."""

    help = "Importa le segnalazioni di un altro sistema come storia, in sola lettura."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file and the body."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--agency", default=settings.FRONT_AGENCY, metavar="CODICE", help="il codice dell'ente")
        parser.add_argument("--source", default="Segnalazioni", help="il nome del sistema da cui arrivano")
        parser.add_argument("--rejects", type=Path, metavar="CARTELLA", help="dove scrivere gli scarti (di solito accanto al file)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, say what happened, and leave the rejects beside the file."""
        path, code = options["file"], progress.known_body(options["agency"])
        if not path.is_file():
            message = f"Il file {path} non c'è. Controlla il nome e riprova."
            raise CommandError(message)
        by = system("import-requests", agency_id=agencies.agency(code).pk)
        try:
            taken = past_list.take_in(code, path.name, path.read_bytes(), source=options["source"], by=by)
        except Refused as refused:
            message = f"{refused.sentence} {refused.what_to_do}".strip()
            raise CommandError(message) from None
        rejected = len(taken.file.rejects)
        self.stdout.write(f"Segnalazioni: {taken.new} nuove, {taken.known} già presenti, {rejected} scartate.")
        if rejected:
            kept = progress.keep_rejects(options["rejects"] or path.parent / "scarti", path.name, taken.file)
            self.stdout.write(f"Scarti da correggere: {kept}")
