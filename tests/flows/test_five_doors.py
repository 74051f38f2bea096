"""Twenty requests over five doors, one expired at each: the same record, the same words of state, the same receipt."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pypdf
import pytest
from django.db.models import QuerySet
from django.http import HttpResponse

from cortile.kit import clock, scopes
from cortile.listening import actions
from cortile.listening.models import Thread
from cortile.messages.models import IncomingSms, Message
from tests import cast
from tests.sessions import Enter

pytestmark = pytest.mark.slow
WHO = ("adele", "samira", "gianni", "gianni")
MOBILE = {"adele": "333 5550 199", "samira": "333 5550 101", "gianni": "333 5550 102"}
LONG_AGO = cast.NOW - timedelta(days=21)
DAY = re.compile(r"(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica) \d{1,2} \w+(?: \d{4})?")
Door = Callable[[Enter, str], HttpResponse]


def _app(enter: Enter, who: str) -> HttpResponse:
    said = {"topic": "broken", "story": "Non scalda", "answer_by": "app", "once": str(Thread.objects.count())}
    return enter(who).post("/casa/aiuto/controlla/", said)  # type: ignore[return-value]  # the client's own response


def _sms(enter: Enter, who: str) -> HttpResponse:
    with scopes.opened(scopes.EVERYTHING):
        row = IncomingSms.objects.create(
            agency=cast.agency(), reference=f"{who}{IncomingSms.objects.count()}", sender=MOBILE[who], text="Non scalda",
            received_at=clock.now(),
        )  # fmt: skip
    return enter("silvia").post(f"/scrivania/telefono/sms/{row.pk}/apri/")  # type: ignore[return-value]  # the client's own response


def _at_desk(channel: str) -> Door:
    def door(enter: Enter, who: str) -> HttpResponse:
        said = {
            "persons": [cast.person(who).pk], "chip": "faults", "done_what": "opened_request", "channel": channel, "minutes": "10",
            "urgency": "normal", "answer_by": "phone", "wants": "Non scalda", "once": f"{channel}{Thread.objects.count()}",
        }  # fmt: skip
        return enter("silvia").post("/scrivania/contatto/", said)  # type: ignore[return-value]  # the client's own response

    return door


DOORS: dict[str, Door] = {
    "app": _app, "sms": _sms, "phone": _at_desk("phone"), "paper": _at_desk("paper"), "in_person": _at_desk("in_person"),
}  # fmt: skip
Opened = dict[str, list[Thread]]


@pytest.fixture
def opened(enter: Enter) -> Opened:
    """Open four requests at each door, the last of them three weeks ago, and look at the dates as every morning."""
    cast.give_mobile("adele")
    with clock.frozen(LONG_AGO):
        _open(enter, WHO[3:])
    _open(enter, WHO[:3])
    actions.keep_watch(cast.agency(), by=cast.machine())
    return {door: list(Thread.objects.filter(channel=door).order_by("-opened_at", "pk")) for door in DOORS}


def _open(enter: Enter, whose: tuple[str, ...]) -> None:
    for door in DOORS.values():
        for who in whose:
            assert door(enter, who).status_code == 302


def of(opened: Opened, n: int) -> list[Thread]:
    """Return the request with the same number of turn at each door."""
    return [found[n] for found in opened.values()]


def same(said: list[str]) -> bool:
    """Tell whether five doors said one thing."""
    return len(said) == len(DOORS) and len(set(said)) == 1


def without(thread: Thread, text: str) -> str:
    """Return a text without what is of this request alone: its number and its days."""
    return DAY.sub("quel giorno", " ".join(text.replace("\u00a0", " ").split()).replace(str(thread.number), "1001"))


def card(enter: Enter, thread: Thread) -> str:
    """Return what the app says of a request: its state, its promise, who follows it."""
    page = enter(thread.person.code).get(f"/casa/richieste/{thread.number}/").content.decode()
    found = re.search(r'<div class="card [^"]*">(.*?)</div>', page, re.DOTALL)
    return without(thread, re.sub(r"<[^>]+>", " ", found.group(1) if found else ""))


def test_twenty_requests_came_in_by_five_doors(opened: Opened) -> None:
    assert [len(found) for found in opened.values()] == [4] * 5


@pytest.mark.parametrize("n", range(4))
def test_the_record_is_the_same(opened: Opened, n: int) -> None:
    assert same([repr(_shape(thread)) for thread in of(opened, n)])


def _shape(thread: Thread) -> dict[str, object]:
    """Return what every request has: an owner, the ball, a date; a line, a promise, a receipt."""
    return {
        "owner": thread.owner_id, "ball": thread.ball, "state": thread.state, "dated": thread.next_date is not None,
        "kept": thread.first_promise <= (thread.next_date or thread.first_promise), "late": thread.late_for is not None,
        "lines": list(thread.entries.filter(public=True).values_list("kind", "text")),
        "promises": thread.promises.count(), "told": list(_told(thread).values_list("key", flat=True)),
    }  # fmt: skip


def _told(thread: Thread) -> QuerySet[Message]:
    return Message.objects.filter(about_thing="listening.thread", about_id=thread.pk).order_by("pk")


@pytest.mark.parametrize("n", range(4))
def test_the_words_of_its_state_are_the_same(enter: Enter, opened: Opened, n: int) -> None:
    assert same([card(enter, thread) for thread in of(opened, n)])


def test_an_expired_one_says_so_at_every_door(enter: Enter, opened: Opened) -> None:
    said = [card(enter, thread) for thread in of(opened, 3)]
    assert all("Siamo in ritardo e ci scusiamo" in words for words in said)
    assert not any("Siamo in ritardo" in card(enter, thread) for thread in of(opened, 0))


@pytest.mark.parametrize("n", range(4))
def test_the_receipt_is_the_same(enter: Enter, opened: Opened, n: int) -> None:
    said = []
    for thread in of(opened, n):
        page = enter(thread.person.code).get(f"/casa/richieste/{thread.number}/ricevuta/").content.decode()
        # Without the style sheet: a number of ours may be one of its lengths.
        words = re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL))
        said.append(without(thread, words))
    assert same(said)


@pytest.mark.parametrize("n", range(4))
def test_the_message_that_says_it_is_the_same(opened: Opened, n: int) -> None:
    assert same([without(thread, _told(thread)[0].body_it) for thread in of(opened, n)])


@pytest.mark.parametrize("n", range(4))
def test_the_paper_is_the_same(enter: Enter, opened: Opened, n: int) -> None:
    said = []
    for thread in of(opened, n):
        paper = pypdf.PdfReader(io.BytesIO(enter("silvia").get(f"/scrivania/richieste/{thread.number}/foglio.pdf").content))
        said.append(without(thread, " ".join(page.extract_text() for page in paper.pages)))
    assert same(said)


@pytest.mark.parametrize("n", range(4))
def test_read_on_the_phone_it_is_the_same(enter: Enter, opened: Opened, n: int) -> None:
    said = []
    for thread in of(opened, n):
        page = enter("silvia").post("/scrivania/telefono/", {"number": thread.number}).content.decode()
        said.append(without(thread, page[page.index('id="parole"') : page.index("Non dire di che cosa parla")]))
    assert same(said)


def test_a_door_that_says_something_else_would_be_noticed(enter: Enter, opened: Opened) -> None:
    first = opened["paper"][0]
    actions.take(first, by=cast.at_desk("marta"))
    assert not same([card(enter, thread) for thread in of(opened, 0)])
