"""``haven audit``: is each association's audit whole? Without a key: nothing of it is read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from cortile.haven import audit
from cortile.haven.command import Job
from cortile.haven.models import Association

WORDS = {
    "missing": "manca la riga {}",
    "changed": "la riga {} è cambiata",
    "cut": "la fine è tagliata dalla riga {}",
    "not-kept": "la riga {} non è quella annotata",
}


class Command(Job):
    """Verifies chains, and says where each ends."""

    help = "Controlla il registro di ogni associazione, senza chiavi. --head dice dove finisce: annotalo altrove e dallo a --kept."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what to do, and a file of ends noted before."""
        parser.add_argument("--verify", action="store_true")
        parser.add_argument("--head", action="store_true")
        parser.add_argument("--kept", type=Path, help="file con una riga per associazione, come la scrive --head")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say of each association whether its audit is whole. Exit with 1 where one is not."""
        kept = _read(options["kept"]) if options["kept"] else {}
        wrong = 0
        for association in Association.objects.order_by("slug"):
            if options["head"]:
                self.stdout.write(f"{association.slug} {audit.head(association.pk)}")
                continue
            found = audit.findings(association.pk, kept.get(association.slug))
            wrong += len(found)
            said = "; ".join(WORDS[f.what].format(f.number) for f in found) or f"intero, {audit.head(association.pk).number} righe"
            self.stdout.write(f"{association.slug}: {said}")
        if wrong:
            sys.exit(1)


def _read(file: Path) -> dict[str, audit.Head]:
    lines = (line.split() for line in file.read_text().splitlines() if line.strip())
    return {slug: audit.noted(said) for slug, said in lines}
