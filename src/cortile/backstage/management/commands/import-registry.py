"""``cortile import-registry DIR``: take in a landlord's registry. Columns and codes in ``docs/import.md``."""  # noqa: N999 -- the command's own name

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cortile.accounts import registry
from cortile.agencies import reads as agencies
from cortile.backstage import progress
from cortile.backstage.command import Job
from cortile.kit.actor import system
from cortile.kit.refusals import Refused

SHOWN = 20


class Command(Job):
    """Imports a folder of CSV files in one transaction."""

    help = "Importa edifici, alloggi, persone, contratti e conti dai CSV di una cartella."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder and the body."""
        parser.add_argument("folder", metavar="CARTELLA", type=Path)
        parser.add_argument("--agency", default=settings.FRONT_AGENCY, metavar="CODICE", help="il codice dell'ente")
        parser.add_argument("--dry-run", action="store_true", help="mostra che cosa cambierebbe, senza scrivere")
        parser.add_argument("--accept-closures", action="store_true", help="conferma che un elenco è corto apposta")
        parser.add_argument("--rejects", type=Path, metavar="CARTELLA", help="dove scrivere gli scarti (di solito CARTELLA/scarti)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, say what happened, and leave the rejects where the office finds them."""
        body = agencies.agency(progress.known_body(options["agency"]))
        try:
            report = registry.run(
                body, options["folder"], by=system("import-registry", agency_id=body.pk), dry_run=options["dry_run"],
                accept_closures=options["accept_closures"], progress=progress.Bar(sys.stderr),
            )  # fmt: skip
        except Refused as refused:
            how = " (--accept-closures)" if refused.code == "too-many-closed" else ""
            message = f"{refused.sentence} {refused.what_to_do}{how}".strip()
            raise CommandError(message) from None
        self._tell(report, options["rejects"] or options["folder"] / "scarti")

    def _tell(self, report: registry.Report, folder: Path) -> None:
        self.stdout.write("Prova: non ho scritto niente. Ecco che cosa cambierebbe." if report.dry_run else "Importazione finita.")
        for line in report.lines:
            self.stdout.write(f"  {line}")
        if report.moved:
            self.stdout.write(f"  persone con un'altra casa: {report.moved}")
        if report.dry_run:
            self._differences(report)
        for file in report.files:
            if file.rejects:
                path = progress.keep_rejects(folder, file.sheet.layout.files[1], file)
                self.stdout.write(f"Scarti da correggere: {path} ({len(file.rejects)}). Poi: import-registry {folder}")

    def _differences(self, report: registry.Report) -> None:
        changes = [(f.what, c) for f in report.files for c in f.changes]
        for what, change in changes[:SHOWN]:
            self.stdout.write(f"  {what} {change.code}, {change.column}: «{change.before}» → «{change.after}»")
        if len(changes) > SHOWN:
            self.stdout.write(f"  … e altre {len(changes) - SHOWN} differenze")
