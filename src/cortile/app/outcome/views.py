"""The outcome of one's own application: what, why, how the sum was made, what to do and until when; and a new look, if asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.accounts.access import identified
from cortile.benefits import outcomes, words
from cortile.benefits.actions import examination as actions
from cortile.kit import actor as actors
from cortile.kit.actor import Kind
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on, text


class Words(Form):
    """What she thinks is wrong, or what she answers before a no."""

    story = text(_("Scrivi che cosa non va, con parole tue"), rows=3)


@opens("tenant", methods="GET POST", sample="/casa/esito/1042/")
def outcome(request: HttpRequest, number: int) -> HttpResponse:
    """Show the answer; take in her words about it."""
    by, form = actors.current(), Words(request.POST if request.method == "POST" else None)
    if by.kind == Kind.TENANT and not identified(by):
        return render(request, "app/outcome/who.html")
    found = outcomes.outcome_for(number, by=by)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            once, said = request.POST.get("once", ""), form.cleaned_data["story"]
            if found.application.state == "notice":
                actions.take_observations(found.application.pk, by=by, text=said, channel="app", once=once)
            else:
                actions.ask_review(found.application.pk, by=by, text=said, once=once)
            return redirect("app:outcome", number)
    shown = {"outcome": found, "trace": found.trace, "form": form, "states": words.TRACE_STATES}
    return render(request, "app/outcome/outcome.html", shown, status=form.status)
