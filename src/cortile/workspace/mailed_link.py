"""What the mailed link of an office and of a service share: a code in a second mail, then a session that holds one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import Kind, current
from cortile.kit.forms import Form


class Code(Form):
    """The six figures of the mail."""

    code = forms.CharField(
        label=_("Codice di sei cifre"), max_length=20,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of link is opened: its page, what is said of a wrong code, who sends one, who opens with it, where it leads.

    ``opened`` takes a code and returns what the session then holds, or None.
    """

    page: str
    wrong: str | Promise
    send: Callable[[], object]
    opened: Callable[[str], Mapping[str, object] | None]
    onward: str


def come_in(request: HttpRequest, way: Way) -> HttpResponse:
    """Ask for a code, or bring it: then a fresh session holds the one thing, and nothing of who sat here before."""
    if request.method == "POST" and "code" not in request.POST:
        way.send()
        return redirect(f"{request.path}?codice=chiesto")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link = way.opened(form.words["code"])
        if link is not None:
            request.session.flush()
            request.session["link"] = dict(link)
            return redirect(way.onward)
        form.add_error("code", str(way.wrong))
    asked = bool(request.GET.get("codice")) or form.is_bound
    return render(request, way.page, {"form": form, "asked": asked}, status=form.status)


def leave(request: HttpRequest, onward: str) -> HttpResponse:
    """Close the session of a link."""
    if current().kind == Kind.LINK:
        request.session.flush()
    return redirect(onward)
