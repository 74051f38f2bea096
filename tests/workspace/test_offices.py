"""S5b: three questions to offices, one answered, one sent back, one silent; and the same by a mailed link and its code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from cortile.agencies import actions as agencies
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions
from cortile.listening.models import HandOver, Thread
from cortile.messages.models import Delivery
from tests import cast
from tests.sessions import Enter


@pytest.fixture
def sent(thread: Thread, marta: Actor) -> HandOver:
    """Return a question of Marta to the rents office, about Adele."""
    return actions.hand_over(thread, cast.office(), by=marta, question="È in regola con l'affitto?")


def now(sent: HandOver) -> HandOver:
    """Return the hand-over as it stands."""
    return HandOver.objects.select_related("thread").get(pk=sent.pk)


def do(enter: Enter, sent: HandOver, act: str, who: str = "ornella", **words: object) -> HttpResponse:
    """Do one thing to a question as somebody of the office."""
    return enter(who).post(f"/scrivania/ufficio/{sent.pk}/{act}/", words)  # type: ignore[return-value]  # the client's own


def mailed(pattern: str) -> str:
    """Return what the last mail says where a pattern points."""
    found = re.search(pattern, Delivery.objects.filter(channel="email").latest("pk").text)
    assert found
    return found.group(1)


def link() -> str:
    """Return the address mailed to the office."""
    text = Delivery.objects.filter(channel="email", text__contains="/ufficio/l/").latest("pk").text
    return "/ufficio/l/" + text.split("/ufficio/l/")[1].split("/")[0] + "/"


def come_in(client: Client, address: str) -> HttpResponse:
    """Ask for a code and bring it."""
    client.post(address)
    return client.post(address, {"code": mailed(r"(\d{3} ?\d{3})")})  # type: ignore[return-value]  # the client's own


def test_the_queue_has_the_soonest_due_first(enter: Enter, sent: HandOver, marta: Actor) -> None:
    soon = actions.hand_over(cast.open_request("gianni", urgency="high"), cast.office(), by=marta, question="Quanto deve Gianni?")
    assert soon.due < sent.due
    shown = enter("ornella").get("/scrivania/ufficio/").content.decode()
    assert shown.index("Quanto deve Gianni?") < shown.index("È in regola")


def test_an_office_takes_a_question(enter: Enter, sent: HandOver) -> None:
    do(enter, sent, "prendi")
    assert (now(sent).state, now(sent).taken_by) == ("taken", "Ornella V.")


def test_one_is_answered_and_the_ball_comes_back(enter: Enter, sent: HandOver) -> None:
    do(enter, sent, "rispondi", text="Sì, è in regola.")
    assert (now(sent).state, now(sent).thread.ball) == ("answered", "us")


def test_one_is_sent_back_with_the_right_office(enter: Enter, sent: HandOver) -> None:
    do(enter, sent, "rimanda", reason="È un guasto.", office=cast.office("Ufficio manutenzioni").pk)
    assert now(sent).state == "sent_back"
    assert "Ufficio manutenzioni" in now(sent).answer


def test_sending_back_without_a_reason_comes_back(enter: Enter, sent: HandOver) -> None:
    assert do(enter, sent, "rimanda", reason="").status_code == 422


def test_one_is_silent_and_marta_knows_before_adele(enter: Enter, sent: HandOver, system: Actor) -> None:
    with clock.frozen(cast.NOW + timedelta(days=5)):
        actions.keep_watch(cast.agency(), by=system)
        shown = enter("marta").get(f"/scrivania/richieste/{sent.thread.number}/").content.decode()
    assert "Silenzio: doveva rispondere entro" in shown
    assert not now(sent).thread.late_for


def test_a_date_inside_our_promise_needs_no_reason(enter: Enter, sent: HandOver) -> None:
    do(enter, sent, "data", day="2026-03-13")
    assert now(sent).due.isoformat() == "2026-03-13"


def test_a_date_past_our_promise_needs_one(enter: Enter, sent: HandOver) -> None:
    answer = do(enter, sent, "data", day="2026-03-25")
    assert answer.status_code == 409
    assert "serve un motivo" in answer.content.decode()


def test_past_our_promise_the_tenant_is_told(enter: Enter, sent: HandOver) -> None:
    do(enter, sent, "data", day="2026-03-25", reason="L'archivio è chiuso.")
    assert now(sent).thread.next_date.isoformat() == "2026-03-26"  # type: ignore[union-attr]  # open: it has a date


def test_an_answered_question_cannot_be_answered_again(enter: Enter, sent: HandOver) -> None:
    do(enter, sent, "rispondi", text="Sì.")
    answer = do(enter, sent, "rispondi", text="Anzi no.")
    assert answer.status_code == 409
    assert "Anzi no." in answer.content.decode()


def test_an_office_sees_what_it_was_sent_and_nothing_more(enter: Enter, sent: HandOver, thread: Thread, marta: Actor) -> None:
    actions.note(thread, by=marta, text="Parla piano.")
    shown = enter("ornella").get(f"/scrivania/ufficio/{sent.pk}/").content.decode()
    assert "Adele Brambilla" in shown
    assert "scala B" in shown
    assert "Parla piano." not in shown
    assert "Ascensore fermo" not in shown


def test_another_office_finds_nothing(enter: Enter, thread: Thread, marta: Actor) -> None:
    other = actions.hand_over(thread, cast.office("Ufficio manutenzioni"), by=marta, question="Quando?")
    assert enter("ornella").get(f"/scrivania/ufficio/{other.pk}/").status_code == 404
    assert do(enter, other, "rispondi", text="Domani").status_code == 404


@pytest.mark.parametrize("who", ["sara", "salvatore", "marta", "silvia"])
def test_nobody_else_opens_the_queue(enter: Enter, sent: HandOver, who: str) -> None:
    assert enter(who).get("/scrivania/ufficio/").status_code == 404
    assert enter(who).get(f"/scrivania/ufficio/{sent.pk}/").status_code == 404


def test_a_delicate_request_leaves_the_queue(enter: Enter, sent: HandOver, marta: Actor) -> None:
    actions.mark_delicate(sent.thread, by=marta)
    assert enter("ornella").get(f"/scrivania/ufficio/{sent.pk}/").status_code == 404


def test_the_deputy_answers_while_an_office_is_away(enter: Enter, sent: HandOver, system: Actor) -> None:
    stand_in = agencies.hire(
        cast.agency(), by=system, email="piera@example.invalid", given_name="Piera", role="office",
        office=cast.office("Ufficio manutenzioni"),
    )  # fmt: skip
    agencies.name_deputy(cast.staff("ornella"), stand_in, by=system)
    assert enter("piera").get(f"/scrivania/ufficio/{sent.pk}/").status_code == 404
    enter("ornella").post(
        "/scrivania/assenza/", {"who": cast.staff("ornella").pk, "first_day": "2026-03-11", "last_day": "2026-03-12"}
    )
    assert do(enter, sent, "rispondi", who="piera", text="Sì.").status_code == 302


def test_an_absence_backwards_comes_back(enter: Enter) -> None:
    days = {"who": cast.staff("ornella").pk, "first_day": "2026-03-12", "last_day": "2026-03-11"}
    answer = enter("ornella").post("/scrivania/assenza/", days)
    assert answer.status_code == 422
    assert "prima del primo" in answer.content.decode()


def test_nobody_writes_a_colleagues_absence(enter: Enter) -> None:
    days = {"who": cast.staff("paola").pk, "first_day": "2026-03-12", "last_day": "2026-03-12"}
    assert enter("marta").post("/scrivania/assenza/", days).status_code == 422


# --- by the mailed link ---


@pytest.mark.usefixtures("sent")
def test_a_link_and_a_code_open_one_question(client: Client) -> None:
    assert come_in(client, link())["Location"] == "/ufficio/domanda/"
    assert "È in regola" in client.get("/ufficio/domanda/").content.decode()


def test_an_office_answers_by_link(client: Client, sent: HandOver) -> None:
    come_in(client, link())
    client.post("/ufficio/domanda/rispondi/", {"text": "Sì, è in regola."})
    assert (now(sent).state, now(sent).taken_by) == ("answered", "Ufficio affitti")


@pytest.mark.usefixtures("sent")
def test_an_old_link_and_an_invented_one_look_the_same(client: Client) -> None:
    true, false = link(), "/ufficio/l/" + "x" * (len(link()) - 12) + "/"
    pages = [len(client.get(address).content) for address in (true, false)]
    answers = [client.post(address)["Location"].removeprefix(address) for address in (true, false)]
    wrong = [client.post(address, {"code": "1"}) for address in (true, false)]
    assert pages[0] == pages[1]
    assert answers[0] == answers[1]
    assert (wrong[0].status_code, len(wrong[0].content)) == (wrong[1].status_code, len(wrong[1].content))


@pytest.mark.usefixtures("sent")
def test_a_wrong_code_is_told_plainly(client: Client) -> None:
    client.post(link())
    answer = client.post(link(), {"code": "000 00"})
    assert answer.status_code == 422
    assert "Il codice non è giusto" in answer.content.decode()


@pytest.mark.usefixtures("sent")
def test_after_five_guesses_the_right_code_is_too_late(client: Client) -> None:
    address = link()
    client.post(address)
    code = mailed(r"(\d{3} ?\d{3})")
    for _ in range(5):
        client.post(address, {"code": "1"})
    assert client.post(address, {"code": code}).status_code == 422


@pytest.mark.usefixtures("sent")
def test_asking_again_buys_no_guesses(client: Client) -> None:
    for _ in range(5):
        client.post(link())
        client.post(link(), {"code": "1"})
    assert come_in(client, link()).status_code == 422


@pytest.mark.usefixtures("sent")
def test_half_an_hour_later_a_new_code_works(client: Client) -> None:
    for _ in range(6):
        client.post(link())
        client.post(link(), {"code": "1"})
    with clock.frozen(cast.NOW + timedelta(minutes=31)):
        assert come_in(client, link()).status_code == 302


@pytest.mark.usefixtures("sent")
def test_an_expired_link_opens_nothing(client: Client) -> None:
    come_in(client, link())
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert client.get("/ufficio/domanda/")["Location"].startswith("/ufficio/?")
        assert client.post(link(), {"code": "123456"}).status_code == 422


def test_a_withdrawn_question_closes_the_page_at_once(client: Client, sent: HandOver, marta: Actor) -> None:
    come_in(client, link())
    actions.withdraw_hand_over(sent, by=marta)
    answer = client.get("/ufficio/domanda/", follow=True)
    assert "Qui non c'è una domanda aperta" in answer.content.decode().replace("&#x27;", "'")


def test_a_link_never_shows_the_rent_or_the_desk(client: Client, sent: HandOver) -> None:
    come_in(client, link())
    assert client.get("/scrivania/ufficio/").status_code == 404
    assert client.get(f"/scrivania/richieste/{sent.thread.number}/").status_code == 404


@pytest.mark.usefixtures("sent")
def test_leaving_closes_the_session(client: Client) -> None:
    come_in(client, link())
    client.post("/ufficio/esci/")
    assert client.get("/ufficio/domanda/").status_code == 302
