"""What the body's own registers say of one contract: the landlord's mirror, and the contributions already given."""

from __future__ import annotations

from dataclasses import replace

from cortile.accounts.reads import Known
from cortile.benefits import population
from cortile.benefits.models import Application
from cortile.benefits.population import Base
from cortile.benefits.rules.nodes import Rule
from cortile.benefits.terms import Terms
from cortile.kit import clock
from cortile.kit.actor import Actor

GIVEN = ("granted", "partly")
# An input that asks whether another contribution was given in the same year, and the programmes it asks of.
OTHER_GRANTS = {"solidarity_granted": ("solidarity", "solidarity_entry"), "energy_granted": ("energy", "energy_in_city")}


def granted(agency_id: int, year: int, tenancy_id: int | None = None) -> dict[str, frozenset[int]]:
    """Return, for each input about another contribution, the contracts that had it in a year; or whether one of them had."""
    rows = Application.objects.filter(agency_id=agency_id, year=year, outcome__in=GIVEN)
    rows = rows.filter(tenancy_id=tenancy_id) if tenancy_id is not None else rows
    had = list(rows.values_list("programme", "tenancy_id"))
    return {name: frozenset(t for p, t in had if p in asked) for name, asked in OTHER_GRANTS.items()}


def had(household_id: int, year: int, programmes: tuple[str, ...]) -> bool:
    """Tell whether a household was given one of some contributions in a year."""
    rows = Application.objects.filter(household_id=household_id, year=year, programme__in=programmes, outcome__in=GIVEN)
    return bool(programmes) and rows.exists()


def base_for(rule: Rule, terms: Terms) -> Base:
    """Return what a call's share is of: what its terms say, else what is usual for its rule."""
    usual, basis = population.base_of(rule), terms.basis
    return usual if basis is None else replace(usual, item=basis.item, of=basis.of, season=basis.season)


def known_of(application: Application, *, by: Actor) -> dict[str, Known]:
    """Return what is known of an application's contract today, input by input; a value nobody knows is None."""
    flags = granted(application.agency_id, application.year, application.tenancy_id)
    version = application.version
    base = base_for(version.rule, version.terms)
    return population.facts(application.tenancy_id, version.rule, by=by, day=clock.today(), base=base, flags=flags)
