"""A partner without an account: a link in its mail, a code in a second one, then the one request it was sent.

Every answer here is the same whether the link is true, old or invented: the page says nothing a guesser could use.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.referrals import access, actions
from cortile.workspace import mailed_link
from cortile.workspace.mailed_link import Way

PAGE = "workspace/referrals/partner_link.html"
WRONG = _("Il codice non è giusto, oppure è scaduto. Chiedi un altro codice. Se non arriva, la richiesta è chiusa o ritirata.")


@opens("public", sample="/servizio/")
def partner_door(request: HttpRequest) -> HttpResponse:
    """Say how a partner comes in, when its link no longer opens anything; thank who has just said no."""
    return render(request, "workspace/referrals/partner_door.html", {"thanks": bool(request.GET.get("fatto"))})


@opens("public", methods="GET POST", sample="/servizio/l/esempio/")
def partner_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code, or bring it."""

    def opened(code: str) -> dict[str, object] | None:
        link = actions.open_link(by=current(), token=token, code=code)
        return access.session_of(link) if link is not None else None

    def send() -> object:
        return actions.request_link_code(by=current(), token=token)

    return mailed_link.come_in(request, Way(PAGE, WRONG, send, opened, "workspace:referrals_received"))


@opens("public", methods="POST", sample="/servizio/esci/")
def partner_leave(request: HttpRequest) -> HttpResponse:
    """Close a partner's session."""
    return mailed_link.leave(request, "workspace:partner_door")
