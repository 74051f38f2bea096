"""T5: where a person is, at what hours, who is there now; near home first, and open to whoever has not signed in."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.test import Client

from cortile.agencies import actions as agencies
from cortile.homes import actions as homes
from cortile.kit import clock
from cortile.kit.actor import Actor
from tests import cast
from tests.app.pages import as_daughter, said
from tests.sessions import Enter

HERE = "/casa/chi-aiuta/"


@pytest.fixture
def _corvetto(system: Actor) -> None:
    """Open a presidio in another quarter, on Thursdays, up some steps."""
    homes.add_place(
        cast.agency(), by=system, kind="presidio", name="Atrio Corvetto", step_free=False, address="Via Polesine 3",
        neighbourhood=cast.agency().neighbourhoods.get(name="Corvetto"), openings=[(3, time(9), time(12))],
    )  # fmt: skip


def test_what_is_open_now_says_until_when_and_who_is_there(enter: Enter) -> None:
    page = said(enter("adele").get(HERE))
    assert "Aperto adesso</span> fino alle" in page
    assert "<bdi>13:00</bdi>" in page
    assert "Oggi c'è <strong><bdi>Marta</bdi>" in page.replace("&#x27;", "'").replace("\n", "")
    assert "Via dei Tigli 10" in page


def test_out_of_hours_nothing_is_open_now(enter: Enter) -> None:
    with clock.frozen(datetime(2026, 3, 11, 20, tzinfo=UTC)):
        page = said(enter("adele").get(HERE))
    assert "Aperto adesso</span> fino alle" not in page
    assert "giovedì 12 marzo" in page


@pytest.mark.usefixtures("_corvetto")
def test_near_home_comes_first_then_the_other_quarters(enter: Enter) -> None:
    page = said(enter("adele").get(HERE))
    assert page.index("Vicino a casa tua") < page.index("Spazio C.A.S.A. San Siro") < page.index("Atrio Corvetto")
    assert "Ci sono scalini" in page


@pytest.mark.usefixtures("_corvetto")
def test_a_stranger_finds_every_quarter_by_name_and_nobodys_home(client: Client) -> None:
    page = said(client.get(HERE))
    assert page.index("<bdi>Corvetto</bdi>") < page.index("<bdi>San Siro</bdi>")
    assert "Vicino a casa tua" not in page


def test_it_says_who_answers_the_phone_now(client: Client, paola: Actor) -> None:
    agencies.set_phone_turn(cast.staff("silvia"), by=paola, weekday=2, opens=time(9), closes=time(12))
    assert "Adesso risponde" in said(client.get(HERE))
    with clock.frozen(datetime(2026, 3, 11, 15, tzinfo=UTC)):
        assert "Adesso risponde" not in said(client.get(HERE))


def test_another_body_is_not_here(enter: Enter) -> None:
    page = said(enter("teresa").get(HERE))
    assert "San Siro" not in page
    assert "Chiama: rispondiamo noi." in page


def test_who_helps_her_sees_what_is_near_her(client: Client) -> None:
    assert "Vicino a casa tua" in said(as_daughter(client, "faults").get(HERE))


def test_an_address_below_it_is_a_404(client: Client) -> None:
    assert client.get(f"{HERE}1/").status_code == 404
