"""Who opens what in the lane, written by hand: anybody, who is at work, who leads. An address that is not here is a fault."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path
from pytest_django import Settings

from cortile.haven import start
from cortile.haven.policies import SIGN_IN
from cortile.kit import doors
from tests_haven.browser import session_of

ANYBODY = {
    "/", "/orari/", "/orari/disdici/", "/orari/N/", "/attivita/", "/foglio/", "/limiti/", "/esci/", "/demo/enter",
    "/lavoro/entra/", "/lavoro/chiudi/",
}  # fmt: skip
WHO_LEADS = {
    "/lavoro/numeri/", "/lavoro/numeri/chiave.pem", "/lavoro/numeri/N/", "/lavoro/numeri/N/numeri.json",
    "/lavoro/associazione/nuova/", "/lavoro/associazione/chiavi/", "/lavoro/associazione/carte/", "/lavoro/associazione/registro/",
    "/lavoro/associazione/N/", "/lavoro/associazione/N/frase/", "/lavoro/associazione/N/esce/",
}  # fmt: skip
WHO_WORKS = {
    "/lavoro/", "/lavoro/nuova/", "/lavoro/agenda/", "/lavoro/gruppi/", "/lavoro/posti/", "/lavoro/N/", "/lavoro/N/contatto/",
    "/lavoro/N/passi/", "/lavoro/N/passi/N/", "/lavoro/N/note/", "/lavoro/N/appuntamenti/", "/lavoro/N/appuntamenti/N/annulla/",
    "/lavoro/N/carte/", "/lavoro/N/carte/N/", "/lavoro/N/via/N/", "/lavoro/N/copia/", "/lavoro/N/distruggi/", "/lavoro/porte/",
    "/lavoro/porte/nuova/", "/lavoro/porte/N/", "/lavoro/porte/N/orari/", "/lavoro/attivita/", "/lavoro/attivita/nuova/",
    "/lavoro/attivita/N/", "/lavoro/limiti/", "/lavoro/frase/", "/lavoro/associazione/", "/lavoro/associazione/biglietto/",
    "/lavoro/pacchi/", "/lavoro/pacchi/carica/", "/lavoro/pacchi/apri/", "/lavoro/pacchi/N/", "/lavoro/pacchi/N/manda/",
}  # fmt: skip
NUMBERS = {"int": "1", "str": "2025-T4", "uuid": "00000000-0000-4000-8000-000000000000"}
METHODS = ("get", "post")
NOT_THERE = sorted(one for one in WHO_WORKS if one.startswith(("/lavoro/N/", "/lavoro/porte/N/")))


def every() -> dict[str, str]:
    """Return each address as the table writes it, with one that can be asked."""
    found = [where for where, _pattern in doors.addresses(get_resolver(), "/")]
    return {re.sub(r"<[^>]+>", "N", where): re.sub(r"<(\w+):\w+>", lambda kind: NUMBERS[kind[1]], where) for where in found}


def at_work(login: str) -> Client:
    """Return a browser with somebody's shift open."""
    client = Client(headers={"host": "riservato.localhost"})
    client.cookies["spazio"] = session_of(login)
    return client


def test_the_table_names_every_address_once() -> None:
    assert sorted([*ANYBODY, *WHO_WORKS, *WHO_LEADS]) == sorted(every())


@pytest.mark.parametrize("where", sorted(WHO_WORKS | WHO_LEADS))
def test_a_stranger_is_sent_to_sign_in(where: str, client: Client) -> None:
    answers = [getattr(client, method)(every()[where]) for method in METHODS]
    assert [(a.status_code, a.headers.get("Location", "").startswith(SIGN_IN)) for a in answers] == [(302, True)] * 2


@pytest.mark.parametrize("where", sorted(WHO_LEADS))
def test_who_does_not_lead_finds_nothing_there(where: str) -> None:
    assert [getattr(at_work("giulia"), method)(every()[where]).status_code for method in METHODS] == [404, 404]


@pytest.mark.parametrize("where", sorted(one for one in WHO_LEADS if "N" not in one))
def test_who_leads_does(where: str) -> None:
    assert at_work("chiara").get(every()[where]).status_code == 200


@pytest.mark.parametrize("where", NOT_THERE)
def test_what_is_not_there_is_not_found_by_who_works(where: str) -> None:
    assert at_work("chiara").get(every()[where]).status_code in {404, 405}


@pytest.mark.pure
def test_a_page_that_says_no_policy_stops_the_start() -> None:
    bare = path("aperta/", lambda _request: HttpResponse())
    assert start.undeclared(SimpleNamespace(url_patterns=[bare])) == ["aperta/"]


@pytest.mark.pure
def test_as_it_is_the_lane_starts_and_as_the_owner_it_does_not(settings: Settings) -> None:
    start.examine()
    settings.AS_OWNER = True
    with pytest.raises(ImproperlyConfigured, match="HAVEN_ROLE"):
        start.examine()


@pytest.mark.pure
def test_the_web_server_s_door_asks() -> None:
    root = Path(__file__).resolve().parents[1]
    said = subprocess.run(
        [sys.executable, "-c", "import os; os.environ['HAVEN_ROLE'] = 'owner'; import cortile.haven.wsgi"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "HAVEN_ROLE=owner is for migrations" in said.stderr
