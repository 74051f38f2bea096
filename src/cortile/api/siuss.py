"""What INPS asks of a body (SIUSS, specification 2.0.1, ``api-comuni.yaml``): its flows, room for answers, whether we work."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from cortile.benefits import actions, transmissions
from cortile.benefits.siuss import outcomes
from cortile.kit.actor import current
from cortile.kit.doors import opens

PROBLEM = "application/problem+json"
_NUMBER = re.compile(r"[0-9]{1,21}", re.ASCII)
# A flow of somebody nobody knows must not stand in a cache on the way.
KEPT_NOWHERE = {"Cache-Control": "no-store"}


def problems(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say whatever goes wrong as ``Problem`` (RFC 7807), which is all the description allows."""

    @functools.wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            found = view(request)
        except Http404:
            return _problem(HTTPStatus.NOT_FOUND)
        except RequestDataTooBig:
            return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except DatabaseError:
            return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "La banca dati non risponde. Riprova.")
        if found.status_code < HTTPStatus.BAD_REQUEST or found.headers.get("Content-Type") == PROBLEM:
            return found
        return _in_the_place_of(found)

    return answer


@csrf_exempt
@problems
@opens("inps", sample="/api/waas/v1/flussi?since=0")
def flows(request: HttpRequest) -> HttpResponse:
    """Return the flows after ``since`` (milliseconds), oldest first, ten or ``limit`` at most; none is an empty list."""
    try:
        since = _number(request, "since")
        # The specification's own example calls it otherwise than its description.
        limit = _number(request, "limit" if "limit" in request.GET else "max_entries", outcomes.DEFAULT_LIMIT)
        outcomes.page([], since_ms=since, limit=limit)
    except ValueError as wrong:
        return _problem(HTTPStatus.BAD_REQUEST, str(wrong))
    found = transmissions.pulled(since_ms=since, limit=limit, by=current())
    return JsonResponse(outcomes.page(found, since_ms=since, limit=limit), headers=KEPT_NOWHERE)


@csrf_exempt
@problems
@opens("inps", methods="POST", sample="/api/waas/v1/esiti")
def results(request: HttpRequest) -> HttpResponse:
    """Take in INPS's answers, all or none: 204, and INPS brings them no more. Brought again they are the same."""
    try:
        found = outcomes.read(json.loads(request.body))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return _problem(HTTPStatus.BAD_REQUEST, "Il messaggio non è JSON.")
    except ValueError as wrong:
        return _problem(HTTPStatus.BAD_REQUEST, str(wrong))
    actions.take_in_results(found, by=current())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@csrf_exempt
@problems
@opens("public", sample="/api/waas/v1/status")
def status(_request: HttpRequest) -> HttpResponse:
    """Say whether the service works, and nothing else: the description asks no credentials for it."""
    said = outcomes.status(works=transmissions.works())
    return JsonResponse(said, status=int(said["status"]), content_type=PROBLEM, headers=KEPT_NOWHERE)


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    text = request.GET.get(name)
    if text is None and default is not None:
        return default
    if text is None or not _NUMBER.fullmatch(text):
        message = f"«{name}» deve essere un numero intero, da 0 in su."
        raise ValueError(message)
    return int(text)


def _problem(code: HTTPStatus, detail: str = "") -> JsonResponse:
    return JsonResponse(outcomes.problem(code, detail), status=code, content_type=PROBLEM, headers=KEPT_NOWHERE)


def _in_the_place_of(found: HttpResponse) -> HttpResponse:
    said = _problem(HTTPStatus(found.status_code))
    if found.status_code == HTTPStatus.UNAUTHORIZED:
        said.headers["WWW-Authenticate"] = "Bearer"
    if allowed := found.headers.get("Allow"):
        said.headers["Allow"] = allowed
    return said
