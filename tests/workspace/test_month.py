"""The page of the month: whose, which, where each number comes from, and the same cells as a file."""

from __future__ import annotations

import pytest
from django.test import override_settings

from cortile.kit.actor import Actor
from cortile.listening import actions
from tests import cast
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
