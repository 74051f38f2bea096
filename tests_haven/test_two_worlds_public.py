"""The lane's own doors: whoever stands outside is answered the same whether it holds no record or some."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from cortile.haven.actions import records
from cortile.haven.models import Record
from cortile.kit.doors import opening_of
from tests_haven import cast

Answer = Callable[[HttpRequest], HttpResponse]
# Drawn anew for each page, and telling nothing.
DRAWN = re.compile(rb'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"')
NUMBER = "00000000-0000-4000-8000-000000000000"
LANGUAGES = ("it", "ar")
WORDS = ("", "q=girasole", "pagina=2", "lingua=en", "giorno=2026-03-12")
SAID: tuple[dict[str, str], ...] = (
    {},
    {"login": "chiara", "phrase": "sbagliata davvero"},
    {"login": "girasole", "words": "mare gatto"},
)
METHODS = ("GET", "HEAD", "POST", "PUT")


def addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Return every address of the lane, the desk's too, filled with any number: nobody's shift is open here."""
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, path)
        elif isinstance(part, URLPattern) and opening_of(part.callback):
            yield re.sub(r"<int:\w+>", "1", re.sub(r"<slug:\w+>|<str:\w+>", "a", re.sub(r"<uuid:\w+>", NUMBER, path)))


def asked(client: Client) -> dict[str, tuple[object, ...]]:
    """Ask every address in every way, and return what can be learned of each, undoing what was written."""
    found = {}
    for address, method, words, language in product(addresses(get_resolver()), METHODS, WORDS, LANGUAGES):
        for said in SAID if method == "POST" else SAID[:1]:
            client.cookies.clear()
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
    body = hashlib.sha256(DRAWN.sub(b"", b"".join(answer) if answer.streaming else answer.content)).hexdigest()
    cookies = tuple(sorted(answer.cookies))
    return answer.status_code, tuple(sorted(answer.headers.items())), cookies, body, queries


def told_apart(client: Client) -> tuple[int, list[str]]:
    """Ask without records and with three; return how many pairs there were, and what differs."""
    without = asked(client)
    shift, chiara = cast.shift("chiara"), cast.at_work("chiara")
    for code in ("girasole", "mare", "gatto"):
        records.open_record(shift, code, by=chiara, callback=True, contact={"how": "telefono"})
    with_records = asked(client)
    return len(without), [name for name, seen in without.items() if with_records[name] != seen]


@pytest.mark.slow
def test_nobody_outside_can_tell(client: Client) -> None:
    pairs, found = told_apart(client)
    assert pairs >= 50
    assert found == []


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
    assert told_apart(client)[1] != []


def test_a_record_that_is_there_answers_as_one_that_never_was(client: Client) -> None:
    record = records.open_record(cast.shift("chiara"), "girasole", by=cast.at_work("chiara"))
    there, never = (client.get(f"/lavoro/{number}/") for number in (record.pk, NUMBER))
    assert (there.status_code, there.content) == (
        never.status_code,
        never.content.replace(NUMBER.encode(), str(record.pk).encode()),
    )
