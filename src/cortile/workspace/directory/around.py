"""S17's map: the services around a quarter or an address, numbered on a drawn map, with the list beside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.directory import searching, words
from cortile.directory.searching import Asked, Hit
from cortile.homes import reads as homes
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.drawn_map import Name, Pin, drawn
from cortile.kit.forms import Form

LONGEST, MOST = 80, 50


class AroundForm(Form):
    """What is looked for, and from where."""

    q = forms.CharField(label=_("Nome, ente o parola"), required=False, max_length=LONGEST)
    via = forms.CharField(
        label=_("Vicino a quale palazzo"), required=False, max_length=LONGEST, help_text=_("Via e numero, o scegli il quartiere.")
    )
    quartiere = forms.TypedChoiceField(label=_("Quartiere"), required=False, coerce=int, empty_value=None)
    aperto = forms.BooleanField(label=_("Aperto adesso"), required=False)
    gratis = forms.BooleanField(label=_("Gratis"), required=False)
    gradini = forms.BooleanField(label=_("Senza gradini"), required=False)


@opens("see directory", sample="/scrivania/servizi/mappa/")
def around(request: HttpRequest) -> HttpResponse:
    """Draw what a search found; nothing of it is kept."""
    body = agencies.agency_by_id(current().agency_id or 0)
    form = AroundForm(request.GET)
    quarters = [(n.pk, n.name) for n in homes.neighbourhoods(body.pk)]
    form.offer("quartiere", [("", _("Tutti")), *quarters])
    form.is_valid()
    told = form.cleaned_data
    street = _quarter_of(told.get("via", ""), body.pk)
    quarter = street or told.get("quartiere")
    asked = Asked(
        words=told.get("q", ""), quarter=quarter, open_now=told.get("aperto", False), free=told.get("gratis", False),
        step_free=told.get("gradini", False),
    )  # fmt: skip
    found = searching.search(body, asked, size=MOST)
    cards = [_card(hit, n) for n, hit in enumerate(found.hits, 1)]
    names = [Name(name, *middle) for pk, name in quarters if pk == quarter and (middle := searching.middle_of(pk))]
    shown = {
        "tab": "directory", "search": form, "cards": cards, "total": found.total, "needs": found.needs,
        "lost": bool(told.get("via")) and street is None, "quarter": dict(quarters).get(quarter or 0, ""),
        "map": drawn(_pins(cards), names, gettext("Mappa dei servizi")),
    }  # fmt: skip
    return render(request, "workspace/directory/map.html", shown)


def _quarter_of(address: str, agency_id: int) -> int | None:
    """Return the quarter of a building somebody wrote the address of: the registry knows no position nearer than that."""
    stairs = homes.find_stairs(agency_id, address, limit=1) if address.strip() else []
    return stairs[0].building.neighbourhood_id if stairs else None


def _card(hit: Hit, number: int) -> dict[str, Any]:
    left = getattr(hit.service, "capacity", None)
    return {
        "hit": hit, "service": hit.service, "number": number, "fresh": words.FRESHNESS_LABELS[hit.freshness],
        "room": words.CAPACITY_LABELS[left.state] if left else "",
    }  # fmt: skip


def _pins(cards: list[dict[str, Any]]) -> list[Pin]:
    places = [(card, at.location) for card in cards for at in card["service"].at_locations.all()]
    return [
        Pin(card["number"], card["service"].name, here.latitude_e6, here.longitude_e6, f"#servizio-{card['number']}")
        for card, here in places
        if here.latitude_e6 is not None and here.longitude_e6 is not None
    ]
