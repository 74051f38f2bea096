"""What a body decides for itself: its categories and its answer times."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.agencies.access import may_review
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, refusals_on
from cortile.listening import actions, reads, words

CHIPS = list(words.CHIP_LABELS.items())
LONGEST_DAYS = 60


class CategoryForm(Form):
    """A category: its code, its words, where it belongs."""

    code = forms.CharField(label=_("Codice"), max_length=8, widget=forms.TextInput(attrs={"class": "short"}))
    label = forms.CharField(label=_("Nome"), max_length=120)
    nature = forms.ChoiceField(label=_("Natura"), widget=Chips, choices=list(words.NATURE_LABELS.items()))
    chip = forms.ChoiceField(label=_("Voce dello sportello"), choices=CHIPS)
    active = forms.BooleanField(label=_("In uso"), required=False, initial=True)


class AnswerTimeForm(Form):
    """In how many working days we answer."""

    chip = forms.ChoiceField(label=_("Per quale voce?"), choices=[("", _("Tutte")), *CHIPS], required=False)
    urgency = forms.ChoiceField(label=_("Urgenza"), widget=Chips, choices=list(words.URGENCY_LABELS.items()))
    working_days = forms.IntegerField(
        label=_("Giorni lavorativi"), min_value=0, max_value=LONGEST_DAYS, widget=forms.NumberInput(attrs={"class": "short"})
    )


@opens("edit categories", sample="/scrivania/amministrazione/")
def administration(request: HttpRequest) -> HttpResponse:
    """Show what can be set up."""
    shown = {"tab": "administration", "reviews": may_review(current())}
    return render(request, "workspace/agencies/administration.html", shown)


@opens("edit categories", methods="GET POST", sample="/scrivania/amministrazione/categorie/")
def categories(request: HttpRequest) -> HttpResponse:
    """List the categories of the body, and change or add one."""
    by, known = current(), reads.all_categories(current().agency_id or 0)
    chosen = next((c for c in known if c.code == request.GET.get("codice", "")), None)
    initial: dict[str, Any] = {n: getattr(chosen, n) for n in CategoryForm.base_fields} if chosen else {"active": True}
    form = CategoryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_category(agencies.agency_by_id(by.agency_id or 0), by=by, **form.words)
            return redirect("workspace:categories")
    shown = {"tab": "administration", "form": form, "categories": known, "chosen": chosen}
    return render(request, "workspace/agencies/categories.html", shown, status=form.status)


@opens("edit categories", methods="GET POST", sample="/scrivania/amministrazione/tempi/")
def answer_times(request: HttpRequest) -> HttpResponse:
    """List the body's answer times, and change one. What was promised does not move."""
    by = current()
    form = AnswerTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_answer_time(agencies.agency_by_id(by.agency_id or 0), by=by, to_confirm=False, **form.words)
            return redirect("workspace:answer_times")
    shown = {"tab": "administration", "form": form, "times": reads.answer_times(by.agency_id or 0)}
    return render(request, "workspace/agencies/answer_times.html", shown, status=form.status)
