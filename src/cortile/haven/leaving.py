"""Leaving: the shift ends, the session with it, and the browser is told to forget what it keeps of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cortile.haven import keyring
from cortile.haven.middleware import SHIFT


def end(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End any shift and any session."""
    keyring.close(str(request.session.get(SHIFT, "")))
    request.session.flush()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
