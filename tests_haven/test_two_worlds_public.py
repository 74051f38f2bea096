"""The lane's own doors: whoever stands outside is answered the same whether it holds no record or some."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from pytest_django import Settings

from cortile.haven import limiting
from cortile.haven.actions import appointments, records
from cortile.haven.models import Record, Slot
from cortile.kit import doors, scopes
from tests_haven import cast, published

Answer = Callable[[HttpRequest], HttpResponse]
# Drawn anew for each page, and telling nothing.
DRAWN = re.compile(rb'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|(?<=class="number"><bdi lang="it">)\w+ \w+')
NUMBER = "00000000-0000-4000-8000-000000000000"
LANGUAGES = ("it", "ar")
WORDS = ("", "q=girasole", "pagina=2", "lingua=en", "giorno=2026-03-12")
SAID: tuple[dict[str, str], ...] = (
    {},
    {"login": "chiara", "phrase": "sbagliata davvero"},
    {"login": "girasole", "words": "mare gatto"},
    # When a half hour of the desk alone begins.
    {"on": "2026-03-12", "at": "09:00", "two": "mare gatto"},
)
METHODS = ("GET", "HEAD", "POST", "PUT")
EVERY_WAY = tuple(product(METHODS, WORDS, LANGUAGES))
# Enough to see one page change: each step of the work asks again.
PLAINLY = tuple(product(METHODS, WORDS[:1], LANGUAGES[:1]))


def addresses() -> list[str]:
    """Return every address of the lane, the desk's too, filled with any number: nobody's shift is open here."""
    every = [path for path, _pattern in doors.addresses(get_resolver(), "/")]
    return [re.sub(r"<int:\w+>", "1", re.sub(r"<slug:\w+>|<str:\w+>", "a", re.sub(r"<uuid:\w+>", NUMBER, path))) for path in every]


def of_half_hours() -> list[str]:
    """Return the public pages, and the address of two half hours of each kind: those a record keeps, if any, among them."""
    chosen = [
        *Slot.objects.filter(public=True).order_by("starts_at")[:2],
        *Slot.objects.filter(public=False).order_by("starts_at")[:2],
    ]
    return [*published.PAGES, *(f"/orari/{slot.pk}/" for slot in chosen)]


def asked(client: Client, places: Iterable[str], ways: Iterable[tuple[str, str, str]]) -> dict[str, tuple[object, ...]]:
    """Ask every address in each way, and return what can be learned of each, undoing what was written."""
    found = {}
    for address, method, words, language in ((place, *way) for place, way in product(places, ways)):
        for said in SAID if method == "POST" else SAID[:1]:
            client.cookies.clear()
            limiting.forget()
            # Django keeps nine thousand statements and then warns: each answer is counted by itself.
            connection.queries_log.clear()
            with transaction.atomic(), CaptureQueriesContext(connection) as queries:
                where = f"{address}?{words}"
                answer = getattr(client, method.lower())(
                    where, said if method == "POST" else None, headers={"accept-language": language}
                )
                transaction.set_rollback(True)
            found[f"{method} {where} {language} {said}"] = _learned(answer, len(queries))
    return found


def _learned(answer: HttpResponse, queries: int) -> tuple[object, ...]:
    whole = b"".join(answer) if answer.streaming else answer.content
    told = DRAWN.sub(b"", whole)
    headers = dict(answer.headers)
    if "Content-Length" in headers:
        # Two words are as long as they are drawn.
        headers["Content-Length"] = str(int(headers["Content-Length"]) - len(whole) + len(told))
    return (
        answer.status_code,
        tuple(sorted(headers.items())),
        tuple(sorted(answer.cookies)),
        hashlib.sha256(told).hexdigest(),
        queries,
    )


def work() -> Iterator[str]:
    """Open three records, set an appointment of each, call one off and shred another; say what was done after each step."""
    shift, chiara = cast.shift("chiara"), cast.at_work("chiara")
    opened = [
        records.open_record(shift, code, by=chiara, callback=True, contact={"how": "telefono"})
        for code in ("girasole", "mare", "gatto")
    ]
    yield "opened"
    own = Slot.objects.filter(public=False).order_by("starts_at")
    kept = [appointments.appoint(shift, record, slot_id=slot.pk, by=chiara) for record, slot in zip(opened, own[:3], strict=True)]
    yield "appointed"
    appointments.call_off(shift, opened[1], kept[1].pk, by=chiara)
    yield "called off"
    records.shred(shift, opened[2], by=chiara)
    yield "shredded"


def differing(before: dict[str, tuple[object, ...]], after: dict[str, tuple[object, ...]]) -> list[str]:
    """Return the requests that are answered in another way."""
    return [name for name, seen in before.items() if after[name] != seen]


def told_apart(client: Client, ways: Iterable[tuple[str, str, str]] = EVERY_WAY) -> tuple[int, list[str]]:
    """Ask without records and with what is done in three; return how many pairs there were, and what differs."""
    published.everything()
    places = [*addresses(), *of_half_hours()]
    without = asked(client, places, ways)
    assert list(work())[-1] == "shredded"
    return len(without), differing(without, asked(client, places, ways))


@pytest.mark.slow
def test_nobody_outside_can_tell(client: Client) -> None:
    pairs, found = told_apart(client)
    assert pairs >= 50
    assert found == []


def test_no_step_of_the_work_in_a_record_shows_on_a_public_page(client: Client) -> None:
    published.everything()
    places = of_half_hours()
    before = asked(client, places, PLAINLY)
    assert {step: differing(before, asked(client, places, PLAINLY)) for step in work()} == {
        "opened": [], "appointed": [], "called off": [], "shredded": [],
    }  # fmt: skip


def test_a_public_half_hour_that_a_record_takes_is_noticed(client: Client) -> None:
    taken, places = published.everything(), of_half_hours()
    before = asked(client, places, PLAINLY)
    with scopes.opened(scopes.EVERYTHING):
        Slot.objects.filter(pk=taken.pk).update(taken=True)
    found = differing(before, asked(client, places, PLAINLY))
    assert {name.split("?")[0] for name in found} >= {"GET /orari/", f"GET /orari/{taken.pk}/", f"POST /orari/{taken.pk}/"}


class Leak:
    """Says in a header whether the lane holds a record."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with it."""
        response = self.get_response(request)
        response.headers["X-Held"] = str(Record.objects.exists())
        return response


def test_a_page_that_tells_is_noticed(client: Client, settings: Settings) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests_haven.test_two_worlds_public.Leak"]
    assert told_apart(client, PLAINLY)[1] != []


def test_a_record_that_is_there_answers_as_one_that_never_was(client: Client) -> None:
    record = records.open_record(cast.shift("chiara"), "girasole", by=cast.at_work("chiara"))
    there, never = (client.get(f"/lavoro/{number}/") for number in (record.pk, NUMBER))
    assert (there.status_code, there.content) == (
        never.status_code,
        never.content.replace(NUMBER.encode(), str(record.pk).encode()),
    )
