"""Applying at the desk: with the person in front, on one page; two helpers make one application."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cortile.benefits import actions
from cortile.benefits.models import Application, ApplicationDraft
from cortile.kit.refusals import Refused
from tests import cast, sessions
from tests.benefits import money, notices

SAID = {
    "isee": "protocol", "isee_protocol": "INPS-ISEE-2026-12345678X-00", "isee_value": "12.400", "said_band": "accesso",
    "said_due": "825", "answer_by": "visit", "paid_by": "account", "iban": "", "helper": "", "words": "",
}  # fmt: skip


@pytest.fixture
def call() -> int:
    """Return a call that is open."""
    return notices.published().call_id


def desk(client: Client, who: str = "marta", whose: str = "adele") -> Client:
    """Return a desk with a person in front."""
    cast.in_front(who, whose)
    return sessions.Enter(client)(who)


def at(call: int, whose: str = "adele") -> str:
    """Return the address of an application at the desk."""
    return f"/scrivania/persone/{cast.person(whose).pk}/domanda/{call}/"


def text(answer: object) -> str:
    """Return a page as it is read."""
    return answer.content.decode().replace("&#x27;", "'")  # type: ignore[attr-defined, no-any-return]  # the test client's answer


def test_a_desk_sends_with_the_person_in_front_and_is_remembered(client: Client, call: int) -> None:
    answer = desk(client).post(at(call), SAID | {"send": "1"}, follow=True)
    made = Application.objects.get()
    assert (made.channel, made.helped_by, made.asked_cents) == ("desk", cast.staff("marta"), 412_50)
    assert str(made.number) in text(answer)


def test_keeping_gives_a_code_for_the_paper(client: Client, call: int) -> None:
    answer = desk(client).post(at(call), {"isee": "unknown", "keep": "1"}, follow=True)
    assert re.search(r"[A-Z]{4,8}-[A-Z]{4,8}-\d{4}", text(answer))
    assert not Application.objects.exists()


def test_what_she_began_on_her_phone_goes_on_at_the_desk(client: Client, call: int) -> None:
    draft = actions.keep_draft(call, cast.person("adele"), by=cast.herself("adele"), answers={"helper": "Lucia"})
    answer = desk(client, "paola").post("/scrivania/domanda/codice/", {"code": draft.code}, follow=True)
    assert 'value="Lucia"' in text(answer)


def test_a_wrong_code_opens_nothing_at_the_desk(client: Client) -> None:
    assert desk(client).post("/scrivania/domanda/codice/", {"code": "LUNA-RIVA-0000"}).status_code == 422


def test_a_helper_sees_that_another_has_begun(client: Client, call: int) -> None:
    actions.keep_draft(call, cast.person("adele"), by=cast.at_desk("paola"), answers={"helper": "Omar"})
    answer = desk(client).get(f"/scrivania/persone/{cast.person('adele').pk}/domanda/")
    assert "Paola" in text(answer)
    assert "Omar" not in text(answer)


def test_a_home_that_applied_is_told_before_anything_is_typed(client: Client) -> None:
    made = money.applied(notices.published())
    answer = text(desk(client).get(at(made.call_id)))
    assert f"C'è già la domanda <bdi>{made.number}</bdi>" in answer
    assert 'name="isee"' not in answer


def test_two_helpers_make_one_application(call: int) -> None:
    adele = cast.person("adele")
    actions.submit(call, adele, by=cast.at_desk("marta"), stated=money.stated(), channel="desk", once="one")
    with pytest.raises(Refused) as found:
        actions.submit(call, adele, by=cast.at_desk("paola"), stated=money.stated(), channel="desk", once="two")
    assert found.value.code == "already-applied"
    assert Application.objects.count() == 1


def test_a_wrong_answer_keeps_all_the_others(client: Client, call: int) -> None:
    answer = desk(client).post(at(call), SAID | {"paid_by": "transfer", "iban": "IT00", "send": "1"})
    assert answer.status_code == 422
    assert ApplicationDraft.objects.get().answers["said_due"] == "825"


def test_nobody_at_hand_is_asked_why_first(client: Client, call: int) -> None:
    assert 'name="isee"' not in text(sessions.Enter(client)("marta").get(at(call)))


@pytest.mark.parametrize("who", ["salvatore", "lucia", "ornella", "federica", "sara"])
def test_who_does_not_help_apply_finds_nothing(client: Client, call: int, who: str) -> None:
    assert sessions.Enter(client)(who).get(at(call)).status_code == 404
