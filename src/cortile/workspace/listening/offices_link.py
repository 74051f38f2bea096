"""An office without an account: a link in its mail, a code in a second one, then its one question.

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
from cortile.listening import actions

PAGE = "workspace/listening/office_link.html"
WRONG = _("Il codice non è giusto, oppure è scaduto. Chiedi un altro codice. Se non arriva, la domanda è già chiusa o ritirata.")


class Code(Form):
    """The six figures of the mail."""

    code = forms.CharField(
        label=_("Codice di sei cifre"), max_length=20,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


@opens("public", sample="/ufficio/")
def office_door(request: HttpRequest) -> HttpResponse:
    """Say how an office comes in, when its link no longer opens anything."""
    return render(request, "workspace/listening/office_door.html")


@opens("public", methods="GET POST", sample="/ufficio/l/esempio/")
def office_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code, or bring it."""
    if request.method == "POST" and "code" not in request.POST:
        actions.request_link_code(by=current(), token=token)
        return redirect(f"{request.path}?codice=chiesto")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_link(by=current(), token=token, code=form.words["code"])
        if opened is not None:
            return _enter(request, {"id": opened.pk, "agency": opened.agency_id})
        form.add_error("code", WRONG)
    asked = bool(request.GET.get("codice")) or form.is_bound
    return render(request, PAGE, {"form": form, "asked": asked}, status=form.status)


def _enter(request: HttpRequest, link: dict[str, int]) -> HttpResponse:
    """Open a fresh session for the link: it holds one question and nothing of who sat here before."""
    request.session.flush()
    request.session["link"] = link
    return redirect("workspace:link_question")


@opens("public", methods="POST", sample="/ufficio/esci/")
def link_leave(request: HttpRequest) -> HttpResponse:
    """Close an office's session."""
    if current().kind == Kind.LINK:
        request.session.flush()
    return redirect("workspace:office_door")
