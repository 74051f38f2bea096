"""Half hours anybody may take without a name, and give back with two words."""

from __future__ import annotations

import uuid
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cortile.haven import limiting
from cortile.haven.actions import slots
from cortile.haven.public.frame import from_here, page
from cortile.haven.reads import public as reads
from cortile.kit import actor as actors
from cortile.kit import clock, languages
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, day
from cortile.kit.refusals import Refused

STATUS = {"too-often": 429, "slot-gone": 409, "words-wrong": 422}


class TakeForm(Form):
    """The one thing she may add."""

    language = forms.ChoiceField(
        label=_("In quale lingua vuoi parlare?"), help_text=_("Puoi anche non scegliere."), required=False, widget=Chips,
        choices=[(code, known.name) for code, known in languages.every().items()],
    )  # fmt: skip


class GiveBackForm(Form):
    """When, and the two words."""

    on = day(_("Giorno"))
    at = forms.TimeField(label=_("A che ora"), widget=forms.TimeInput(attrs={"type": "time", "class": "short"}))
    two = forms.CharField(label=_("Le due parole"), max_length=80, widget=forms.TextInput(attrs={"autocapitalize": "none"}))


@opens("lane public", sample="/orari/")
def free(request: HttpRequest) -> HttpResponse:
    """Show the free half hours of two weeks."""
    return page(request, "haven/public/free.html", {"doors": reads.free()})


@from_here
@opens("lane public", methods="GET POST", sample="/orari/{half_hour}/")
def take(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Show a free half hour; take it, and show the two words once. Raise ``NotVisible`` where it is not free."""
    if request.method != "POST":
        return page(request, "haven/public/take.html", {"half_hour": reads.one_free(number), "form": TakeForm()})
    form = TakeForm(request.POST)
    language = form.words["language"] if form.is_valid() else ""
    try:
        limiting.allow(limiting.TAKINGS, limiting.address(request))
        taken = slots.take(number, language, by=actors.PUBLIC)
        limiting.spend(limiting.TAKINGS, limiting.address(request))
    except Refused as refused:
        return _refused(request, refused)
    return page(request, "haven/public/taken.html", {"taken": taken})


@from_here
@opens("lane public", methods="GET POST", sample="/orari/disdici/")
def give_back(request: HttpRequest) -> HttpResponse:
    """Give a half hour back: nobody asks why."""
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "haven/public/give_back.html", {"form": form}, form.status)
    said = form.words
    try:
        limiting.allow(limiting.GIVING_BACK, limiting.address(request))
        slots.give_back(_instant(said), said["two"], by=actors.PUBLIC)
    except Refused as refused:
        if refused.code == "words-wrong":
            limiting.spend(limiting.GIVING_BACK, limiting.address(request))
        return _refused(request, refused)
    return page(request, "haven/public/given_back.html")


def _instant(said: dict[str, object]) -> datetime:
    return clock.at(said["on"], said["at"])  # type: ignore[arg-type]  # a valid form's day and hour


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return page(request, "haven/public/refused.html", {"refused": refused}, STATUS[refused.code])
