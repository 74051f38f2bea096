"""How a shift ends, whichever way somebody leaves: the key out of memory, the session gone, the browser told to forget."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cortile.haven import keyring
from cortile.haven.middleware import LEFT, SHIFT
from cortile.kit.actor import PUBLIC

# As long as «Esci subito» leaves it: a page the browser kept reads it, asks again, and finds no shift.
MARKED = 1800


def end(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End the shift of a request, if there is one, and have the browser forget what it keeps of ours."""
    token = str(request.session.get(SHIFT, ""))
    keyring.close(token)
    request.session.flush()
    request.actor = PUBLIC  # type: ignore[attr-defined]  # the page that says goodbye is nobody's
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    # Scripts read it, and it says nothing: a page kept aside empties itself (cortile.js). Nobody else is given one.
    if token:
        response.set_cookie(LEFT, "no", max_age=MARKED, samesite="Strict")
        # The forms' own key would stay for a year.
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=settings.CSRF_COOKIE_SAMESITE)
    return response
