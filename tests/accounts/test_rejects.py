"""A bad row is rejected alone, with where, why and a cure, in a file to correct and feed back."""

from __future__ import annotations

import pytest
from django.test import override_settings

from cortile.accounts import registry
from cortile.accounts.models import RegistryImport
from cortile.people.models import Person, Tenancy
from tests.accounts.delivery import ALLOGGI, CONTI, CONTRATTI, PERSONE, WHOLE, deliver, of, send

INVENTED = "RSSPNI48C54Z999L"
BAD = {
    "persone.csv": [
        ("14/03/1948", "14/03/1890", "data_nascita"),
        ("14/03/1948", "14/03/2090", "data_nascita"),
        ("14/03/1948", "31/02/1948", "data_nascita"),
        ("14/03/1948;;", "14/03/1948;RSSPNI48C54F205X;", "codice_fiscale"),
        ("ROSSI;PINA", "ROSSI;", "nome"),
        ("P1;", ";", "codice"),
        ("P1;", "P2;", "codice"),
        ("intestataria;;", "intestataria;italiano;", "lingua"),
        ("333 5550 201", "casa", "cellulare"),
        ("333 5550 201", "333 5550 201;extra", ""),
    ],
    "edifici.csv": [("San Siro", "", "quartiere"), ("sì", "forse", "ascensore")],
    "alloggi.csv": [("A1;B1", "A1;B9", "edificio"), ("54,30", "grande", "superficie"), ("A1;B1", "A1;", "edificio")],
    "contratti.csv": [
        ("C1;A1", "C1;A9", "alloggio"), ("A1;P1", "A1;P9", "intestatario"), ("01/09/1990", "", "inizio"),
        ("01/09/1990;", "01/09/1990;01/09/1980", "fine"),
    ],
    "conti.csv": [("K1;C1", "K1;C9", "contratto"), ("1.234,50", "molto", "saldo"), ("98,20;01/03/2026", "98,20;", "data")],
}  # fmt: skip
CASES = [(name, *case) for name, cases in BAD.items() for case in cases]


@pytest.mark.parametrize(("name", "good", "bad", "column"), CASES)
def test_a_bad_cell_rejects_its_row_alone(name: str, good: str, bad: str, column: str) -> None:
    report = deliver({name: WHOLE[name].replace(good, bad, 1)})
    file = next(f for f in report.files if f.name == name)
    assert [r.column for r in file.rejects] == [column]
    assert all((r.reason, r.cure) > ("", "") for r in file.rejects)
    assert file.added == file.rows - 1


def test_what_leans_on_a_rejected_row_is_rejected_too() -> None:
    report = deliver({"persone.csv": PERSONE.replace("ROSSI;PINA;14/03/1948", "ROSSI;PINA;14/03/1890")})
    assert [f.what for f in report.files if f.rejects] == ["persone", "contratti", "conti"]
    assert of(report, "contratti").rejects[0].reason == "Il codice «P1» non c'è in persone.csv."


def test_the_rejects_have_the_same_columns_and_the_reasons() -> None:
    report = deliver({"persone.csv": PERSONE.replace("14/03/1948", "14/03/1890")})
    header, row, *_ = report.rejects["persone.csv"].splitlines()
    assert header == PERSONE.splitlines()[0] + ";riga;colonna;motivo;rimedio"
    assert row == (
        "P1;ROSSI;PINA;14/03/1890;;N1;intestataria;;333 5550 201;2;data_nascita;"
        "Nessuno può essere nato il 14/03/1890.;Scrivi una data dal 1900 a oggi, o lascia vuoto."
    )


def test_corrected_rejects_are_fed_back_and_close_nothing() -> None:
    bad = deliver({"persone.csv": PERSONE.replace("14/03/1948", "14/03/1890")})
    corrected = {name: text.replace("1890", "1948") for name, text in bad.rejects.items()}
    report = send(corrected)
    assert [(f.what, f.added, f.closed) for f in report.files] == [("persone", 1, 0), ("contratti", 1, 0), ("conti", 1, 0)]


def test_after_the_correction_the_right_list_changes_nothing() -> None:
    bad = deliver({"persone.csv": PERSONE.replace("14/03/1948", "14/03/1890")})
    send({name: text.replace("1890", "1948") for name, text in bad.rejects.items()})
    assert deliver().touched == 0


def test_rejects_fed_back_uncorrected_come_back_the_same() -> None:
    bad = deliver({"persone.csv": PERSONE.replace("14/03/1948", "14/03/1890")})
    again = send(bad.rejects)
    assert again.rejected == bad.rejected
    assert again.rejects["persone.csv"].count("motivo") == 1


def test_a_known_row_that_turns_bad_is_not_closed() -> None:
    deliver()
    report = deliver({"persone.csv": PERSONE.replace("14/03/1948", "14/03/1890")})
    assert of(report, "persone").closed == 0
    assert Person.objects.get(code="P1").closed_on is None


def test_a_row_that_hides_its_code_stops_the_closing() -> None:
    deliver()
    report = deliver({"persone.csv": PERSONE.replace("P1;", ";")})
    assert (of(report, "persone").closed, report.rejected) == (0, 1)


def test_a_code_twice_keeps_the_first_and_says_where() -> None:
    report = deliver({"persone.csv": PERSONE + "P1;Altra;Ada;;;;;;\n"})
    assert of(report, "persone").rejects[0].reason == "Il codice «P1» c'è già alla riga 2."
    assert Person.objects.get(code="P1").family_name == "Rossi"


@override_settings(DEMO=False)
def test_an_invented_fiscal_code_is_refused_outside_the_demo() -> None:
    report = deliver({"persone.csv": PERSONE.replace("1948;;", f"1948;{INVENTED};")})
    assert of(report, "persone").rejects[0].reason == "Il codice fiscale è inventato."


@override_settings(DEMO=True)
def test_an_invented_fiscal_code_is_good_in_the_demo() -> None:
    report = deliver({"persone.csv": PERSONE.replace("1948;;", f"1948;{INVENTED};")})
    assert report.rejected == 0


def test_the_run_keeps_its_rejects_until_the_next() -> None:
    deliver({"conti.csv": CONTI.replace("1.234,50", "molto")})
    assert list(RegistryImport.objects.latest("pk").rejects) == ["conti.csv"]
    deliver()
    assert not RegistryImport.objects.exclude(rejects={}).exists()


def test_english_headers_are_taken_too() -> None:
    english = "code;building;stair;floor;number;square_metres\n" + ALLOGGI.split("\n", 1)[1]
    assert deliver({"alloggi.csv": english}).touched == 10


def test_a_contract_without_an_end_column_is_open() -> None:
    short = "\n".join(line.rpartition(";")[0] for line in CONTRATTI.splitlines())
    deliver({"contratti.csv": short})
    assert Tenancy.objects.get(code="C1").end is None


def test_the_summary_is_in_italian() -> None:
    report: registry.Report = deliver()
    assert report.lines[2] == "persone: 3 nuovi, 0 cambiati, 0 chiusi, 0 uguali, 0 scartati"


def test_no_reject_runs_as_a_formula_and_none_is_changed_by_it() -> None:
    wrong = PERSONE.replace("ROSSI;PINA;14/03/1948", "=ROSSI+1;-PINA;14/03/1890").replace("333 5550 201", "+39 333 5550 201", 1)
    rejects = deliver({"persone.csv": wrong}).rejects["persone.csv"]
    assert "P1;'=ROSSI+1;'-PINA;14/03/1890;;N1;intestataria;;+39 333 5550 201;" in rejects
    deliver({"persone.csv": rejects.replace("14/03/1890;;", "14/03/1948;;")})
    assert Person.objects.get(code="P1").family_name.upper() == "=ROSSI+1"
