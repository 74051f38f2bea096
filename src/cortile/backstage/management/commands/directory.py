"""``cortile directory import FILE | export FOLDER``: cards in and out. Columns and reasons in ``docs/hsds.md``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cortile.agencies import reads as agencies
from cortile.backstage import progress
from cortile.backstage.command import Job
from cortile.directory import actions, files
from cortile.kit.actor import system
from cortile.kit.refusals import Refused


class Command(Job):
    """Takes in and writes out the directory of services."""

    help = "Porta dentro schede di servizi (HSDS JSON, tabelle HSDS, CSV) o le scrive fuori (JSON e tabelle HSDS)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which way, which file, for whom."""
        ways = parser.add_subparsers(dest="way", required=True)
        brings = ways.add_parser("import", help="porta dentro un file, o una cartella di tabelle HSDS")
        brings.add_argument("file", metavar="FILE", type=Path)
        brings.add_argument("--agency", default=settings.FRONT_AGENCY, metavar="CODICE", help="l'ente che tiene le schede")
        brings.add_argument("--dry-run", action="store_true", help="mostra che cosa succederebbe, senza scrivere")
        brings.add_argument("--publish", action="store_true", help="pubblica subito le schede nuove, senza bozze")
        brings.add_argument("--column", action="append", default=[], metavar="NOME=CAMPO", help="per esempio: «Cosa si fa=name»")
        brings.add_argument("--rejects", type=Path, metavar="CARTELLA", help="dove scrivere le righe tornate indietro")
        writes = ways.add_parser("export", help="scrive servizi.json e una cartella di tabelle HSDS")
        writes.add_argument("folder", metavar="CARTELLA", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import or export."""
        if options["way"] == "export":
            self._export(options["folder"])
        else:
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        body, path = agencies.agency(progress.known_body(options["agency"])), options["file"]
        by = system("directory", agency_id=body.pk)
        try:
            rows = _rows(path, dict(pair.rsplit("=", 1) for pair in options["column"] if "=" in pair))
            if not options["dry_run"]:
                actions.load_terms(by=by)
            report = actions.take_in(body, rows, by=by, dry_run=options["dry_run"], publish=options["publish"])
        except Refused as refused:
            raise CommandError(f"{refused.sentence} {refused.what_to_do}".strip()) from None
        except OSError as wrong:
            message = f"Non riesco ad aprire {path}: {wrong.strerror}."
            raise CommandError(message) from None
        self.stdout.write("Prova: non ho scritto niente. Ecco che cosa succederebbe." if report.dry_run else "Importazione finita.")
        for line in report.lines:
            self.stdout.write(f"  {line}")
        folder = options["rejects"] or path.parent
        self._keep(folder / f"{path.stem}-scarti.csv", report.rejects(), "Righe tornate indietro, con il motivo")
        self._keep(folder / f"{path.stem}-da-guardare.csv", report.doubts(), "Righe entrate con qualcosa da guardare")

    def _keep(self, path: Path, text: str, what: str) -> None:
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8-sig", newline="")
            self.stdout.write(f"{what}: {path}")

    def _export(self, folder: Path) -> None:
        tables = folder / "tabelle"
        tables.mkdir(parents=True, exist_ok=True)
        (folder / "servizi.json").write_text(files.as_json(), encoding="utf-8")
        for name, raw in files.as_tables().items():
            (tables / f"{name}.csv").write_bytes(raw)
        self.stdout.write(f"Scritte: {folder / 'servizi.json'} e {tables}")


def _rows(path: Path, columns: dict[str, str]) -> list[Any]:
    if path.is_dir():
        return files.rows_of_tables({file.stem: file.read_bytes() for file in sorted(path.glob("*.csv"))})
    return files.rows_of(path.name, path.read_bytes(), columns)
