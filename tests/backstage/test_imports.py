"""The two import commands: a summary in Italian, one clear sentence when nothing could be done."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cortile.backstage import past_list
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.listening.models import PastRequest
from cortile.people.models import Person
from tests.accounts.delivery import PERSONE, WHOLE

REPORTS = (
    "Id;Stato;Anno;Creato;Chiusa;DescrizioneBreve;Categoria\n"
    "1;chiusa;2023;2023-05-08;2023-05-25;Sportello;Luci scale\n"
    "2;aperta;2023;2023-05-10;;Sportello;\n"
    "3;in carico;2023;2023-05-10;;App;Portone\n"
    "4;annullata;2024;2024-01-10;;App;Portone\n"
    "5;archiviata;2024;2024-01-10;2024-01-12;App;Altro\n"
    "6;eliminata;2024;2024-01-10;;App;Altro\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in WHOLE.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "segnalazioni.csv"
    path.write_text(REPORTS)
    return path


def say(command: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_registry_is_imported_and_summed_up(folder: Path) -> None:
    said = say("import-registry", folder, "--agency", "aler-milano")
    assert "Importazione finita." in said
    assert "persone: 3 nuovi, 0 cambiati, 0 chiusi, 0 uguali, 0 scartati" in said


def test_a_dry_run_says_so_and_writes_nothing(folder: Path) -> None:
    assert say("import-registry", folder, "--dry-run").startswith("Prova: non ho scritto niente.")
    assert not Person.objects.filter(code="P1").exists()


def test_a_dry_run_shows_the_differences(folder: Path) -> None:
    say("import-registry", folder)
    (folder / "persone.csv").write_text(PERSONE.replace("Haddad", "Mansour"))
    assert "persone P3, cognome: «Haddad» → «Mansour»" in say("import-registry", folder, "--dry-run")


def test_rejects_are_written_where_the_office_finds_them_and_fed_back(folder: Path) -> None:
    (folder / "persone.csv").write_text(PERSONE.replace("02/11/1981", "02/11/1890"))
    assert "Scarti da correggere:" in say("import-registry", folder)
    kept = folder / "scarti" / "persone.csv"
    kept.write_text(kept.read_text(encoding="utf-8-sig").replace("1890", "1981"))
    assert "persone: 1 nuovi, 0 cambiati, 0 chiusi, 0 uguali, 0 scartati" in say("import-registry", folder / "scarti")


def test_the_bar_reaches_the_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say("import-registry", folder)
    assert "persone: 3 righe" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Il file persone.csv è vuoto. Esporta di nuovo l'elenco e riprova."),
        (b"PK\x03\x04", "Il file persone.csv è un file Excel, non un CSV. Salvalo come CSV e riprova."),
        (b"codice;nome\n", "Nel file persone.csv mancano le colonne: cognome. La prima riga deve avere: codice, cognome, nome."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_clear_sentence(folder: Path, content: bytes, sentence: str) -> None:
    (folder / "persone.csv").write_bytes(content)
    with pytest.raises(CommandError) as failed:
        say("import-registry", folder)
    assert str(failed.value) == sentence


def test_an_unknown_body_is_refused_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(CommandError, match=r"L'ente «boh» non c'è\. Gli enti sono: .*aler-milano"):
        say("import-registry", folder, "--agency", "boh")


def test_past_requests_come_in_whole(reports: Path) -> None:
    assert say("import-requests", reports) == "Segnalazioni: 6 nuove, 0 già presenti, 0 scartate.\n"


def test_past_requests_come_in_once(reports: Path) -> None:
    say("import-requests", reports)
    assert say("import-requests", reports) == "Segnalazioni: 0 nuove, 6 già presenti, 0 scartate.\n"


@pytest.mark.parametrize(
    ("code", "state"),
    [("1", "closed"), ("2", "open"), ("3", "in_progress"), ("4", "withdrawn"), ("5", "closed"), ("6", "withdrawn")],
)
def test_each_of_the_six_states_is_mapped(reports: Path, code: str, state: str) -> None:
    say("import-requests", reports)
    assert PastRequest.objects.get(source="Segnalazioni", code=code).state == state


def test_an_empty_category_is_other(reports: Path) -> None:
    say("import-requests", reports)
    past = PastRequest.objects.get(code="2")
    assert (past.category, past.original_state, past.opened_on) == ("other", "aperta", date(2023, 5, 10))


@pytest.mark.parametrize(
    ("good", "bad", "column"),
    [
        ("2023-05-25", "2023-05-01", "chiusa"),
        ("1;chiusa", "1;persa", "stato"),
        ("2023-05-08", "maggio", "creato"),
        ("1;chiusa", "2;chiusa", "id"),
        ("1;chiusa", ";chiusa", "id"),
        (";Luci scale", "", ""),
    ],
)  # fmt: skip
def test_a_bad_past_request_is_rejected_alone(reports: Path, good: str, bad: str, column: str) -> None:
    reports.write_text(REPORTS.replace(good, bad, 1))
    assert say("import-requests", reports).startswith("Segnalazioni: 5 nuove, 0 già presenti, 1 scartate.")
    kept = (reports.parent / "scarti" / "segnalazioni.csv").read_text(encoding="utf-8-sig")
    assert f";{column};" in kept


def test_a_list_of_something_else_is_refused(reports: Path) -> None:
    reports.write_text(PERSONE)
    with pytest.raises(CommandError, match=r"mancano le colonne: stato, creato, chiusa, categoria\."):
        say("import-requests", reports)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"non c'è\."):
        say("import-requests", tmp_path / "niente.csv")


def test_a_community_manager_takes_no_history_in(marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        past_list.take_in("aler-milano", "segnalazioni.csv", REPORTS.encode(), source="Segnalazioni", by=marta)
    assert refused.value.code == "not-allowed"
