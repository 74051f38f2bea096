"""Registering a person: after having looked, and with the facts that tell two people apart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cortile.agencies import reads as agencies
from cortile.homes import reads as homes
from cortile.kit import drafts
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, typed
from cortile.people import actions
from cortile.people import reads as people
from cortile.workspace.people.forms import RegisterForm, StairForm

PAGE = "workspace/people/register.html"
KEY = "person:new"


@opens("register person", methods="GET POST", sample="/scrivania/persone/nuova/")
def register_person(request: HttpRequest) -> HttpResponse:
    """Register somebody. Who may be there already is shown first; «è una persona nuova» is a second, deliberate tap."""
    by = current()
    if request.method != "POST":
        given, _space, family = request.GET.get("nome", "").strip().partition(" ")
        asked = {"given_name": given.capitalize(), "family_name": family.title(), "language": "it"}
        kept = {} if given else typed(drafts.find(by, KEY)).dict()
        form = RegisterForm(initial=asked | kept)
        return render(request, PAGE, {"tab": "search", "form": form})
    form = _form(request, by)
    alike = _alike(form, by) if form.is_valid() else []
    if form.is_valid() and (not alike or "nuova" in request.POST):
        with refusals_on(form):
            return _registered(request, form, by)
    shown = {"tab": "search", "form": form, "alike": alike if not form.errors else []}
    return render(request, PAGE, shown, status=form.status)


def _form(request: HttpRequest, by: Actor) -> RegisterForm:
    """Return the form; an address that means several staircases asks which one, and one we do not know is said."""
    home = request.POST.get("home", "").strip()
    stairs = homes.find_stairs(by.agency_id or 0, home) if home else []
    if len(stairs) > 1:
        word = _("scala")
        choices = [(str(s.pk), f"{s.building}, {word} {s.name}") for s in stairs]
        form: RegisterForm = StairForm(request.POST, stairs=choices)
        if form.is_valid() and not form.cleaned_data["stair"]:
            form.add_error("stair", _("Scegli la scala."))
        return form
    form = RegisterForm(request.POST)
    if form.is_valid():
        form.cleaned_data["stair"] = str(stairs[0].pk) if stairs else ""
        if home and not stairs:
            form.add_error("home", _("Non troviamo questo indirizzo. Scrivilo come «Tigli 12», oppure lascia vuoto."))
    return form


def _alike(form: RegisterForm, by: Actor) -> list[people.Duplicate]:
    said = form.cleaned_data
    name = f"{said['given_name']} {said['family_name']}"
    return people.possible_duplicates(by=by, name=name, born=said["birth_date"], phone=said["phone"])


def _registered(request: HttpRequest, form: RegisterForm, by: Actor) -> HttpResponse:
    said = form.words
    found = actions.register(
        agencies.agency_by_id(by.agency_id or 0), by=by, once=request.POST.get("once", ""), given_name=said["given_name"],
        family_name=said["family_name"], birth_date=said["birth_date"], phone=said["phone"], language=said["language"],
        needs_interpreter=said["needs_interpreter"], **_home(said["stair"], by),
    )  # fmt: skip
    drafts.drop(by, KEY)
    for other in people.these(map(int, filter(str.isdecimal, request.POST.getlist("diversa"))), by=by, action="edit"):
        actions.tell_apart(found, other, by=by)
    if request.GET.get("torna") == "contatto":
        return redirect(f"{reverse('workspace:record_contact')}?nuova={found.pk}")
    return redirect("workspace:person", found.pk)


def _home(stair_id: str, by: Actor) -> dict[str, Any]:
    if not stair_id:
        return {}
    stair = homes.stair(int(stair_id), agency_id=by.agency_id or 0)
    return {"home_stair": stair, "home_neighbourhood_id": stair.building.neighbourhood_id}
