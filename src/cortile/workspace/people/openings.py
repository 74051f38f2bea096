"""Need to know: why a record is opened when nothing ties us to the person, and the emergency that opens another area's."""

from __future__ import annotations

import functools

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortile.kit.actor import current
from cortile.kit.doors import View, keep_words, opens
from cortile.kit.forms import Chips, Form, TypedDay, refusals_on, text
from cortile.listening import reads as listening
from cortile.people import actions, openings
from cortile.people import reads as people
from cortile.people.words import ABSENT_LABELS

ASKS = "workspace/people/why.html"


class AbsentForm(Form):
    """Why, when the person is not here."""

    code = forms.ChoiceField(label=_("Perché apri la scheda?"), widget=Chips, choices=list(ABSENT_LABELS.items()))
    sentence = forms.CharField(
        label=_("In una frase"),
        max_length=300,
        help_text=_("Per esempio: la figlia ha chiamato per il guasto. La persona la può leggere."),
    )


class EmergencyForm(Form):
    """Who, known exactly, and why now."""

    card_number = forms.CharField(
        label=_("Numero della tessera"), max_length=12, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Oppure nome e cognome, interi"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born = TypedDay(label=_("e data di nascita"), help_text=_("Per esempio 14/03/1948."), required=False)
    reason = text(_("Che cosa è successo?"), hint=_("Una frase. La legge chi controlla, e la persona."), rows=3)


def linked(view: View) -> View:
    """Open a page of a record to whom something ties to the person today; anybody else is asked why first."""

    @functools.wraps(view)
    def asked(request: HttpRequest, person_id: int, *args: object, **kwargs: object) -> HttpResponse:
        if openings.tie_to(person_id, by=current()) is not None:
            return view(request, person_id, *args, **kwargs)
        keep_words(request)
        return why(request, person_id)

    return asked


def linked_request(view: View) -> View:
    """Open a page of a request that ended long ago to whom something ties to its person; anybody else is asked why first."""

    @functools.wraps(view)
    def asked(request: HttpRequest, number: int, *args: object, **kwargs: object) -> HttpResponse:
        person_id = listening.asks_why(number, by=current())
        if person_id is None:
            return view(request, number, *args, **kwargs)
        keep_words(request)
        return why(request, person_id)

    return asked


def why(request: HttpRequest, person_id: int, form: AbsentForm | None = None) -> HttpResponse:
    """Show name and stair, and ask: one tap when the person is here, a reason and a sentence when not."""
    whose = people.one(person_id, by=current(), what="people.searched")
    shown = {"tab": "search", "who": whose, "form": form or AbsentForm(), "absent": form is not None}
    return render(request, ASKS, shown, status=form.status if form else 200)


@opens("search people", methods="POST", sample="/scrivania/persone/1/apri/")
def open_record(request: HttpRequest, person_id: int) -> HttpResponse:
    """Write why, and open the record at once."""
    by, once = current(), request.POST.get("once", "")
    whose = people.one(person_id, by=by, what="people.searched")
    if "davanti" in request.POST:
        actions.open_in_front(whose, by=by, once=once)
        return redirect("workspace:person", person_id)
    form = AbsentForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.open_absent(whose, by=by, once=once, **form.words)
            return redirect("workspace:person", person_id)
    return why(request, person_id, form)


@opens("break glass", methods="GET POST", sample="/scrivania/emergenza/")
def emergency(request: HttpRequest) -> HttpResponse:
    """Open for three hours the record of somebody of another area, known exactly, for a reason."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            found = actions.break_glass(by=current(), once=request.POST.get("once", ""), **form.words)
            if found is not None:
                return redirect("workspace:person", found.person_id)
            _nobody(form)
    return render(request, "workspace/people/emergency.html", {"tab": "search", "form": form}, status=form.status)


def _nobody(form: EmergencyForm) -> None:
    """Say the same whatever was wrong: a digit, a letter, a birth date, another body, or two of the same name."""
    form.add_error(None, gettext("Con questi dati non troviamo una persona sola. Controlla la tessera, o nome e data di nascita."))
