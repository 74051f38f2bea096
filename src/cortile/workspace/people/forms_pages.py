"""The pages that write in a person's record: one question each, then back to the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.kit.refusals import NotVisible
from cortile.people import actions, ways
from cortile.people import reads as people
from cortile.people.behalf import in_place_of
from cortile.workspace.people.forms import DelegateForm, PreferencesForm, RepresentativeForm, WayForm
from cortile.workspace.people.openings import linked


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page: its title, why it is asked, its form, how it starts and what it does."""

    title: Any
    why: Any
    form: type[Form]
    start: Callable[[people.Card], dict[str, Any]]
    act: Callable[[people.Card, dict[str, Any], Actor], object]
    once: bool = False
    # What she chooses, through the operator's hands; a decree is nobody's choice.
    hers: bool = True


def _no_start(_card: people.Card) -> dict[str, Any]:
    return {}


def _today(_card: people.Card) -> dict[str, Any]:
    return {"since": clock.today()}


def _preferences(card: people.Card) -> dict[str, Any]:
    return ways.chosen(card.person)


PAGES = {
    "recapito": FormPage(
        _("Aggiungi o correggi un recapito"),
        _("Usiamo solo quello che la persona dice sicuro. Lo stesso numero, scritto di nuovo, si corregge."),
        WayForm, _no_start, lambda card, said, by: actions.add_contact_point(card.person, by=by, confirmed=said["safe"], **said),
    ),
    "preferenze": FormPage(
        _("Lingua, messaggi e visite"), _("Foglio, app e SMS arrivano in questa lingua."),
        PreferencesForm, _preferences, lambda card, said, by: actions.set_preferences(card.person, by=by, **said),
    ),
    "delega": FormPage(
        _("Una persona che aiuta"),
        _("Può essere un figlio, una vicina o un volontario. Vede solo quello che la persona sceglie, per dodici mesi."),
        DelegateForm, _no_start, lambda card, said, by: actions.name_delegate(card.person, by=by, **said), once=True,
    ),
    "rappresentante": FormPage(
        _("Chi rappresenta la persona"), _("Copia dal decreto: chi, che ruolo ha, per che cosa, fino a quando."),
        RepresentativeForm, _today, lambda card, said, by: actions.name_representative(card.person, by=by, **said), once=True,
        hers=False,
    ),
}  # fmt: skip


@opens("search people", methods="GET POST", sample="/scrivania/persone/1/scrivi/recapito/")
@linked
def person_form(request: HttpRequest, person_id: int, page: str) -> HttpResponse:
    """Ask one thing and write it; who may only read the card finds nothing here."""
    if page not in PAGES:
        raise Http404
    by, asked = current(), PAGES[page]
    card = people.card(person_id, by=by)
    if not card.whole:
        raise NotVisible
    form = asked.form(request.POST if request.method == "POST" else None, initial=asked.start(card))
    once = {"once": request.POST.get("once", "")} if asked.once else {}
    if form.is_valid():
        with refusals_on(form):
            asked.act(card, form.words | once, in_place_of(by, card.person) if asked.hers else by)
            return redirect(f"{reverse('workspace:person', args=[person_id])}?fatto={page}")
    shown = {"tab": "search", "asked": asked, "form": form, "who": card.person}
    return render(request, "workspace/people/form.html", shown, status=form.status)
