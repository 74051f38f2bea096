"""An office without an account: a link in its mail, a code in a second one, then its one question.

Every answer here is the same whether the link is true, old or invented: the page says nothing a guesser could use.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.listening import actions
from cortile.workspace import mailed_link
from cortile.workspace.mailed_link import Way

PAGE = "workspace/listening/office_link.html"
WRONG = _("Il codice non è giusto, oppure è scaduto. Chiedi un altro codice. Se non arriva, la domanda è già chiusa o ritirata.")


@opens("public", sample="/ufficio/")
def office_door(request: HttpRequest) -> HttpResponse:
    """Say how an office comes in, when its link no longer opens anything."""
    return render(request, "workspace/listening/office_door.html")


@opens("public", methods="GET POST", sample="/ufficio/l/esempio/")
def office_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code, or bring it."""

    def opened(code: str) -> dict[str, object] | None:
        link = actions.open_link(by=current(), token=token, code=code)
        return {"id": link.pk, "agency": link.agency_id} if link is not None else None

    def send() -> object:
        return actions.request_link_code(by=current(), token=token)

    return mailed_link.come_in(request, Way(PAGE, WRONG, send, opened, "workspace:link_question"))


@opens("public", methods="POST", sample="/ufficio/esci/")
def link_leave(request: HttpRequest) -> HttpResponse:
    """Close an office's session."""
    return mailed_link.leave(request, "workspace:office_door")
