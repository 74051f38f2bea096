"""An office without an account: a link in a mail, a code in a second one, five guesses, one question, an end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cortile.kit import clock
from cortile.kit.actor import PUBLIC
from cortile.kit.refusals import NotVisible
from cortile.listening import access, actions
from cortile.listening.models import HandOver, Thread
from cortile.messages.models import Delivery
from tests import cast, traces


@pytest.fixture
def token(sent: HandOver) -> str:
    """Return the token of the link mailed to the office."""
    found = re.search(r"/ufficio/l/([^/\s]+)/", Delivery.objects.get(channel="email").text)
    assert found
    return found.group(1)


def code_for(token: str) -> str:
    """Ask for a code and return it."""
    assert actions.request_link_code(by=PUBLIC, token=token)
    found = re.search(r"\d{3} ?\d{3}", Delivery.objects.filter(channel="email").latest("pk").text)
    assert found
    return found.group(0)


def wrong(code: str) -> str:
    """Return another code."""
    return "000000" if code != "000000" else "000001"


def test_link_and_code_open_one_question(token: str, sent: HandOver) -> None:
    assert actions.open_link(by=PUBLIC, token=token, code=code_for(token)) == sent
    found = traces.event("link.opened")
    assert (found.fields, found.agent_name, found.agency_id) == (["link_opened"], sent.office.name, sent.agency_id)
    assert traces.subjects("link.opened") == {sent.thread.person_id}


def test_an_invented_link_sends_no_code() -> None:
    before = Delivery.objects.count()
    assert not actions.request_link_code(by=PUBLIC, token="invented")
    assert Delivery.objects.count() == before


def test_a_code_opens_once(token: str) -> None:
    code = code_for(token)
    actions.open_link(by=PUBLIC, token=token, code=code)
    assert actions.open_link(by=PUBLIC, token=token, code=code) is None


def test_without_a_code_nothing_opens(token: str) -> None:
    assert actions.open_link(by=PUBLIC, token=token, code="") is None


def test_five_wrong_guesses_end_it(token: str) -> None:
    code = code_for(token)
    for _ in range(5):
        assert actions.open_link(by=PUBLIC, token=token, code=wrong(code)) is None
    assert actions.open_link(by=PUBLIC, token=token, code=code) is None


def test_a_wrong_guess_stands_in_the_log_of_the_links_body(token: str, sent: HandOver) -> None:
    actions.open_link(by=PUBLIC, token=token, code=wrong(code_for(token)))
    found = traces.event("link.opened")
    assert (found.fields, found.agency_id, traces.event("link.code_asked").agency_id) == (
        ["wrong_code"], sent.agency_id, sent.agency_id,
    )  # fmt: skip


def test_asking_again_buys_no_guesses(token: str) -> None:
    for _ in range(5):
        actions.open_link(by=PUBLIC, token=token, code=wrong(code_for(token)))
    assert actions.open_link(by=PUBLIC, token=token, code=code_for(token)) is None


def test_a_code_lives_half_an_hour(token: str) -> None:
    code = code_for(token)
    with clock.frozen(cast.NOW + timedelta(minutes=31)):
        assert actions.open_link(by=PUBLIC, token=token, code=code) is None


def test_a_link_lives_thirty_days(token: str) -> None:
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert not actions.request_link_code(by=PUBLIC, token=token)


def test_who_came_in_sees_that_question_alone(sent: HandOver) -> None:
    actor = access.link_actor({"id": sent.pk, "agency": sent.agency_id})
    assert actor is not None
    other = actions.hand_over(cast.open_request("gianni"), sent.office, by=cast.at_desk("marta"), question="Quanto deve?")
    assert list(access.hand_overs_visible_to(actor)) == [sent]
    with pytest.raises(NotVisible):
        actions.answer_hand_over(other, by=actor, text="640 euro")


def test_who_came_in_answers_with_the_offices_name(sent: HandOver) -> None:
    actor = access.link_actor({"id": sent.pk, "agency": sent.agency_id})
    assert actions.answer_hand_over(sent, by=actor, text="Sì.").taken_by == "Ufficio affitti"


def test_a_withdrawn_question_closes_the_session(sent: HandOver) -> None:
    actions.withdraw_hand_over(sent, by=cast.at_desk("marta"))
    assert access.link_actor({"id": sent.pk, "agency": sent.agency_id}) is None


def test_a_question_that_became_delicate_is_gone(sent: HandOver, thread: Thread) -> None:
    actor = access.link_actor({"id": sent.pk, "agency": sent.agency_id})
    actions.mark_delicate(thread, by=cast.at_desk("marta"))
    with pytest.raises(NotVisible):
        actions.take_hand_over(sent, by=actor)


def test_nobody_comes_in_without_a_link() -> None:
    assert access.link_actor(None) is None
    assert access.link_actor({"id": 999_999, "agency": cast.agency().pk}) is None
