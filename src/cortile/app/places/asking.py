"""The search of T5: what somebody types and ticks, as an address that can be kept, shared and opened without scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.app.places import words
from cortile.app.policies import HELPED, THEMSELVES
from cortile.directory import searching
from cortile.directory.rules.matching import first_telling
from cortile.directory.searching import Asked, Hit, Results
from cortile.homes import reads as homes
from cortile.kit import actor as actors
from cortile.kit.forms import Form
from cortile.kit.templatetags.cortile import tongue
from cortile.people import reads as people

LONGEST, FIRST = 80, 5
# Each word is compared with those of every card, for whoever asks: the first few say the need.
MOST_WORDS = 4
TICKS = ("vicino", "aperto", "gratis", "gradini")


class SearchForm(Form):
    """What is looked for. Its names are short Italian words: they stand in the address."""

    q = forms.CharField(required=False, max_length=LONGEST)
    quartiere = forms.TypedChoiceField(
        label=_("Da dove parti"), required=False, coerce=int, empty_value=None, choices=[("", _("Non importa"))]
    )
    vicino = forms.BooleanField(label=_("Vicino"), required=False)
    aperto = forms.BooleanField(label=_("Aperto adesso"), required=False)
    gratis = forms.BooleanField(label=_("Gratis"), required=False)
    gradini = forms.BooleanField(label=_("Senza gradini"), required=False)
    lingua = forms.ChoiceField(label=_("Si parla"), required=False, choices=[("", _("Tutte le lingue"))])


def _writes_to(hit: Hit) -> bool:
    """Tell whether we know where to write to a service."""
    return bool(hit.service.email or hit.service.keeper_email or hit.service.organization.email)


class Search:
    """Who asks, of which body, and what: a page of T5 is drawn from it. Nothing of it is written anywhere."""

    def __init__(self, request: HttpRequest, *, front: str) -> None:
        self.by = by = actors.current()
        self.person = people.myself(by=by) if by.kind in HELPED else None
        self.body = agencies.agency_by_id(self.person.agency_id) if self.person else agencies.front(front)
        self.mine: int | None = self.person.home_neighbourhood_id if self.person else None
        self.form = SearchForm(request.GET)
        self.query = request.GET.copy()
        self.query.pop("pagina", None)
        self.page = int(number) if (number := request.GET.get("pagina", "")).isdecimal() and len(number) <= FIRST else 1
        if self.body is not None:
            self._offer(self.body.pk)
            spoken = [(code, tongue(code)) for code in searching.languages(self.body)]
            self.form.offer("lingua", [("", _("Tutte le lingue")), *sorted(spoken, key=lambda pair: pair[1])])
        self.form.is_valid()

    def _offer(self, agency_id: int) -> None:
        quarters = [(n.pk, n.name) for n in homes.neighbourhoods(agency_id)]
        self.form.offer("quartiere", [("", _("Casa mia") if self.mine else _("Non importa")), *quarters])

    @property
    def alone(self) -> bool:
        """Tell whether whoever looks may write to a service in their own name: who only helps somebody may not."""
        return self.person is not None and self.by.kind in THEMSELVES

    @property
    def asked(self) -> Asked:
        """Return what is asked; what a form could not read narrows nothing."""
        told = self.form.cleaned_data
        return Asked(
            words=told.get("q", ""), quarter=told.get("quartiere") or self.mine, near=told.get("vicino", False),
            open_now=told.get("aperto", False), language=told.get("lingua", ""), step_free=told.get("gradini", False),
            free=told.get("gratis", False),
        )  # fmt: skip

    @property
    def begun(self) -> bool:
        """Tell whether anything was asked at all."""
        return bool(self.asked.words.strip() or self.asked.filtered or self.form.cleaned_data.get("quartiere"))

    def results(self, first: int = FIRST) -> Results | None:
        """Return what was found; the ``first`` nearest where nothing was asked."""
        if self.body is None:
            return None
        asked = replace(self.asked, words=first_telling(self.asked.words, MOST_WORDS))
        return searching.search(self.body, asked, page=self.page, size=searching.PAGE if self.begun else first)

    def card(self, hit: Hit, number: int = 0) -> dict[str, Any]:
        """Return a card with its sentences."""
        own = self.asked.quarter is not None and self.asked.quarter == self.mine
        return {
            "hit": hit, "service": hit.service, "number": number, "verified": words.verified(hit),
            "away": words.away(hit, mine=own), "room": words.room(hit), "phones": phones(hit),
            "may_ask": self.alone and _writes_to(hit),
        }  # fmt: skip

    def shown(self, few: int = FIRST) -> dict[str, Any]:
        """Return what the pages of T5 draw of a search; ``few`` cards where nothing was asked."""
        results = self.results(few)
        first = (results.page - 1) * searching.PAGE if results else 0
        return {
            "search": self.form, "asked": self.asked, "begun": self.begun, "results": results, "query": self.query.urlencode(),
            "found": [self.card(hit, first + n) for n, hit in enumerate(results.hits, 1)] if results else [],
            "ticks": [self.form[name] for name in TICKS], "signed_in": self.person is not None,
        }  # fmt: skip


def phones(hit: Hit) -> list[Any]:
    """Return the telephones to call: the service's own, or those of its organisation."""
    return list(hit.service.phones.all()) or list(hit.service.organization.phones.all())
