"""The public directory, as Open Referral HSDS 3.1's description says it: every list, page, filter and nested answer.

Open to everybody and to every page of the web (CORS); kept for a minute; the same for all, so that any cache may keep it.
No form of ours comes here, so none brings a token: a method nobody declared is 405, like anywhere.
What we cannot read is answered 404, with what was wrong: the description knows no other answer (docs/hsds.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.csrf import csrf_exempt

from cortile.directory import hsds, reads
from cortile.directory.reads import Page, Wanted
from cortile.kit.doors import opens
from cortile.kit.kept import Kept
from cortile.kit.refusals import NotVisible

ROOT = "/api/hsds/"
PROFILE = "https://docs.openreferral.org/en/v3.1.0/hsds/"
DESCRIPTION = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/openapi.json"
USUAL, MOST = 50, 500
KEPT_SECONDS = 60
# Only answers of a sensible number of addresses: a stranger may ask for as many as there are numbers.
_answers = Kept("directory_", most=400)
# A larger answer is made each time: together those kept take a hundred megabytes at most.
LARGEST_KEPT = 256 * 1024
# A minute of a browser's, and of whatever cache stands between.
_OPEN = {
    "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag", "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": f"public, max-age={KEPT_SECONDS}", "Content-Language": "it",
}  # fmt: skip
Json = dict[str, Any]
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


class Unreadable(Exception):  # noqa: N818 -- an answer, not a fault
    """A parameter that says nothing we understand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a list."""

    wanted: Wanted
    page: int
    per_page: int
    full: bool
    full_service: bool
    minimal: bool
    lines: bool


@csrf_exempt
@opens("public", sample="/api/hsds/")
def about(request: HttpRequest) -> HttpResponse:
    """Say which version this is, who publishes it, and where its description is."""
    told = {
        "version": hsds.VERSION, "profile": PROFILE, "openapi_url": DESCRIPTION, "publisher": settings.HSDS_PUBLISHER,
        "description": "Servizi vicini alle case popolari. Ogni scheda dice quando è stata confermata (assured_date).",
    }  # fmt: skip
    return _answer(request, None, lambda: _text(told))


@csrf_exempt
@opens("public", methods="GET POST", sample="/api/hsds/services")
def services(request: HttpRequest) -> HttpResponse:
    """List cards."""

    def find(asked: Asked) -> Json:
        if asked.minimal:
            every = reads.all_services()
            return _listed(Page(every, 1, len(every), 1), hsds.service_least)
        page = reads.services(asked.wanted, asked.page, asked.per_page, full=asked.full)
        return _listed(page, hsds.service_full if asked.full else hsds.service_line)

    return _list(request, find)


@csrf_exempt
@opens("public", methods="GET POST", sample="/api/hsds/organizations")
def organizations(request: HttpRequest) -> HttpResponse:
    """List organisations."""

    def find(asked: Asked) -> Json:
        nested = asked.full or asked.full_service
        page = reads.organizations(asked.wanted, asked.page, asked.per_page, full=nested)
        return _listed(page, (lambda row: _organization(row, full=asked.full_service)) if nested else hsds.organization_line)

    return _list(request, find)


@csrf_exempt
@opens("public", methods="GET POST", sample="/api/hsds/service_at_locations")
def at_locations(request: HttpRequest) -> HttpResponse:
    """List services in places."""

    def find(asked: Asked) -> Json:
        page = reads.at_locations(asked.wanted, asked.page, asked.per_page, full=asked.full)
        return _listed(page, hsds.at_location_nested if asked.full else hsds.at_location_line)

    return _list(request, find)


@csrf_exempt
@opens("public", methods="GET POST", sample="/api/hsds/taxonomies")
def taxonomies(request: HttpRequest) -> HttpResponse:
    """List the lists of terms."""
    return _list(request, lambda asked: _listed(reads.taxonomies(asked.wanted, asked.page, asked.per_page), hsds.taxonomy))


@csrf_exempt
@opens("public", methods="GET POST", sample="/api/hsds/taxonomy_terms")
def terms(request: HttpRequest) -> HttpResponse:
    """List terms."""
    return _list(request, lambda asked: _listed(reads.terms(asked.wanted, asked.page, asked.per_page), hsds.term))


@csrf_exempt
@opens("public", sample="/api/hsds/services/esempio")
def service(request: HttpRequest, service_uuid: str) -> HttpResponse:
    """Show one card, with all that belongs to it."""
    return _answer(request, _id(service_uuid), lambda: _text(hsds.service_full(reads.service(service_uuid))))


@csrf_exempt
@opens("public", sample="/api/hsds/organizations/esempio")
def organization(request: HttpRequest, organization_uuid: str) -> HttpResponse:
    """Show one organisation with its services, whole with ``full_service=true``."""
    try:
        full = _yes(request, "full_service")
    except Unreadable as wrong:
        return _not_found(str(wrong))
    known = (_id(organization_uuid), full)
    return _answer(request, known, lambda: _text(_organization(reads.organization(organization_uuid), full=full)))


@csrf_exempt
@opens("public", sample="/api/hsds/service_at_locations/esempio")
def at_location(request: HttpRequest, place_uuid: str) -> HttpResponse:
    """Show a service in a place."""
    return _answer(request, _id(place_uuid), lambda: _text(hsds.at_location_full(reads.at_location(place_uuid))))


@csrf_exempt
@opens("public", sample="/api/hsds/taxonomies/esempio")
def taxonomy(request: HttpRequest, taxonomy_uuid: str) -> HttpResponse:
    """Show one list of terms."""
    return _answer(request, _id(taxonomy_uuid), lambda: _text(hsds.taxonomy(reads.taxonomy(taxonomy_uuid))))


@csrf_exempt
@opens("public", sample="/api/hsds/taxonomy_terms/esempio")
def term(request: HttpRequest, term_uuid: str) -> HttpResponse:
    """Show one term."""
    return _answer(request, _id(term_uuid), lambda: _text(hsds.term(reads.term(term_uuid))))


def _organization(row: Any, *, full: bool) -> Json:  # noqa: ANN401 -- a model closed to doors
    said = hsds.service_full if full else hsds.service_bare
    return hsds.organization_full(row, (said(s) for s in row.services.all()))


# --- answering ---


def _list(request: HttpRequest, find: Callable[[Asked], Json]) -> HttpResponse:
    try:
        asked = _asked(request)
    except Unreadable as wrong:
        return _not_found(str(wrong))
    if asked.lines:
        return _streamed(find, asked)
    return _answer(request, asked, lambda: _text(find(asked)))


def _answer(request: HttpRequest, asked: Hashable, make: Callable[[], bytes]) -> HttpResponse:
    """Answer with what was made this minute, or that nothing changed since (``If-None-Match``).

    ``asked`` is what we understood, never the address as it was written: one question written in many ways is kept once.
    """
    which = request.resolver_match.url_name if request.resolver_match else ""
    try:
        body, tag = _answers.get((which, asked), lambda: _tagged(make()), lambda kept: len(kept[0]) <= LARGEST_KEPT)
    except NotVisible:
        return _not_found("id")
    same = tag in request.headers.get("If-None-Match", "").replace("W/", "")
    return _opened(HttpResponse(b"" if same else body, status=304 if same else 200, content_type="application/json"), tag)


def _tagged(body: bytes) -> tuple[bytes, str]:
    return body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def _text(told: Json) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _opened(response: Answer, tag: str = "") -> Answer:
    for name, value in _OPEN.items():
        response.headers[name] = value
    if tag:
        response.headers["ETag"] = tag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _not_found(what: str) -> HttpResponse:
    said = {"error": "not-found", "parameter": what, "description": "Non troviamo quello che chiedi: controlla questo valore."}
    return _opened(HttpResponse(_text(said), status=404, content_type="application/json"))


def _streamed(find: Callable[[Asked], Json], asked: Asked) -> HttpResponse:
    """Send every row on its own line, a page at a time (``format=ndjson``)."""

    def lines() -> Iterator[bytes]:
        number, last = 1, False
        while not last:
            page = find(Asked(asked.wanted, number, MOST, asked.full, asked.full_service, asked.minimal, lines=True))
            yield b"".join(_text(row) + b"\n" for row in page["contents"])
            number, last = number + 1, page["last_page"]

    return _opened(StreamingHttpResponse(lines(), content_type="application/x-ndjson"))  # type: ignore[return-value]  # Django sends either


def _listed(page: Page[Any], said: Callable[[Any], Json]) -> Json:
    return {
        "total_items": page.total_items, "total_pages": page.total_pages, "page_number": page.number, "size": len(page.rows),
        "first_page": page.number == 1, "last_page": page.number >= page.total_pages, "empty": not page.rows,
        "contents": [said(row) for row in page.rows],
    }  # fmt: skip


# --- reading what is asked ---


def _asked(request: HttpRequest) -> Asked:
    """Read the parameters of a list. Raise ``Unreadable`` with the name of the first that says nothing."""
    near = _one(request, "proximity")
    wanted = Wanted(
        search=_one(request, "search"), term=_one(request, "taxonomy_term_id"), taxonomy=_one(request, "taxonomy_id"),
        organization=_one(request, "organization_id"), parent=_one(request, "parent_id"),
        modified_after=_moment(_one(request, "modified_after")), postcode=_one(request, "postcode"),
        metres=_metres(near) if near else None, childless=_yes(request, "top_only"),
    )  # fmt: skip
    return Asked(
        wanted, page=_number(request, "page", 1), per_page=min(max(_number(request, "per_page", USUAL), 1), MOST),
        full=_yes(request, "full"), full_service=_yes(request, "full_service"), minimal=_yes(request, "minimal"),
        lines=_one(request, "format") == "ndjson",
    )  # fmt: skip


def _id(said: str) -> UUID | None:
    """Read an id, however it is written. One that is not is kept under nothing: it is found nowhere either."""
    try:
        return UUID(said)
    except ValueError:
        return None


def _one(request: HttpRequest, name: str) -> str:
    """Return a parameter said once, without what PostgreSQL cannot hold."""
    said = request.GET.getlist(name)
    if len(said) > 1:
        raise Unreadable(name)
    return said[0].replace("\0", "").strip() if said else ""


def _number(request: HttpRequest, name: str, usual: int) -> int:
    said = _one(request, name)
    if not said and name not in request.GET:
        return usual
    if not re.fullmatch(r"[+-]?[0-9]{1,60}", said):
        raise Unreadable(name)
    return int(said)


def _yes(request: HttpRequest, name: str) -> bool:
    said = _one(request, name)
    if name in request.GET and said not in {"true", "false"}:
        raise Unreadable(name)
    return said == "true"


def _metres(said: str) -> float:
    if not re.fullmatch(r"[0-9]{1,7}(?:\.[0-9]{1,6})?", said):
        raise Unreadable("proximity")
    return float(said)


def _moment(said: str) -> datetime | None:
    """Read a date or a moment; one without a zone is UTC."""
    if not said:
        return None
    try:
        found = parse_datetime(said.replace(" ", "+")) or parse_date(said)
    except ValueError:
        found = None
    if found is None:
        raise Unreadable("modified_after")
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return _midnight(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
