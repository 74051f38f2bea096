"""How a tenant's session begins and ends, whatever way somebody came in by."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from cortile.kit.actor import Actor
from cortile.people.access import session_of


def begin(request: HttpRequest, signed: Actor, onward: str) -> HttpResponse:
    """Start a new session and go on where one was going: nothing of who used this phone before is left in it."""
    request.session.flush()
    request.session["tenant"] = session_of(signed)
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return redirect(onward if safe else "app:home")


def end(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End any session, and have the browser forget what it keeps of ours."""
    request.session.flush()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
