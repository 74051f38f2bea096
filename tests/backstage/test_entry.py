"""The way in: one click in the demo, two doors anywhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from cortile.agencies.models import Staff
from cortile.kit import scopes
from cortile.people.models import Person
from tests import cast
from tests.referrals import world

DEMO, ENTER = "backstage/demo.html", "/demo/enter"


@pytest.fixture
def _known(_alone: None, settings: Settings) -> None:
    """Make some of the cast the people of a demo."""
    settings.DEMO = True
    with scopes.opened(scopes.EVERYTHING):
        for name in ("adele", "samira"):
            Person.objects.filter(code=name).update(demo_persona=name)
        for name in ("marta", "lucia", "federica", "roberto"):
            Staff.objects.filter(email=f"{name}@example.invalid").update(demo_persona=name)


@pytest.mark.usefixtures("_known")
def test_a_tenant_is_one_click_away(client: Client) -> None:
    answer = client.post(ENTER, {"persona": "adele"})
    assert answer.headers["Location"] == "/casa/"
    assert "<bdi>Adele</bdi>" in client.get("/casa/").content.decode()


@pytest.mark.usefixtures("_known")
def test_an_operator_is_one_click_away(client: Client) -> None:
    answer = client.post(ENTER, {"persona": "marta"})
    assert answer.headers["Location"] == "/scrivania/"
    assert client.get("/scrivania/").status_code == 200


@pytest.mark.usefixtures("_known")
def test_becoming_somebody_else_leaves_the_first(client: Client) -> None:
    client.post(ENTER, {"persona": "marta"})
    client.post(ENTER, {"persona": "samira"})
    assert "<bdi>Samira</bdi>" in client.get("/casa/").content.decode()


@pytest.mark.usefixtures("_known")
def test_only_who_has_a_first_screen_is_listed(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'value="adele"' in page
    assert 'value="marta"' in page
    assert 'value="lucia"' in page
    assert 'value="federica"' in page
    assert 'value="piero"' not in page


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize("persona", ["piero", "gianni", "nessuno", ""])
def test_nobody_else_can_be_entered(client: Client, persona: str) -> None:
    assert client.post(ENTER, {"persona": persona}).status_code == 404


@pytest.mark.usefixtures("_known")
def test_a_service_comes_in_by_the_link_of_what_waits_for_it(client: Client) -> None:
    world.send(cast.open_request("adele", chip="school", title="Compiti"), world.service())
    assert 'value="piero"' in client.get("/").content.decode()
    assert client.post(ENTER, {"persona": "piero"}).headers["Location"] == "/servizio/richiesta/"
    assert "Adele Brambilla" in client.get("/servizio/richiesta/").content.decode()


@pytest.mark.usefixtures("_known")
def test_outside_the_demo_nobody_is_entered(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.post(ENTER, {"persona": "marta"}).status_code == 404
    assert "persona" not in client.get("/").content.decode()


def test_outside_the_demo_there_are_two_doors(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    page = client.get("/").content.decode()
    assert 'href="/casa/"' in page
    assert 'href="/scrivania/"' in page


def test_entering_is_never_a_link(client: Client) -> None:
    assert client.get(ENTER).status_code == 405


def test_the_gallery_stays_in_the_demo(client: Client, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/galleria/").status_code == 404
    settings.DEMO = True
    assert client.get("/galleria/").status_code == 200


@pytest.mark.parametrize("address", ["/accessibilita/", "/privacy/"])
def test_what_the_law_asks_says_it_is_to_be_confirmed(client: Client, address: str) -> None:
    assert "Da confermare" in client.get(address).content.decode()
