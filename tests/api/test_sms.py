"""What an SMS gateway tells us: signed, once, and never an answer to a stranger."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cortile.api.machines import signature
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages import actions, reads
from cortile.messages.models import Delivery, IncomingSms, Message
from cortile.people import actions as people
from cortile.people import reads as people_reads
from tests import cast, traces
from tests.carriers import Watched

SECRET = "segreto-di-prova"
HERS = "333 5550 199"


@pytest.fixture(autouse=True)
def _secret(settings: Settings) -> None:
    settings.SMS_SECRET = SECRET


@pytest.fixture
def lift() -> Thread:
    """Return Adele's request; she has a mobile of her own."""
    cast.give_mobile("adele", HERS)
    return cast.open_request("adele")


def call(path: str, said: dict[str, Any], *, secret: str = SECRET, client: Client | None = None) -> HttpResponse:
    body = json.dumps(said).encode()
    signed = {"X-Signature": signature(secret.encode(), body)}
    return (client or Client(enforce_csrf_checks=True)).post(f"/api/sms/{path}/", body, "application/json", headers=signed)  # type: ignore[return-value]  # the client's own answer


def arrives(text: str, sender: str = HERS, reference: str = "") -> IncomingSms:
    said = {"reference": reference or uuid.uuid4().hex, "from": sender, "text": text}
    assert call("arrivi", said).status_code == 200
    return IncomingSms.objects.get(reference=said["reference"])


def last(thread: Thread) -> str:
    return thread.entries.order_by("-pk")[0].text


# --- who is heard ---


@pytest.mark.parametrize("path", ["arrivi", "stati"])
def test_a_wrong_signature_gets_one_page(path: str) -> None:
    answer = call(path, {"reference": "1", "from": HERS, "text": "ciao"}, secret="altro")
    assert (answer.status_code, answer.content, answer.cookies) == (401, b"", {})
    assert not IncomingSms.objects.exists()


def test_without_a_secret_nobody_is_a_machine(settings: Settings) -> None:
    settings.SMS_SECRET = ""
    assert call("arrivi", {"reference": "1", "from": HERS, "text": "ciao"}, secret="").status_code == 401


def test_a_session_opens_nothing_here(client: Client) -> None:
    cast_client = Client()
    cast_client.cookies["cortile"] = "marta"
    assert cast_client.post("/api/sms/arrivi/", {"from": HERS}).status_code == 401


def test_a_changed_body_is_refused() -> None:
    body = json.dumps({"reference": "1", "from": HERS, "text": "1042 ciao"}).encode()
    signed = {"X-Signature": signature(SECRET.encode(), body)}
    changed = body.replace(b"1042", b"1043")
    assert Client().post("/api/sms/arrivi/", changed, "application/json", headers=signed).status_code == 401


@pytest.mark.parametrize("said", [{}, {"reference": "1"}, {"from": HERS}, {"reference": ["1"], "from": HERS}])
def test_what_lacks_a_name_is_no_sms(said: dict[str, Any]) -> None:
    assert call("arrivi", said).status_code == 400
    assert not IncomingSms.objects.exists()


def test_only_a_machine_takes_them_in(marta: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.receive_sms(by=marta, reference="1", sender=HERS, text="ciao")


def test_it_leaves_no_session_behind() -> None:
    answer = call("arrivi", {"reference": "1", "from": HERS, "text": "ciao"})
    assert (answer.status_code, answer.json(), answer.cookies) == (200, {"reference": "1"}, {})  # type: ignore[attr-defined]  # the client's own answer


# --- where it goes ---


@pytest.mark.parametrize("sender", ["333 5550 199", "+39 333 5550199", "0039-333-5550-199", "393335550199", "3335550199"])
def test_her_own_words_go_into_her_request(sender: str, lift: Thread) -> None:
    sms = arrives(f"{lift.number} c'è ancora", sender)
    assert (sms.state, sms.thread_id, sms.person) == ("matched", lift.pk, cast.person("adele"))
    assert last(lift) == "c'è ancora"
    assert traces.now(lift).ball == "us"


@pytest.mark.parametrize("text", ["n. {} c'è ancora", "Richiesta {}: c'è ancora", "#{} c'è ancora", "{}, c'è ancora"])
def test_however_the_number_is_written(text: str, lift: Thread) -> None:
    assert arrives(text.format(lift.number)).state == "matched"
    assert last(lift) == "c'è ancora"


def test_a_number_in_the_middle_keeps_the_words_whole(lift: Thread) -> None:
    arrives(f"Ho pagato 350 euro per la {lift.number}")
    assert last(lift) == f"Ho pagato 350 euro per la {lift.number}"


def test_an_sms_brought_again_is_the_same_one(lift: Thread) -> None:
    for _ in range(3):
        arrives(f"{lift.number} c'è ancora", reference="g-1")
    assert IncomingSms.objects.count() == 1
    assert traces.lines(lift).count("tenant") == 1


@pytest.mark.parametrize("answer", ["SI", "Sì.", "sì!", "Si'", "si"])
def test_a_yes_closes_what_we_asked_about(answer: str, lift: Thread, marta: Actor) -> None:
    listening.propose_solved(lift, by=marta, text="L'ascensore va.")
    assert arrives(answer).state == "matched"
    assert (traces.now(lift).state, traces.now(lift).outcome) == ("closed", "solved")


@pytest.mark.parametrize("answer", ["NO", "no.", "{} NO", "No {}"])
def test_a_no_brings_it_back_to_us(answer: str, lift: Thread, marta: Actor) -> None:
    listening.propose_solved(lift, by=marta, text="L'ascensore va.")
    arrives(answer.format(lift.number))
    assert (traces.now(lift).state, traces.now(lift).ball) == ("with_us", "us")


def test_a_bare_yes_to_two_questions_waits(lift: Thread, marta: Actor) -> None:
    for thread in (lift, cast.open_request("adele", title="Luce")):
        listening.propose_solved(thread, by=marta, text="Fatto.")
    assert arrives("SI").state == "waiting"
    assert traces.now(lift).state == "solved"


def stranger(thread: Thread) -> IncomingSms:
    return arrives(f"{thread.number} c'è ancora", "333 9999 999")


def somebody_else(thread: Thread) -> IncomingSms:
    return arrives(f"{thread.number} c'è ancora", "333 5550 101")


def shared(thread: Thread) -> IncomingSms:
    people.add_contact_point(thread.person, by=cast.machine(), kind="mobile", value=HERS, shared=True)
    return arrives(f"{thread.number} c'è ancora")


def unsafe(thread: Thread) -> IncomingSms:
    people.add_contact_point(thread.person, by=cast.machine(), kind="mobile", value=HERS, safe=False)
    return arrives(f"{thread.number} c'è ancora")


def two_owners(thread: Thread) -> IncomingSms:
    cast.give_mobile("gianni", "+39 333 5550199")
    return arrives(f"{thread.number} c'è ancora")


def unknown_number(_thread: Thread) -> IncomingSms:
    return arrives("999999 c'è ancora")


def no_number(_thread: Thread) -> IncomingSms:
    return arrives("c'è ancora")


def number_alone(thread: Thread) -> IncomingSms:
    return arrives(str(thread.number))


def delicate(thread: Thread) -> IncomingSms:
    listening.mark_delicate(thread, by=cast.at_desk("marta"))
    return arrives(f"{thread.number} c'è ancora")


def in_person(thread: Thread) -> IncomingSms:
    listening.keep_in_person(thread, by=cast.at_desk("marta"))
    return arrives(f"{thread.number} c'è ancora")


def all_in_person(thread: Thread) -> IncomingSms:
    people.choose_in_person(thread.person, by=cast.at_desk("marta"), only_in_person=True)
    return arrives(f"{thread.number} c'è ancora")


def closed(thread: Thread) -> IncomingSms:
    listening.close(thread, by=cast.at_desk("marta"), outcome="withdrawn")
    return arrives(f"{thread.number} c'è ancora")


DOUBTS = [
    stranger, somebody_else, shared, unsafe, two_owners, unknown_number, no_number, number_alone, delicate, in_person,
    all_in_person, closed,
]  # fmt: skip


@pytest.mark.parametrize("doubt", DOUBTS)
def test_whatever_leaves_a_doubt_waits_and_nothing_is_told_back(doubt: Any, lift: Thread) -> None:  # noqa: ANN401 -- one of the above
    before = Message.objects.count(), Delivery.objects.count()
    sms = doubt(lift)
    told = 1 if doubt is closed else 0
    assert (sms.state, sms.person, sms.thread_id) == ("waiting", None, None)
    assert (Message.objects.count() - told, Delivery.objects.count()) == before
    assert "tenant" not in traces.lines(lift)


def test_every_doubt_is_answered_alike(lift: Thread) -> None:
    listening.keep_in_person(lift, by=cast.at_desk("marta"))
    answers = {call("arrivi", {"reference": "7", "from": HERS, "text": t}).content for t in (f"{lift.number} ciao", "999999 ciao")}
    assert answers == {b'{"reference": "7"}'}


# --- who sees to those that wait ---


def test_whoever_answers_the_phone_finds_those_that_wait(lift: Thread, silvia: Actor, sara: Actor) -> None:
    sms = stranger(lift)
    assert reads.waiting_sms(by=silvia) == [sms]
    assert reads.waiting_sms(by=sara) == []


def test_an_operator_puts_it_where_it_belongs(lift: Thread, marta: Actor) -> None:
    sms = arrives("Il vicino dice che l'ascensore è fermo", "333 9999 999")
    listening.give_sms(sms, lift, by=marta)
    assert last(lift) == "Il vicino dice che l'ascensore è fermo"
    assert reads.waiting_sms(by=marta) == []
    assert traces.subjects("sms.given") == {lift.person_id}


def test_put_into_what_is_kept_in_person_it_is_on_no_phone(lift: Thread, marta: Actor) -> None:
    sms = stranger(lift)
    listening.keep_in_person(lift, by=marta)
    listening.give_sms(sms, lift, by=marta)
    assert traces.event("sms.given").thing == "listening.thread"
    shown = people_reads.seen_by(cast.person("adele"), by=cast.herself("adele"))
    assert not [event for event in shown if event.what.startswith("sms.")]


def test_or_says_that_it_was_read(lift: Thread, silvia: Actor) -> None:
    sms = actions.handle_sms(stranger(lift), None, by=silvia)
    assert (sms.state, sms.thread_id, sms.handled_by) == ("handled", None, silvia.name)


@pytest.mark.parametrize("who", ["salvatore", "lucia", "ornella", "sara", "nadia"])
def test_nobody_else_sees_to_it(who: str, lift: Thread) -> None:
    sms = stranger(lift)
    with pytest.raises(NotVisible):
        actions.handle_sms(sms, None, by=cast.at_desk(who))


def test_what_was_closed_meanwhile_takes_no_words(lift: Thread, marta: Actor) -> None:
    sms = stranger(lift)
    listening.close(lift, by=marta, outcome="withdrawn")
    with pytest.raises(Refused, match="not-in-this-state"):
        listening.give_sms(sms, lift, by=marta)
    assert IncomingSms.objects.get().state == "waiting"


# --- what became of one that left ---


@pytest.fixture
def left(lift: Thread) -> Delivery:
    """Return Adele's receipt, gone to the gateway."""
    actions.deliver(by=cast.SYSTEM, through={"sms": Watched()})
    return Delivery.objects.get(message__about_id=lift.pk)


@pytest.mark.parametrize("state", ["delivered", "bounced", "failed"])
def test_the_gateway_says_how_it_ended(state: str, left: Delivery) -> None:
    assert call("stati", {"reference": str(left.reference), "state": state.upper()}).status_code == 200
    left.refresh_from_db()
    assert (left.state, left.settled_at) == (state, cast.NOW)
    assert traces.subjects("delivery.settled") == {cast.person("adele").pk}


def test_a_word_nobody_knows_and_a_row_of_nobody_change_nothing(left: Delivery) -> None:
    for reference, state in ((str(left.reference), "boh"), (str(uuid.uuid4()), "bounced"), ("1", "bounced")):
        assert call("stati", {"reference": reference, "state": state}).status_code == 200
    left.refresh_from_db()
    assert left.state == "sent"


def test_the_gateway_s_own_word_is_understood(left: Delivery, settings: Settings) -> None:
    settings.SMS_STATES = {"undeliv": "bounced"}
    call("stati", {"reference": str(left.reference), "state": "UNDELIV"})
    left.refresh_from_db()
    assert left.state == "bounced"


# --- what a forged or a curious hand gets ---


def test_a_yes_under_her_number_closes_nothing_sensitive(marta: Actor) -> None:
    cast.give_mobile("adele", HERS)
    kept = listening.propose_solved(cast.open_request("adele", chip="health"), by=marta, text="Abbiamo chiamato.")
    assert arrives("SI").state == "waiting"
    kept.refresh_from_db()
    assert kept.state == "solved"


def test_one_that_found_its_request_is_nobody_s_to_move(lift: Thread, marta: Actor) -> None:
    found = arrives(f"{lift.number} c'è ancora")
    with pytest.raises(NotVisible):
        listening.give_sms(found, cast.open_request("gianni"), by=marta)


def test_one_without_a_number_waits_at_the_body_of_who_wrote(sara: Actor, settings: Settings) -> None:
    settings.FRONT_AGENCY = "comune-milano"
    sent = arrives("Mi serve una mano", sender="333 5550 103")
    assert (sent.state, sent.agency_id) == ("waiting", sara.agency_id)


def test_whose_body_it_is_may_be_said_later(sara: Actor) -> None:
    sent = arrives("Ciao", sender="333 0000 001")
    assert actions.belongs_to(sent, sara.agency_id or 0, by=cast.SYSTEM).agency_id == sara.agency_id
