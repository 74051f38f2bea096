"""The cards of the directory as a network reads them: which needs, which quarters, sure or not."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch

from cortile.directory import access as directory
from cortile.directory.models import Attribute, Service, TaxonomyTerm
from cortile.directory.rules.freshness import is_sure
from cortile.homes.models import Neighbourhood
from cortile.kit import clock
from cortile.network.rules.needs import Offer

NEEDS = "needs"
# A card that names a catchment we do not know is for nobody here, which is not the same as for everybody.
ELSEWHERE = 0


def offers(quarters: Sequence[Neighbourhood]) -> list[Offer]:
    """Return every published card: four queries, however many there are."""
    terms = Prefetch("attributes", Attribute.objects.filter(term__taxonomy__key=NEEDS).select_related("term"))
    rows = directory.published().select_related("capacity").prefetch_related("areas", terms).order_by("pk")
    return [_offer(row, quarters) for row in rows]


def need_names() -> dict[str, str]:
    """Return the need-words' names by code."""
    return dict(TaxonomyTerm.objects.filter(taxonomy__key=NEEDS).values_list("code", "name"))


def _offer(row: Service, quarters: Sequence[Neighbourhood]) -> Offer:
    areas = list(row.areas.all())
    names = {area.name.strip().casefold() for area in areas}
    known = {area.neighbourhood_id for area in areas}
    here = {q.pk for q in quarters if q.pk in known or names & _called(q)}
    room = getattr(row, "capacity", None)
    return Offer(
        service_id=row.pk, name=row.name, needs=frozenset(a.term.code for a in row.attributes.all()),
        places=frozenset(here or {ELSEWHERE}) if areas else frozenset(),
        sure=row.status == "active" and is_sure(row.confirmed_at, clock.now()),
        available=room.available if room else None, maximum=room.maximum if room else None,
    )  # fmt: skip


def _called(quarter: Neighbourhood) -> set[str]:
    """Return every name a catchment may call a quarter by: its own, its other ones, and its town's."""
    return {name.strip().casefold() for name in (quarter.name, quarter.municipality, *quarter.aliases)}
