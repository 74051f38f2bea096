"""The page of the month: whose, which, where each number comes from, and the same cells as a file."""

from __future__ import annotations

import pytest
from django.test import override_settings

from cortile.agencies.models import Agency
from cortile.kit.actor import Actor
from cortile.listening import actions
from tests import cast
from tests.agencies import handed
from tests.sessions import Enter

PAGE = "/scrivania/mese/"


@pytest.fixture
def busy(marta: Actor) -> None:
    """Let Marta listen to six people in March."""
    for key in ("adele", "gianni", "samira") * 2:
        actions.record_contact(by=marta, chip="listening", done_what="listened", persons=[cast.person(key)])


@pytest.mark.usefixtures("busy")
def test_the_month_counts_what_was_done(enter: Enter) -> None:
    shown = enter("marta").get(f"{PAGE}?mese=2026-03").content.decode()
    assert "Marzo 2026" in shown
    assert "<strong>6</strong>" in shown


def test_without_a_month_the_last_whole_one_is_shown(enter: Enter) -> None:
    assert "Febbraio 2026" in enter("marta").get(PAGE).content.decode()


def test_each_number_says_where_it_comes_from(enter: Enter) -> None:
    shown = enter("paola").get(PAGE).content.decode()
    assert "Da dove viene questo numero" in shown
    assert "Conta la prima data" in shown


@pytest.mark.usefixtures("busy")
def test_the_file_says_what_the_page_says(enter: Enter) -> None:
    answer = enter("marta").get(f"{PAGE}mese.csv?mese=2026-03")
    assert answer["Content-Type"].startswith("text/csv")
    assert ";6;6;" in answer.content.decode()


@override_settings(FRONT_AGENCY="aler-lodi")
def test_the_region_first_sees_the_front_body(enter: Enter) -> None:
    assert enter("roberto").get(PAGE).context["body"].code == "aler-lodi"


def test_the_region_chooses_the_body(enter: Enter) -> None:
    assert "ALER Pavia-Lodi" in enter("roberto").get(f"{PAGE}?ente=aler-lodi").content.decode()


def test_a_body_reads_its_own_month_whatever_it_asks(enter: Enter) -> None:
    shown = enter("marta").get(f"{PAGE}?ente=aler-lodi").content.decode()
    assert "ALER Milano" in shown
    assert "ALER Pavia-Lodi" not in shown


@pytest.mark.parametrize("query", ["mese=2027-01", "mese=2026-13", "mese=1890-01", "ente=nessuno"])
def test_a_month_that_is_not_there(enter: Enter, query: str) -> None:
    assert enter("roberto").get(f"{PAGE}?{query}").status_code == 404


@pytest.mark.parametrize("who", ["salvatore", "silvia", "ornella", "lucia", "federica"])
def test_nobody_else_reads_it(enter: Enter, who: str) -> None:
    assert enter(who).get(PAGE).status_code == 404
    assert enter(who).get(f"{PAGE}mese.csv").status_code == 404


# --- what associations of their own handed over ---

SECTION = "Numeri consegnati dalle associazioni"


def test_where_nothing_was_handed_over_nothing_is_said(enter: Enter) -> None:
    assert SECTION not in enter("marta").get(f"{PAGE}?mese=2025-12").content.decode()


def test_the_last_three_months_handed_over_stand_on_the_page(enter: Enter, milano: Agency) -> None:
    handed.over(milano, people=41, job=None, support="hidden")
    shown = enter("marta").get(PAGE).content.decode().partition(SECTION)[2]
    said = [f"<dt>{line}</dt><dd>{value}</dd>" for line, value in (("Persone incontrate", 41), ("Primi colloqui", 0))]
    said += [
        "<dt>Persone con passi di lavoro</dt><dd>meno di 5</dd>",
        "<dt>Persone con passi di sostegno</dt><dd>non mostrato</dd>",
    ]
    assert [line for line in [*said, "4º trimestre 2025"] if line not in shown] == []


def test_a_month_before_them_does_not_show_them(enter: Enter, milano: Agency) -> None:
    handed.over(milano)
    assert SECTION not in enter("marta").get(f"{PAGE}?mese=2025-09").content.decode()


def test_the_file_says_them_too(enter: Enter, milano: Agency) -> None:
    handed.over(milano, people=41, job=None)
    file = enter("marta").get(f"{PAGE}mese.csv?mese=2026-02").content.decode()
    assert "Spazio Aperto, 4º trimestre 2025;Persone incontrate;41" in file
    assert "Spazio Aperto, 4º trimestre 2025;Persone con passi di lavoro;meno di 5" in file


def test_the_region_reads_them_and_another_body_does_not(enter: Enter, milano: Agency) -> None:
    handed.over(milano)
    assert SECTION in enter("roberto").get(f"{PAGE}?ente=aler-milano").content.decode()
    assert SECTION not in enter("luca").get(PAGE).content.decode()
