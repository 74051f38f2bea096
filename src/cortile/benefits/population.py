"""What a rule asks, read for every contract of a body at once, or for one: the same values, from the same statement.

What nobody mirrors, and what is over, is *missing*: the rule then asks for it, and never takes it for a no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cortile.accounts import reads as accounts
from cortile.accounts import rules as facts_rules
from cortile.accounts.reads import NOTHING, Known
from cortile.accounts.standings import Row
from cortile.benefits.rules.deciding import most_of
from cortile.benefits.rules.nodes import Input, Kind, Rule
from cortile.benefits.rules.vectors import Population
from cortile.kit.actor import Actor

Whole: TypeAlias = NDArray[np.int64]
# Inputs a register of contributions answers: for each, the contracts that have the flag up. Who is not named has it down.
Flags: TypeAlias = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Base:
    """What a call takes a share of: an item of a season, asked, paid or grown, and the arrears with it if it says so.

    The texts name three bases (domain §4.4), so the call says which. Without a season it is the newest of the running one
    and the one before.
    """

    item: str = "heating"
    of: str = "due"
    season: str = ""
    arrears: bool = False


HEATING, SERVICES_AND_ARREARS = Base(), Base(item="services", arrears=True)


def base_of(rule: Rule) -> Base:
    """Return the base of a rule of the catalogue: only the solidarity contribution shuts out who had the energy one.

    Source: R.R. Lombardia 11/2019 art. 5 (services and arrears); notices of the energy line (central heating).
    """
    return SERVICES_AND_ARREARS if any(found.name == "energy_granted" for found in rule.inputs) else HEATING


class Live(NamedTuple):
    """A population with, in the same order, whose contract each row is, who signed it and where it is."""

    population: Population
    tenancies: Whole
    holders: Whole
    neighbourhoods: Whole


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every row alike."""

    day: date
    base: Base
    flags: Flags

    @property
    def seasons(self) -> tuple[str, ...]:
        """Return the seasons whose charges count."""
        return (self.base.season,) if self.base.season else facts_rules.seasons_until(self.day)


def live(
    agency_id: int, rule: Rule, *, by: Actor, day: date, base: Base | None = None, flags: Flags | None = None, named: bool = True
) -> Live:
    """Return what a rule asks of every contract of a body in force on a day, in two statements however many they are.

    An office of contributions acts for a purpose: ``replace(by, purpose=policy.CONTRIBUTIONS)``. Every holder is named in
    the audit, unless what is read only becomes counts (``named`` false). Raise ``NotVisible`` for another body, or for
    whoever sees nobody's facts.
    """
    asked = _Asked(day, base or base_of(rule), flags or {})
    rows = accounts.standing_rows(agency_id, by=by, day=day, item=asked.base.item, seasons=asked.seasons, named=named)
    columns, missing = {}, {}
    for found in rule.inputs:
        values = [_value(found, _known(found, row, asked)) for row in rows]
        missing[found.name] = np.fromiter((value is None for value in values), np.bool_, len(rows))
        columns[found.name] = np.fromiter((value or 0 for value in values), np.int64, len(rows))
    return Live(
        Population(rule, columns, missing), _whole([row.tenancy_id for row in rows]), _whole([row.holder_id for row in rows]),
        _whole([row.neighbourhood_id for row in rows]),
    )  # fmt: skip


def facts(
    tenancy_id: int, rule: Rule, *, by: Actor, day: date, base: Base | None = None, flags: Flags | None = None
) -> dict[str, Known]:
    """Return what a rule asks of one contract, with where each datum was read and how long it is good.

    The values are those ``deciding.Judge.decide`` takes; without one it is missing. Raise ``NotVisible``.
    """
    asked = _Asked(day, base or base_of(rule), flags or {})
    row = accounts.standing_row(tenancy_id, by=by, day=day, item=asked.base.item, seasons=asked.seasons)
    known = {found: _known(found, row, asked) for found in rule.inputs}
    return {
        found.name: said._replace(value=_value(found, said), source=said.source or found.source) for found, said in known.items()
    }


def _whole(values: list[int]) -> Whole:
    return np.array(values, dtype=np.int64)


def _value(found: Input, known: Known) -> int | None:
    """Return a value as a rule counts it; what nobody may state is not believed, and missing."""
    if known.value is None:
        return None
    if found.kind == Kind.CODE:
        return found.options.index(str(known.value)) if known.value in found.options else None
    value = int(known.value)
    return value if 0 <= value <= most_of(found) else None


def _known(found: Input, row: Row, asked: _Asked) -> Known:
    if found.name in asked.flags:
        return Known(row.tenancy_id in asked.flags[found.name], found.source, asked.day)
    read = _READ.get(found.name)
    return NOTHING if read is None else read(found, row, asked)


def _due(_: Input, row: Row, asked: _Asked) -> Known:
    said = {"due": row.due_cents, "paid": row.paid_cents, "increase": row.increase_cents}[asked.base.of]
    if not asked.base.arrears or said is None:
        return Known(said, as_of=row.charged_on)
    owed = accounts.arrears_of(row)
    return NOTHING if owed.value is None else Known(said + int(owed.value), owed.source, row.charged_on)


# An input that is not here is mirrored by nobody: «cause_of_loss» is not the area «decadenza», and is asked of a person.
_READ: dict[str, Callable[[Input, Row, _Asked], Known]] = {
    "months_assigned": lambda _, row, asked: accounts.months_of(row, asked.day),
    "band": lambda found, row, asked: accounts.band_of(row, asked.day, found.months),
    "isee": lambda _, row, asked: accounts.isee_of(row, asked.day),
    "arrears": lambda _, row, __: accounts.arrears_of(row),
    "signed_plan": lambda _, row, __: accounts.plan_of(row),
    "due": _due,
}
