"""Her outcome: what, why, how the sum was made, what to do and until when; and a new look, asked with her own words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, Step
from cortile.kit import clock
from cortile.kit.sessions import SessionStore
from cortile.people.access import session_of
from tests import cast
from tests.benefits import files


@pytest.fixture
def at_home(client: Client) -> Client:
    """Return Adele on her own phone, come in with SPID."""
    session = SessionStore()
    session["tenant"] = session_of(cast.identified("adele"))
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def page(row: Application) -> str:
    """Return the address of an outcome."""
    return f"/casa/esito/{row.number}/"


def said(client: Client, row: Application) -> str:
    """Return the page as she reads it."""
    return client.get(page(row)).content.decode()


def test_a_yes_says_how_much_and_the_checks_it_came_from(at_home: Client) -> None:
    row = files.arrived()
    files.decided(row)
    wanted = ("La tua domanda è accolta", "412,50", "825 euro", "non supera 15.000", "va bene", "Il conto non ti torna?", "L.R.")
    assert [part for part in wanted if part not in said(at_home, row)] == []


def test_a_no_says_by_how_much_and_the_way_on(at_home: Client) -> None:
    row = files.arrived(**files.RICH)
    files.told_no(row)
    wanted = ("Ti diciamo di no, e perché", "420 euro", "ISEE corrente", "Differenza:")
    assert [part for part in wanted if part not in said(at_home, row)] == []


def test_before_an_answer_there_is_no_page(at_home: Client) -> None:
    assert at_home.get(page(files.arrived())).status_code == 404


def test_a_notice_is_answered_from_the_page(at_home: Client) -> None:
    row = files.arrived(**files.RICH)
    acts.send_notice(row.pk, by=files.federica())
    assert "Vuoi rispondere?" in said(at_home, row)
    at_home.post(page(row), {"story": "Ho perso il lavoro."})
    assert Step.objects.get(kind="observations").text == "Ho perso il lavoro."


def test_a_new_look_is_asked_with_her_words(at_home: Client) -> None:
    row = files.arrived()
    files.decided(row)
    at_home.post(page(row), {"story": "La bolletta era più alta."})
    assert Step.objects.get(kind="review_asked").text == "La bolletta era più alta."
    assert "Hai chiesto di guardare di nuovo" in said(at_home, row)


def test_without_words_the_page_says_so(at_home: Client) -> None:
    row = files.arrived()
    files.decided(row)
    assert at_home.post(page(row), {"story": ""}).status_code == 422


def test_after_its_days_a_new_look_is_no_longer_offered(at_home: Client) -> None:
    row = files.arrived()
    files.decided(row)
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert "Chiedi di guardare di nuovo" not in said(at_home, row)


def test_a_neighbour_s_outcome_is_not_there(at_home: Client) -> None:
    row = files.arrived(who="gianni")
    files.decided(row)
    assert at_home.get(page(row)).status_code == 404
