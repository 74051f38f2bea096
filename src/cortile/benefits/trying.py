"""A text of a call tried on the real population: in counts, for the office that writes it, and for no one else.

The rows are read for a purpose (``policy.CONTRIBUTIONS``, ``policy.NON_TAKE_UP``). A count names nobody, and neither does its line
in the audit; a search names each holder there. What goes back to a page has passed ``simulating.shown``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from cortile.agencies import policy
from cortile.benefits import population, registers, simulating
from cortile.benefits.models import CallVersion
from cortile.benefits.population import Base, Live
from cortile.benefits.rules import deciding
from cortile.benefits.rules.nodes import Input, Rule
from cortile.benefits.rules.vectors import Flags
from cortile.benefits.simulating import Counts, Scenario, Simulated
from cortile.benefits.terms import Terms
from cortile.homes import reads as homes
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


class Text(NamedTuple):
    """A rule with its terms: what a version is, whether it was kept or not."""

    rule: Rule
    terms: Terms

    @property
    def day(self) -> date:
        """Return the day whose figures count: the first of the call, or today once it is open."""
        return max(clock.today(), clock.local(self.terms.opens_at).date())

    def scenario(self) -> Scenario:
        """Return it as something to simulate, with the figures in force. Raise ``FactError`` where one has no value yet."""
        terms, figures = self.terms, deciding.figures_on(self.rule, self.day)
        return Scenario(self.rule, figures, terms.envelope_cents, terms.strategy, terms.last)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a page may show of a try. Sums are cents, None where a hidden count stands behind them."""

    counts: Counts
    rule: Rule
    figures: Mapping[str, int]
    asked: tuple[str, ...]
    envelope: int
    cost: int | None
    given: int | None
    given_before: int | None
    places: tuple[tuple[str, str], ...]
    compared: bool


def text_of(version: CallVersion) -> Text:
    """Return what a version says."""
    return Text(version.rule, version.terms)


def tried(after: Text, before: Text | None = None, *, by: Actor) -> Trial:
    """Try a text on every contract of the actor's body, beside another one. Raise ``NotVisible``."""
    working = replace(by, purpose=policy.CONTRIBUTIONS)
    shared = before is not None and _base(after) == _base(before)
    inputs = _together(after.rule, before.rule) if before is not None and shared else after.rule.inputs
    live = _live(replace(after.rule, inputs=inputs), after, by=working, named=False)
    now = simulating.simulate(after.scenario(), live.population, _within(after, live, by))
    was = _before(before, live if shared else None, by=working) if before is not None else None
    places = {place.pk: place.name for place in homes.neighbourhoods(by.agency_id or 0)}
    counts = simulating.shown(simulating.counted(now, was, live.neighbourhoods))
    return _trial(after, counts, now, was, places)


def _trial(after: Text, counts: Counts, now: Simulated, was: Simulated | None, places: dict[int, str]) -> Trial:
    behind = (("eligible",), ("reached",), ("reached", "enter"), ("reached", "leave"), ("reached", "stay"))
    given = simulating.sum_shown(counts, int(now.given.sum()), behind=behind)
    before = simulating.sum_shown(counts, int(was.given.sum()), behind=(("reached", "before"),)) if was else None
    named = tuple((key[1], places.get(int(key[1]), "–")) for key in counts if key[0] == "place" and key[2] == "eligible")
    return Trial(
        counts, now.rule, now.figures, tuple(r.label for r in now.asked), after.terms.envelope_cents,
        simulating.sum_shown(counts, now.cost, behind=behind), given, before, tuple(sorted(named, key=lambda pair: pair[1])),
        was is not None,
    )  # fmt: skip


def _before(before: Text, live: Live | None, *, by: Actor) -> Simulated:
    own = live or _live(before.rule, before, by=by, named=False)
    return simulating.simulate(before.scenario(), own.population, _within(before, own, by))


def _together(one: Rule, other: Rule) -> tuple[Input, ...]:
    names = {found.name for found in one.inputs}
    return (*one.inputs, *(found for found in other.inputs if found.name not in names))


def _live(rule: Rule, text: Text, *, by: Actor, named: bool = True) -> Live:
    if not by.agency_id:
        raise NotVisible
    year = clock.local(text.terms.opens_at).year
    flags = registers.granted(by.agency_id, year)
    return population.live(by.agency_id, rule, by=by, day=clock.today(), base=_base(text), flags=flags, named=named)


def _base(text: Text) -> Base:
    return registers.base_for(text.rule, text.terms)


def _within(text: Text, live: Live, by: Actor) -> Flags | None:
    if not text.terms.territory:
        return None
    found = [place.pk for place in homes.neighbourhoods(by.agency_id or 0) if text.terms.reaches(place.name)]
    return np.isin(live.neighbourhoods, found)


def look_entitled(version: CallVersion, *, by: Actor) -> list[int]:
    """Return the contracts that meet every requirement a register knows. Raise ``NotVisible``."""
    text = text_of(version)
    live = _live(text.rule, text, by=by)
    found = simulating.simulate(text.scenario(), live.population, _within(text, live, by))
    return [int(pk) for pk in live.tenancies[found.eligible]]
