"""A landlord's delivery in a test: a few lines per file, changed by a word."""

from __future__ import annotations

from cortile.accounts import registry
from cortile.agencies.models import Agency
from cortile.kit.actor import Actor
from tests import cast

EDIFICI = "codice;quartiere;comune;via;civico;ascensore\nB1;San Siro;Milano;Via delle Rondini;7;sì\n"
ALLOGGI = "codice;edificio;scala;piano;interno;superficie\nA1;B1;A;1;3;54,30\nA2;B1;B;2;8;\n"
PERSONE = (
    "codice;cognome;nome;data_nascita;codice_fiscale;nucleo;parentela;lingua;cellulare\n"
    "P1;ROSSI;PINA;14/03/1948;;N1;intestataria;;333 5550 201\n"
    "P2;Rossi;Ugo;1950-02-01;;N1;coniuge;;\n"
    "P3;Haddad;Amal;02/11/1981;;N2;;ar;333 5550 202\n"
)
CONTRATTI = "codice;alloggio;intestatario;nucleo;inizio;fine\nC1;A1;P1;N1;01/09/1990;\nC2;A2;P3;;01/05/2019;\n"
CONTI = "codice;contratto;saldo;canone;data\nK1;C1;1.234,50;98,20;01/03/2026\nK2;C2;-20;640.5;01/03/2026\n"
WHOLE = {"edifici.csv": EDIFICI, "alloggi.csv": ALLOGGI, "persone.csv": PERSONE, "contratti.csv": CONTRATTI, "conti.csv": CONTI}


def deliver(changed: dict[str, str] | None = None, *, by: Actor = cast.SYSTEM, dry_run: bool = False) -> registry.Report:
    """Import the whole delivery into Milano, some files written differently."""
    return send(WHOLE | (changed or {}), by=by, dry_run=dry_run)


def send(
    files: dict[str, str], *, by: Actor = cast.SYSTEM, agency: Agency | None = None, dry_run: bool = False,
    accept_closures: bool = False,
) -> registry.Report:  # fmt: skip
    """Import only these files."""
    content = [(name, text.encode()) for name, text in files.items()]
    return registry.run(agency or cast.agency(), content, by=by, dry_run=dry_run, accept_closures=accept_closures)


def of(report: registry.Report, what: str) -> registry.FileReport:
    """Return the report of one file: ``of(report, "persone")``."""
    return next(f for f in report.files if f.what == what)
