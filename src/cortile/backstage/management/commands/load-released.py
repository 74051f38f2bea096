"""``cortile load-released FILE``: take in the counts an association of its own hands over. No other way leads out of it."""  # noqa: N999 -- the command's own name

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cortile.agencies import actions
from cortile.agencies import reads as agencies
from cortile.backstage import progress
from cortile.backstage.command import Job
from cortile.kit import signed_counts
from cortile.kit.actor import system
from cortile.kit.refusals import Refused


class Command(Job):
    """Takes in one signed file of counts."""

    help = "Porta dentro i numeri di tre mesi che un'associazione consegna in un file firmato."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file, for which body, and at the first one with which key and received by whom."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--agency", default=settings.FRONT_AGENCY, metavar="CODICE", help="il codice dell'ente")
        parser.add_argument("--key", metavar="CHIAVE", type=Path, help="la chiave dell'associazione (PEM), la prima volta")
        parser.add_argument(
            "--received-by", default="", metavar="NOME", help="chi ha ricevuto la chiave dall'associazione, la prima volta"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the file, or say in one sentence why not."""
        body = agencies.agency(progress.known_body(options["agency"]))
        key = _read(options["key"]) if options["key"] else b""
        by = system("load-released", agency_id=body.pk)
        try:
            loaded = actions.load_released(body, _read(options["file"]), by=by, key=key, received_by=options["received_by"])
        except Refused as refused:
            if refused.code != "counts-known":
                raise CommandError(f"{refused.sentence} {refused.what_to_do}".strip()) from None
            self.stdout.write(refused.sentence)
            return
        print_of_key = signed_counts.fingerprint(bytes.fromhex(loaded.key.public))
        self.stdout.write(f"Caricati i numeri di {loaded.key.association}, {loaded.quarter}. Chiave: {print_of_key}")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than the largest: what is longer is refused, and never held.
            return file.read(signed_counts.LARGEST + 1)
    except OSError as wrong:
        message = f"Non riesco ad aprire {path}: {wrong.strerror}."
        raise CommandError(message) from None
