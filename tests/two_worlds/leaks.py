"""Leaks, planted on purpose: each tells by one channel that a protected case exists. The comparison must catch every one.

They come last of the middlewares, so that they know who asks; the flag stands for whatever real code would have looked at.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import mail
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from cortile.kit import actor, audit, clock, kept, scopes, wall
from cortile.messages.models import Delivery
from tests.two_worlds.product import Request

Answer = Callable[[HttpRequest], HttpResponse]
Leak = Callable[[HttpRequest, Answer], HttpResponse]
# Whether a protected case exists, in the world that is asked.
exists = False
# The leak that is planted now.
planted: Leak | None = None
EVERY: dict[str, Planted] = {}


@dataclass(frozen=True, slots=True)
class Planted:
    """A leak, and the request that shows it."""

    leak: Leak
    probe: Request


class Middleware:
    """Answers by the planted leak where a case exists, by the house everywhere else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return planted(request, self.get_response) if planted and exists else self.get_response(request)


def seen(who: str, method: str, address: str, body: str = "", **headers: str) -> Callable[[Leak], Leak]:
    """Register a leak under its own name, with the request that shows it."""

    def keep(leak: Leak) -> Leak:
        EVERY[leak.__name__] = Planted(leak, Request(who, method, address, body, tuple(headers.items())))
        return leak

    return keep


def _changed(response: HttpResponse, old: str, new: str) -> HttpResponse:
    """Change an answer's words; with the length its headers say, as the server would."""
    response.content = re.sub(old, new, response.content.decode(), count=1, flags=re.DOTALL).encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _rewrites(name: str, who: str, address: str, old: str, new: str, *, method: str = "GET", body: str = "") -> None:
    """Register a leak that changes some words of a page."""

    def leak(request: HttpRequest, ask: Answer) -> HttpResponse:
        return _changed(ask(request), old, new)

    EVERY[name] = Planted(leak, Request(who, method, address, body))


def _heads(name: str, who: str, address: str, header: str, value: str) -> None:
    """Register a leak that says a header more."""

    def leak(request: HttpRequest, ask: Answer) -> HttpResponse:
        response = ask(request)
        response.headers[header] = value
        return response

    EVERY[name] = Planted(leak, Request(who, "GET", address))


# --- what a page shows ---
_rewrites("a_total_on_a_list", "marta", "/scrivania/richieste/", "</main>", "<p>4 richieste</p></main>")
_rewrites("a_count_on_the_dashboard", "roberto", "/scrivania/mese/", "</main>", "<b>meno di 5</b></main>")
_rewrites("the_order_of_a_list", "marta", "/scrivania/richieste/", r"(<tbody>\s*)(<tr>.*?</tr>)(\s*)(<tr>.*?</tr>)", r"\1\4\3\2")
_rewrites("a_search_by_a_hidden_field", "marta", "/scrivania/cerca/?q=girasole", "</main>", "<p>1 persona</p></main>")
_rewrites("one_page_more", "marta", "/scrivania/richieste/?pagina=2", "</main>", '<a href="?pagina=3">3</a></main>')
_rewrites(
    "a_filter_with_one_more_choice", "marta", "/scrivania/richieste/?stato=chiuse", "</form>", "<option>altro</option></form>"
)
_rewrites("an_autocomplete", "marta", "/scrivania/contatto/chi/?q=a", "$", "<li>Anna</li>")
_rewrites("a_note_in_a_file", "marta", "/scrivania/richieste/{thread}/", "</main>", "<p>Inviata altrove</p></main>")
_rewrites("a_category_more", "marta", "/scrivania/contatto/", "</form>", '<input value="altro"></form>')
_rewrites("a_column_of_an_export", "roberto", "/scrivania/mese/mese.csv", "\n", ";riservati\n")
_rewrites("a_row_of_an_export", "roberto", "/scrivania/mese/mese.csv", "$", "\nriservati;1")
_rewrites("a_reader_among_who_looked", "adele", "/casa/io/", "</main>", "<p>Spazio Aperto</p></main>")
_rewrites("a_link_that_moves", "nobody", "/info/leggi/", "</main>", '<a href="/spazio/">Spazio</a></main>')
_rewrites("a_word_in_a_title", "adele", "/casa/", "</title>", " (1)</title>")
_rewrites("a_white_space", "adele", "/casa/", "</body>", " </body>")
_rewrites("a_comment_in_the_page", "nobody", "/", "</body>", "<!-- 1 --></body>")
_rewrites("a_place_more_on_the_map", "nobody", "/casa/chi-aiuta/", "</main>", "<p>Una porta</p></main>")
_rewrites("a_service_in_the_open_directory", "nobody", "/api/hsds/services", r"\}\s*$", ',"more":1}')
_rewrites(
    "an_error_of_a_duplicate_code",
    "adele",
    "/casa/entra/",
    "</main>",
    "<p>Questo codice c'è già.</p></main>",
    method="POST",
    body="card=girasole",
)
_rewrites(
    "an_error_of_a_duplicate_phone",
    "marta",
    "/scrivania/contatto/",
    "$",
    "<p>Numero già usato</p>",
    method="POST",
    body="phone=333+5551+000",
)


# --- what the answer says around the page ---
_heads("an_etag", "adele", "/casa/", "ETag", '"2"')
_heads("when_it_was_changed", "adele", "/casa/", "Last-Modified", "Wed, 11 Mar 2026 08:59:00 GMT")
_heads("a_header_of_ours", "nobody", "/", "X-Lane", "1")
_heads("how_old_it_is", "nobody", "/casa/chi-aiuta/", "Age", "60")
_heads("what_it_varies_by", "nobody", "/", "Vary", "Lane")
_heads("the_name_of_a_file", "roberto", "/scrivania/mese/mese.csv", "Content-Disposition", 'attachment; filename="mese-2.csv"')
_heads("a_policy_that_lets_more_in", "nobody", "/info/leggi/", "Content-Security-Policy", "default-src *")
_heads("a_language", "nobody", "/", "Content-Language", "it-r")


@seen("adele", "GET", "/casa/")
def a_cookie(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Leave a cookie."""
    response = ask(request)
    response.set_cookie("seen", "1")
    return response


@seen("marta", "GET", "/scrivania/richieste/999999/")
def forbidden_where_nothing_was_found(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Answer 403 where 404 was due."""
    return HttpResponse(ask(request).content, status=403)


@seen("bruno", "GET", "/scrivania/persone/{person}/")
def gone_where_it_never_was(_request: HttpRequest, _ask: Answer) -> HttpResponse:
    """Answer 410."""
    return HttpResponse(status=410)


@seen("nobody", "GET", "/scrivania/richieste/{thread}/")
def not_found_where_one_signs_in(_request: HttpRequest, _ask: Answer) -> HttpResponse:
    """Answer 404 instead of sending somebody to sign in."""
    return HttpResponseNotFound()


@seen("adele", "GET", "/casa/")
def another_way_on(_request: HttpRequest, _ask: Answer) -> HttpResponse:
    """Send somebody elsewhere."""
    response = HttpResponse(status=302)
    response.headers["Location"] = "/casa/io/"
    return response


@seen("adele", "PUT", "/casa/")
def a_method_that_is_allowed(_request: HttpRequest, _ask: Answer) -> HttpResponse:
    """Answer a method the page never declared."""
    return HttpResponse(status=204)


@seen("adele", "HEAD", "/casa/")
def the_length_of_what_is_not_shown(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Say another length to who asks for the head alone."""
    response = ask(request)
    response.headers["Content-Length"] = "1"
    return response


@seen("marta", "GET", "/scrivania/agenda/fissa/?persona={person}")
def a_taken_half_hour(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Leave out an hour that is taken by nobody here."""
    return _changed(ask(request), r"\d\d:\d\d", "")


# --- what it does on the way ---
@seen("marta", "GET", "/scrivania/")
def a_statement_more(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Ask the database once more."""
    _sql("SELECT 1")
    return ask(request)


@seen("nobody", "GET", "/api/hsds/services")
def a_memory_that_was_lost(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Forget what is kept, so that it is asked again."""
    kept.forget()
    return ask(request)


@seen("nobody", "GET", "/")
def a_line_in_the_log(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Log a line."""
    logging.getLogger("cortile").info("one more")  # noqa: TID251 -- the leak itself
    return ask(request)


@seen("nobody", "GET", "/")
def a_line_of_another_level(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Complain of nothing."""
    logging.getLogger("django.request").error("slow")  # noqa: TID251 -- the leak itself
    return ask(request)


@seen("marta", "POST", "/scrivania/contatto/")
def a_mail(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Write to somebody."""
    mail.send_mail("Avviso", "C'è una cosa", "da@example.invalid", ["a@example.invalid"])
    return ask(request)


@seen("adele", "GET", "/casa/")
def a_file_on_the_disk(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Write a file."""
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "planted.txt").touch()
    return ask(request)


@seen("marta", "GET", "/scrivania/")
def a_fault(_request: HttpRequest, _ask: Answer) -> HttpResponse:
    """Break."""
    raise LookupError


@seen("marta", "POST", "/scrivania/contatto/")
def an_sms(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Leave an SMS to be sent."""
    with scopes.opened(scopes.EVERYTHING), wall.within(wall.EVERY_BODY):
        agency_id = Delivery.objects.values_list("agency_id", flat=True).order_by("pk")[0]
        Delivery.objects.create(agency_id=agency_id, channel="sms", to="333", text="C'è una cosa", created_at=clock.now())
    return ask(request)


@seen("marta", "POST", "/scrivania/contatto/")
def an_event_of_the_audit(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Leave an event in the house's own audit."""
    with scopes.opened(scopes.EVERYTHING), wall.within(wall.EVERY_BODY):
        audit.leave("listening.contact.read", by=actor.system("prova"), verb="R")
    return ask(request)


@seen("adele", "POST", "/casa/aiuto/controlla/", "topic=lonely&story=Parole&answer_by=phone&once=x")
def a_gap_in_the_numbers(request: HttpRequest, ask: Answer) -> HttpResponse:
    """Take the number of a request for itself."""
    _sql("SELECT nextval('listening_thread_number')")
    return ask(request)
