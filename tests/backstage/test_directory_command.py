"""``cortile directory``: cards in from a file, and out to one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cortile.directory.models import Service
from tests.directory import cards

SHEET = "Elenco dei servizi\n\nNome;Telefono\nDoposcuola;02 5550 200\n;02 5550 201\nEmporio;chiedere a Lina\n"


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("directory", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "servizi.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def test_a_trial_says_what_would_happen_and_writes_no_card(sheet: Path) -> None:
    said = told("import", str(sheet), "--dry-run")
    assert "nuove schede: 2" in said
    assert not Service.objects.exists()


def test_what_does_not_come_in_comes_back_with_its_reason(sheet: Path) -> None:
    told("import", str(sheet))
    assert sorted(Service.objects.values_list("name", "state")) == [("Doposcuola", "draft"), ("Emporio", "draft")]
    back = (sheet.parent / "servizi-scarti.csv").read_text(encoding="utf-8-sig")
    assert "5;name: Manca il nome del servizio." in back
    assert "chiedere a Lina" in (sheet.parent / "servizi-da-guardare.csv").read_text(encoding="utf-8-sig")


def test_what_goes_out_comes_in_elsewhere(tmp_path: Path) -> None:
    row = cards.whole()
    told("export", str(tmp_path))
    assert json.loads((tmp_path / "servizi.json").read_text(encoding="utf-8"))[0]["id"] == str(row.uuid)
    assert "schede corrette: 1" in told("import", str(tmp_path / "tabelle"))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Non riesco ad aprire"):
        told("import", str(tmp_path / "niente.csv"))


def test_a_broken_workbook_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(CommandError, match="Salvalo come Excel"):
        told("import", str(tmp_path / "a.xlsx"))
