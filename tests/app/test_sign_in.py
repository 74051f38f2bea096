"""The way in: one card, one code, and one answer for everything that is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.messages.models import Delivery
from cortile.people import actions as people
from cortile.people import rules
from cortile.people.models import Person
from tests import cast
from tests.app.entering import CODE, WAY, come_in
from tests.app.pages import said

HERE = "/casa/entra/"


@pytest.fixture
def code(adele: Person, marta: Actor) -> str:
    """Return the code Marta printed for Adele."""
    return people.issue_paper_code(adele, by=marta)[1]


NOBODYS = rules.card(9_999_999)


def _try(client: Client, card: str, code: str) -> tuple[int, str]:
    answer = come_in(client, card, code)
    return answer.status_code, said(answer)


def test_card_and_code_open_the_house(client: Client, adele: Person, code: str) -> None:
    answer = come_in(client, f"{adele.card_number[:4]} {adele.card_number[4:]}", f"{code[:3]} {code[3:]}")
    assert answer.headers["Location"] == "/casa/"
    assert "<bdi>Adele</bdi>" in said(client.get("/casa/"))


def test_it_goes_on_where_one_was_going(client: Client, adele: Person, code: str) -> None:
    answer = come_in(client, adele.card_number, code, next="/casa/aiuto/")
    assert answer.headers["Location"] == "/casa/aiuto/"


def test_it_never_leads_to_another_site(client: Client, adele: Person, code: str) -> None:
    answer = come_in(client, adele.card_number, code, next="https://example.org/")
    assert answer.headers["Location"] == "/casa/"


def test_every_wrong_way_has_the_same_answer(client: Client, adele: Person, code: str) -> None:
    wrong = "00000000" if code != "00000000" else "00000001"
    tries = ((NOBODYS, code), (adele.card_number, wrong), (adele.card_number, ""), (NOBODYS, "x"))
    answers = {_try(client, card, typed) for card, typed in tries}
    for _ in range(5):
        answers.add(_try(client, adele.card_number, wrong))
    answers.add(_try(client, adele.card_number, code))
    assert len(answers) == 1
    assert answers.pop()[0] == 422


def test_an_expired_code_has_the_same_answer(client: Client, adele: Person, code: str) -> None:
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert _try(client, adele.card_number, code) == _try(client, NOBODYS, "123456")


def test_one_browser_tries_a_dozen_times_an_hour(client: Client, adele: Person, code: str) -> None:
    for number in range(12):
        _try(client, rules.card(9_999_000 + number), "123456")
    assert _try(client, adele.card_number, code)[0] == 422
    with clock.frozen(cast.NOW + timedelta(hours=2)):
        assert come_in(client, adele.card_number, code).status_code == 302


@pytest.mark.parametrize("way", ["sms", "voice"])
def test_whosever_the_card_is_the_next_pages_are_the_same(adele: Person, way: str) -> None:
    cast.give_mobile("adele")
    cards = [adele.card_number, cast.person("gianni").card_number, NOBODYS]
    seen = set()
    for card in cards:
        client = Client()
        client.post(HERE, {"card": card})
        choice, sent = said(client.get(WAY)), client.post(WAY, {"way": way})
        seen.add((choice, sent.status_code, sent.headers["Location"], said(client.get(CODE)), card in said(client.get(CODE))))
    assert (len(seen), Delivery.objects.count()) == (1, 1 if way == "sms" else 0)


def test_the_pages_in_between_begin_with_the_card(client: Client) -> None:
    assert [client.get(page).headers["Location"] for page in (WAY, CODE)] == [HERE, HERE]
    assert not Delivery.objects.exists()


def test_a_card_is_remembered_for_half_an_hour(client: Client) -> None:
    client.post(HERE, {"card": NOBODYS})
    with clock.frozen(cast.NOW + timedelta(minutes=31)):
        assert client.get(CODE).headers["Location"] == HERE


def test_the_session_is_a_new_one(client: Client, adele: Person, code: str) -> None:
    _try(client, NOBODYS, "2")
    before = client.session.session_key
    come_in(client, adele.card_number, code)
    assert client.session.session_key != before
    assert "tries" not in client.session


def test_the_code_can_be_pasted_and_filled_in_by_the_phone(client: Client) -> None:
    client.post(HERE, {"card": NOBODYS})
    page = said(client.get(CODE))
    assert 'autocomplete="one-time-code"' in page
    assert "onpaste" not in page


def test_leaving_forgets_everything(client: Client, adele: Person, code: str) -> None:
    come_in(client, adele.card_number, code)
    client.post("/casa/esci/")
    assert client.get("/casa/io/").status_code == 302


def test_leaving_is_never_a_link(client: Client) -> None:
    assert client.get("/casa/esci/").status_code == 405
