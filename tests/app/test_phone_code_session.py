"""A session opened by a code sent to a telephone shows nothing sensitive: two worlds, with and without, equal to the byte."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from cortile.agenda import actions as agenda
from cortile.kit import clock, drafts
from cortile.kit.actor import Actor
from cortile.kit.models import StoredFile
from cortile.kit.sessions import SessionStore
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.people import actions as people
from cortile.people.access import session_of
from cortile.people.models import Person
from tests import cast
from tests.app.pages import masked, said

SECRET = "Ho paura di mio marito, zaffiro"
# The hours a call can be at are not among them: one that is taken may be anybody's.
PAGES = (
    "/casa/", "/casa/messaggi/", "/casa/io/", "/casa/aiuto/", "/casa/aiuto/racconta/", "/casa/aiuto/controlla/", "/casa/conti/",
    "/casa/conti/lettere/", "/casa/conti/parliamone/", "/casa/chi-aiuta/",
)  # fmt: skip


def phone(came_by: str = "sms", step: int = 1) -> Client:
    """Return Adele's phone, come in a certain way."""
    session = SessionStore()
    session["tenant"] = session_of(replace(cast.herself("adele"), came_by=came_by, step=step))
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def look(client: Client, extra: tuple[str, ...] = ()) -> dict[str, tuple[int, str]]:
    """Open every page as a reader without scripts."""
    answers = {page: client.get(page) for page in (*PAGES, *extra)}
    return {page: (answer.status_code, masked(answer)) for page, answer in answers.items()}


def photo() -> tuple[io.BytesIO, int]:
    """Return a small photo and its size."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    size = picture.tell()
    picture.seek(0)
    return picture, size


def ask(chip: str, adele: Person, as_adele: Actor) -> Thread:
    """Ask about something sensitive, with words and a photo."""
    listening.bring_photo(adele, *photo(), by=as_adele)
    return cast.open_request("adele", chip=chip, title="Sto male", words=SECRET)


def answered(adele: Person, as_adele: Actor) -> None:
    """Let the whole of a sensitive request happen: asked, answered, an hour booked."""
    marta, thread = cast.at_desk("marta"), ask("health", adele, as_adele)
    listening.say(thread, by=marta, text=SECRET)
    at = clock.at(date(2026, 3, 12), time(10))
    agenda.book(adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=at, thread=thread)


def nursing(adele: Person, as_adele: Actor) -> None:
    """Book an hour with the nurse, about no request."""
    at = clock.at(date(2026, 3, 12), time(10))
    agenda.book(adele, by=cast.at_desk("marta"), staff=cast.staff("lucia"), place=cast.space(), starts_at=at)


def calling(adele: Person, as_adele: Actor) -> None:
    """Promise a call about the rent."""
    agenda.book_call_back(ask("rent", adele, as_adele), by=cast.at_desk("marta"))


def writing(adele: Person, as_adele: Actor) -> None:
    """Begin to ask about something sensitive, with words and a photo, and leave it there."""
    drafts.keep(drafts.slot_of(as_adele, "ask", "/casa/aiuto/racconta/"), {"topic": "lonely", "story": SECRET})
    listening.bring_photo(adele, *photo(), by=as_adele)


def shared(adele: Person, as_adele: Actor) -> None:
    """Give another body a copy for it."""
    thread = ask("listening", adele, as_adele)
    people.share_copy(
        adele, by=cast.at_desk("marta"), to=cast.agency("comune-milano"), fields=["name"], purpose=SECRET, basis="consent",
        evidence="modulo firmato", until=date(2026, 4, 1), said_yes=True, thread_id=thread.pk,
    )  # fmt: skip


WORLDS: dict[str, Callable[[Person, Actor], object]] = {
    **{f"asked about {chip}": functools.partial(ask, chip) for chip in SENSITIVE_CHIPS},
    "answered, with an hour": answered, "an hour with the nurse": nursing, "a call about the rent": calling,
    "begun and left": writing, "a copy elsewhere": shared,
}  # fmt: skip


@pytest.mark.parametrize("happens", WORLDS.values(), ids=WORLDS.keys())
@pytest.mark.parametrize("came_by", ["sms", "voice"])
def test_both_worlds_are_one(adele: Person, as_adele: Actor, thread: Thread, came_by: str, happens: Callable[..., object]) -> None:
    hers = tuple(f"/casa/richieste/{thread.number}/{page}" for page in ("", "ricevuta/"))
    before = look(phone(came_by), hers)
    happens(adele, as_adele)
    assert look(phone(came_by), hers) == before


@pytest.mark.parametrize("happens", WORLDS.values(), ids=WORLDS.keys())
def test_with_the_code_of_the_sheet_they_are_two(adele: Person, as_adele: Actor, happens: Callable[..., object]) -> None:
    before = look(phone("paper"))
    happens(adele, as_adele)
    assert look(phone("paper")) != before


@pytest.mark.parametrize("chip", SENSITIVE_CHIPS)
def test_what_is_sensitive_is_not_there(adele: Person, as_adele: Actor, chip: str) -> None:
    here = f"/casa/richieste/{ask(chip, adele, as_adele).number}/"
    (kept,) = StoredFile.objects.filter(room="listening.thread")
    pages = [here, f"{here}ricevuta/", f"{here}foglio.pdf", f"{here}file/{kept.pk}/"]
    assert [phone("paper").get(page).status_code for page in pages] == [200] * 4
    assert [phone().get(page).status_code for page in pages] == [404] * 4
    assert phone().post(here, {"act": "say", "story": "x"}).status_code == 404


def test_one_sentence_for_everybody(adele: Person) -> None:
    told = "Qui non mostriamo tutto"
    assert [told in said(phone(way).get("/casa/")) for way in ("sms", "voice", "paper", "spid")] == [True, True, False, False]


def test_a_sensitive_request_can_still_be_sent_and_is_told_once(adele: Person) -> None:
    client = phone()
    client.post("/casa/aiuto/", {"topic": "lonely"})
    client.post("/casa/aiuto/racconta/", {"topic": "lonely", "story": SECRET})
    assert "zaffiro" in said(client.get("/casa/aiuto/controlla/"))
    sent = client.post("/casa/aiuto/controlla/", {"topic": "lonely", "story": SECRET, "answer_by": "phone", "once": "1"})
    receipt = sent.headers["Location"]
    assert str(Thread.objects.get().number) in said(client.get(receipt))
    assert client.get(receipt).status_code == 404
    assert "zaffiro" not in said(client.get("/casa/"))


def test_what_was_begun_with_another_code_is_found_again_with_it(adele: Person, as_adele: Actor) -> None:
    writing(adele, as_adele)
    phone().get("/casa/aiuto/racconta/")
    assert "zaffiro" in said(phone("paper").get("/casa/aiuto/racconta/"))


def test_an_ordinary_one_goes_on_in_the_next_session(adele: Person) -> None:
    phone().post("/casa/aiuto/", {"topic": "broken"})
    with clock.frozen(cast.NOW + timedelta(minutes=40)):
        assert "Hai una richiesta iniziata" in said(phone().get("/casa/"))


def test_a_sensitive_one_begun_here_does_not(adele: Person) -> None:
    phone().post("/casa/aiuto/", {"topic": "lonely"})
    assert "Hai una richiesta iniziata" not in said(phone().get("/casa/"))
    assert "Hai una richiesta iniziata" in said(phone("paper").get("/casa/"))


def test_photos_wait_apart(adele: Person, as_adele: Actor) -> None:
    listening.bring_photo(adele, *photo(), by=as_adele)
    client = phone()
    client.post("/casa/aiuto/", {"topic": "broken"})
    before = said(client.get("/casa/aiuto/racconta/"))
    listening.bring_photo(adele, *photo(), by=replace(as_adele, came_by="sms"))
    assert said(client.get("/casa/aiuto/racconta/")) != before
    listening.forget_mine(by=replace(as_adele, came_by="sms"))
    assert masked(client.get("/casa/aiuto/racconta/")).count("1 foto") == 0
