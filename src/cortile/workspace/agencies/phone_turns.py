"""The week of the phone: who answers the number printed on every sheet, on which days, from when to when."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from cortile.agencies import actions, reads
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on

CHOOSE = ("", _("Scegli"))
NINE, FIVE = time(9), time(17)


def _hour(label: Any, initial: time) -> forms.TimeField:  # noqa: ANN401 -- lazy strings
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"})
    wrong = {"invalid": _("Questa ora non esiste. Scrivila così: 9:30.")}
    return forms.TimeField(label=label, initial=initial, widget=widget, error_messages=wrong)


class TurnForm(Form):
    """One turn of the week."""

    who = forms.TypedChoiceField(label=_("Chi risponde al telefono?"), coerce=int)
    weekday = forms.TypedChoiceField(label=_("In che giorno?"), coerce=int, choices=list(WEEKDAYS.items()))
    opens = _hour(_("Dalle"), NINE)
    closes = _hour(_("Alle"), FIVE)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.offer("who", [CHOOSE, *((s.pk, s.display_name) for s in reads.who_can_answer(by.agency_id or 0))])


@opens("set phone turns", methods="GET POST", sample="/scrivania/amministrazione/telefono/")
def phone_turns(request: HttpRequest) -> HttpResponse:
    """Show the week of the phone; write a turn, or take one off."""
    by, gone = current(), request.POST.get("togli", "")
    form = TurnForm(request.POST if request.method == "POST" and not gone else None, by=by)
    if gone.isdigit():
        actions.remove_phone_turn(int(gone), by=by)
        return redirect("workspace:phone_turns")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _save(form, by)
            return redirect("workspace:phone_turns")
    body = reads.agency_by_id(by.agency_id or 0)
    turns = [(WEEKDAYS[turn.weekday], turn) for turn in reads.phone_turns(body.pk)]
    shown = {"tab": "administration", "form": form, "turns": turns, "body": body}
    return render(request, "workspace/agencies/phone_turns.html", shown, status=form.status)


def _save(form: TurnForm, by: Actor) -> None:
    said = form.words
    actions.set_phone_turn(reads.staff(said.pop("who")), by=by, **said)
