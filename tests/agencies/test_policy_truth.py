"""The table in words: each line as ``truth.txt`` has it by hand, the grid as product §3.5 draws it."""

from __future__ import annotations

import csv
import dataclasses
import io
from datetime import date
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command

from cortile.agencies import policy, truth, words
from cortile.backstage import policy_sheet

GOLDEN = Path(__file__).parent / "truth.txt"
DAY = date(2026, 3, 11)
# Product §3.5 as it is drawn there, without its notes. What a cell of ours says more is argued in the decision record 0013.
DRAWN = """
                               custodian community_manager desk nurse partner network_manager programme anti_violence region admin
Nome, scala, telefono, lingua  ◐         ●                 ◐    ◐     ◐       ◐               ●         ○             ○      ○
Guasti degli stabili           ●         ●                 ●    ○     ○       Σ               ○         ○             Σ      ○
Richieste e note               ○         ●                 ◐    ○     ◐       ◐               ◐         ○             Σ      ○
Prestazioni sanitarie fatte    ○         ◐                 ○    ●     ○       ○               ○         ○             Σ      ○
Affitto e morosità             ○         ◐                 ○    ○     ○       ○               ◐         ○             Σ      ○
Pratica di contributo          ○         ◐                 ○    ○     ○       ○               ●         ○             ◐      ○
Corsia protetta                ○         ○                 ○    ○     ○       ○               ○         ○             ○      ○
"""


def _drawn() -> list[tuple[str, str, str]]:
    heading, *rows = [line for line in DRAWN.splitlines() if line.strip()]
    return [(row[:31].strip(), who, cell) for row in rows for who, cell in zip(heading.split(), row[31:].split(), strict=True)]


@pytest.mark.pure
def test_every_line_is_as_it_was_written_by_hand() -> None:
    assert truth.text() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.pure
@pytest.mark.parametrize(("matter", "who", "cell"), _drawn())
def test_the_grid_is_the_one_of_the_product(matter: str, who: str, cell: str) -> None:
    ours = truth.cell(who, dict(truth.MATTERS)[matter])
    counts_to_confirm = (matter, who, ours) == ("Richieste e note", "admin", "Σ?")
    assert ours.strip("°") == cell or counts_to_confirm


@pytest.mark.pure
def test_every_holder_has_a_column() -> None:
    assert set(truth.COLUMNS) == set(policy.HOLDERS)
    assert {holder for r in policy.TABLE for holder in r.holders} <= set(policy.HOLDERS)


@pytest.mark.pure
def test_every_name_has_words() -> None:
    said = {
        "thing": words.WHAT, "relation": words.RELATIONS, "action": words.ACTIONS, "lane": words.LANES, "purpose": words.PURPOSES,
    }  # fmt: skip
    assert not [(name, r) for r in policy.TABLE for name, known in said.items() if getattr(r, name) not in known]
    assert not [r for r in policy.TABLE if not r.fields <= set(words.FIELDS)]
    assert set(policy.CAPABILITIES) == set(words.CAPABILITIES)
    assert {r.thing for r in policy.TABLE} == {thing for _, things in truth.MATTERS for thing in things}


@pytest.mark.pure
def test_who_reads_the_month_is_who_counts() -> None:
    counting = {who for r in policy.TABLE if r.action == "count" and r.thing == "thread" for who in r.holders}
    assert policy.CAPABILITIES["month page"] == counting


@pytest.mark.pure
def test_another_line_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = truth.version()
    changed = dataclasses.replace(policy.TABLE[0], lane="health")
    monkeypatch.setattr(policy, "TABLE", (changed, *policy.TABLE[1:]))
    assert truth.version() != before


@pytest.mark.pure
def test_the_sheet_opens_in_columns() -> None:
    said = policy_sheet.as_csv(DAY).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(said), delimiter=";"))
    assert rows[0][1].startswith("Stampata il 11/3/2026 · versione ")
    assert len(rows[1]) == len(rows[2]) == 9


@pytest.mark.pure
def test_the_paper_says_every_role() -> None:
    paper = pypdf.PdfReader(io.BytesIO(policy_sheet.as_pdf(DAY)))
    said = " ".join(page.extract_text() for page in paper.pages)
    assert not [who for who in words.WHO.values() if who not in " ".join(said.split())]


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    call_command("policy", "--output", str(tmp_path / "tabella.txt"))
    assert "Corsia protetta" in (tmp_path / "tabella.txt").read_text(encoding="utf-8")


def test_a_pdf_is_not_thrown_at_a_terminal() -> None:
    with pytest.raises(CommandError, match="--output"):
        call_command("policy", "--format", "pdf")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Non riesco a scrivere"):
        call_command("policy", "--output", str(tmp_path / "manca" / "tabella.txt"))
