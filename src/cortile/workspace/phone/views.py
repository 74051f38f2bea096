"""Who answers the phone: a number is said, and what the app says of it is read out. Nothing else of it is there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.listening.actions.phone import tell_by_number
from cortile.messages import reads as messages
from cortile.people import access as people


class NumberForm(Form):
    """The number somebody says."""

    number = forms.CharField(
        label=_("Che numero ti dice?"), max_length=40, help_text=_("È scritto in grande sul suo foglio. Gli spazi non contano."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip


@opens("answer the phone", methods="GET POST", sample="/scrivania/telefono/")
def answer(request: HttpRequest) -> HttpResponse:
    """Ask for a number, and say where that request stands: a number that tells nothing is told the same, whatever the reason."""
    by = current()
    form, told, asked = NumberForm(request.POST if request.method == "POST" else None), None, False
    if form.is_valid():
        with refusals_on(form):
            told, asked = tell_by_number(form.cleaned_data["number"], by=by), True
    # What was typed never comes back: two numbers that tell nothing give the same page, byte for byte.
    shown = {"tab": "phone", "form": form if form.errors else NumberForm(), "thread": told, "asked": asked}
    return render(request, "workspace/phone/phone.html", shown | _around(told, by), status=form.status)


def _around(told: Any, by: Actor) -> dict[str, Any]:  # noqa: ANN401 -- a row of a model closed to doors
    """Return who has the turn now, and whether the record of who asked can be opened from here."""
    body = agencies.agency_by_id(by.agency_id or 0)
    opens_record = told is not None and people.visible_to(by).filter(pk=told.person_id).exists()
    return {
        "on_turn": agencies.on_the_phone(body), "turns": agencies.answering(body), "opens_record": opens_record,
        "waiting": messages.waiting_sms(by=by), "papers": messages.on_paper(by=by),
    }  # fmt: skip
