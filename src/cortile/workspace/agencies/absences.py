"""Days away: whoever is absent writes them once, and the deputy answers from the first morning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import actions, policy, reads
from cortile.agencies.access import may_set_absence
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, day, refusals_on


class AbsenceForm(Form):
    """Who, from when, until when."""

    who = forms.TypedChoiceField(label=_("Chi sarà assente?"), coerce=int)
    first_day = day(_("Primo giorno"))
    last_day = day(_("Ultimo giorno"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        members = [s for s in reads.colleagues(by.agency_id or 0) if s.pk != by.id and may_set_absence(by, s)]
        self.offer("who", [(by.id, by.name), *((s.pk, s.display_name) for s in members)], by.id)


@opens("set absence", methods="GET POST", sample="/scrivania/assenza/")
def absence(request: HttpRequest) -> HttpResponse:
    """Write days of absence."""
    by = current()
    form = AbsenceForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            words = form.words
            actions.set_absence(reads.staff(words["who"]), by=by, first_day=words["first_day"], last_day=words["last_day"])
            return redirect("workspace:absence")
    shown = {
        "form": form, "absences": reads.absences_of(by.id or 0), "me": reads.staff(by.id or 0),
        "office": policy.can(by, "office queue"), "tab": "office" if policy.can(by, "office queue") else "agenda",
    }  # fmt: skip
    return render(request, "workspace/agencies/absence.html", shown, status=form.status)
