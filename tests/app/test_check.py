"""T6-A: four questions without a name, two ways on, and never a no on a «non so»."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.test import Client

from cortile.kit.models import AuditEvent
from tests.benefits import notices

PATH = "/casa/controllo/"
GOOD = {"since": "two", "band": "accesso", "isee": "12.400", "paid": "yes"}
NO = "Con queste risposte no"


@pytest.fixture(autouse=True)
def _calls(request: pytest.FixtureRequest) -> None:
    """Have the two rails open."""
    if "closed" not in request.node.name:
        notices.published("energy", code="2026/1")
        texts = notices.CONDITIONS["texts"] | {"title": "Contributo di solidarietà"}
        notices.published("solidarity", code="2026/2", texts=texts)


def asked(client: Client, **changed: str) -> str:
    """Answer the questions and return what the page says."""
    return client.post(PATH, GOOD | changed).content.decode()


def of(page: str, title: str) -> str:
    """Return what is said of one call."""
    return next(card for card in page.split("<article")[1:] if title in card)


def test_who_may_ask_reads_how_much_and_by_when(client: Client) -> None:
    said = of(asked(client), "Contributo energetico")
    assert ("Puoi fare domanda." in said, "fino a 600 euro" in said, "30 aprile" in said) == (True, True, True)


def test_below_the_range_the_other_help_is_shown_first(client: Client) -> None:
    page = asked(client, isee="7.800", band="protezione")
    assert page.index("Contributo di solidarietà") < page.index("Contributo energetico")
    assert "Puoi fare domanda." in of(page, "Contributo di solidarietà")


def test_above_it_a_current_isee_and_instalments(client: Client) -> None:
    page = asked(client, isee="15.000,01")
    assert ("ISEE corrente" in page, "1 centesimo." in page, "/casa/conti/parliamone/" in page) == (True, True, True)


def test_exactly_on_the_limit_a_person_decides(client: Client) -> None:
    assert asked(client, isee="9360").count("Sei proprio sul limite.") == 2


UNKNOWN = {"since": "unknown", "band": "unknown", "isee": "", "paid": "unknown"}


@pytest.mark.parametrize("unknown", [*itertools.combinations(UNKNOWN, 1), tuple(UNKNOWN)])
def test_not_knowing_is_never_a_no(unknown: tuple[str, ...], client: Client) -> None:
    said = of(asked(client, **{name: UNKNOWN[name] for name in unknown}), "Contributo energetico")
    assert NO not in said


def test_a_definite_no_stays_one_whatever_else_is_unknown(client: Client) -> None:
    assert NO in of(asked(client, isee="20.000", band="unknown"), "Contributo energetico")


@pytest.mark.parametrize("isee", ["tanto", "-3", "99999999999"])
def test_a_sum_that_is_none_is_asked_again_and_nothing_is_lost(isee: str, client: Client) -> None:
    answer = client.post(PATH, GOOD | {"isee": isee})
    said = answer.content.decode()
    assert (answer.status_code, "per esempio 12.400" in said, f'value="{isee}"' in said) == (422, True, True)


def test_a_band_is_said_as_on_the_letter_in_every_language(client: Client) -> None:
    client.cookies["lingua"] = "en"
    said = client.get(PATH).content.decode()
    assert ("Accesso" in said, "Sign in</" in said.split("<form")[1]) == (True, False)


def test_what_nobody_has_read_the_translation_of_is_said_in_italian(client: Client) -> None:
    client.cookies["lingua"] = "ar"
    answer = client.post(PATH, GOOD)
    assert (answer.headers["Content-Language"], "Puoi fare domanda." in answer.content.decode()) == ("it", True)


def test_nothing_of_it_is_kept(client: Client) -> None:
    before = AuditEvent.objects.count()
    asked(client)
    assert (AuditEvent.objects.count(), dict(client.session)) == (before, {})


def test_where_every_call_is_closed_it_says_so(client: Client) -> None:
    assert "Adesso nessun contributo è aperto." in client.get(PATH).content.decode()


def test_an_unfinished_form_says_what_is_missing(client: Client) -> None:
    sent: dict[str, Any] = {"isee": "1"}
    assert client.post(PATH, sent).status_code == 422


def test_a_call_that_is_not_open_yet_is_announced(client: Client) -> None:
    notices.published("energy_in_city", code="2026/4", opens_at="2026-05-02T07:00:00+00:00", closes_at="2026-06-30T10:00:00+00:00")
    assert "sabato 2 maggio" in client.get("/casa/controllo/").content.decode().partition("Si può chiedere dal")[2][:60]
