"""A partner without an account: a link in its mail, a code in a second one, then the one request it was sent.

Every answer here is the same whether the link is true, old or invented: the page says nothing a guesser could use.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import Kind, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form
from cortile.referrals import access, actions

PAGE = "workspace/referrals/partner_link.html"
WRONG = _("Il codice non è giusto, oppure è scaduto. Chiedi un altro codice. Se non arriva, la richiesta è chiusa o ritirata.")


class Code(Form):
    """The six figures of the mail."""

    code = forms.CharField(
        label=_("Codice di sei cifre"), max_length=20,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


@opens("public", sample="/servizio/")
def partner_door(request: HttpRequest) -> HttpResponse:
    """Say how a partner comes in, when its link no longer opens anything; thank who has just said no."""
    return render(request, "workspace/referrals/partner_door.html", {"thanks": bool(request.GET.get("fatto"))})


@opens("public", methods="GET POST", sample="/servizio/l/esempio/")
def partner_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code, or bring it."""
    if request.method == "POST" and "code" not in request.POST:
        actions.request_link_code(by=current(), token=token)
        return redirect(f"{request.path}?codice=chiesto")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_link(by=current(), token=token, code=form.words["code"])
        if opened is not None:
            return _enter(request, access.session_of(opened))
        form.add_error("code", WRONG)
    asked = bool(request.GET.get("codice")) or form.is_bound
    return render(request, PAGE, {"form": form, "asked": asked}, status=form.status)


def _enter(request: HttpRequest, link: dict[str, object]) -> HttpResponse:
    """Open a fresh session for the link: it holds one request and nothing of who sat here before."""
    request.session.flush()
    request.session["link"] = link
    return redirect("workspace:referrals_received")


@opens("public", methods="POST", sample="/servizio/esci/")
def partner_leave(request: HttpRequest) -> HttpResponse:
    """Close a partner's session."""
    if current().kind == Kind.LINK:
        request.session.flush()
    return redirect("workspace:partner_door")
