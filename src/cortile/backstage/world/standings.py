"""What contributions are decided on in the world: the landlord's lists of bands, charges and ISEE, in the shares of product §9."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import NamedTuple

from cortile.accounts.registry import invented
from cortile.accounts.registry.layouts import BANDS, CHARGES, ISEE

LISTS = (BANDS, CHARGES, ISEE)


class Told(NamedTuple):
    """What the story says of somebody: the area, the ISEE and the heating, in cents."""

    area: str
    isee: int
    heating: int
    discrepancies: str = "no"


# Adele's half of 825 is 412,50; Gianni is in range and behind; Samira has too little for one call and is led to the other.
STORY = {
    "ADELE": Told("accesso", 1_240_000, 82_500),
    "GIANNI": Told("accesso", 1_125_000, 69_000),
    "SAMIRA": Told("protezione", 780_000, 94_000),
}
# Somebody whose statement INPS found wanting: good all the same, and a paper may be asked for.
WANTING = Told("accesso", 1_190_000, 74_350, "sì")
SERVICES = 61_200


def lists(seed: int, contracts: Iterable[tuple[object, ...]], today: date) -> dict[str, list[tuple[object, ...]]]:
    """Return the three lists of a corner's contracts, by the name of their files.

    They have a chance of their own: the rest of the world is the same with and without them.
    """
    chance, made = Random(seed), {x.italian: [tuple(c.name for c in x.columns)] for x in LISTS}  # noqa: S311 -- invented data
    found: dict[str, list[tuple[object, ...]]] = {name: [*rows] for name, rows in made.items()}
    wanting = False
    for contract, _, holder, household, *_ in (tuple(map(str, row)) for row in contracts):
        told = STORY.get(holder) or (None if wanting else WANTING)
        wanting = wanting or told is WANTING
        for name, rows in zip(found, _of(chance, contract, household, today, told), strict=True):
            found[name] += map(tuple, rows)
    return found


def _of(chance: Random, contract: str, household: str, today: date, told: Told | None) -> tuple[list[list[str]], ...]:
    if told is None:
        return (
            invented.band(chance, contract, today),
            invented.charges(chance, contract, today),
            invented.isee(chance, household, today),
        )
    first, last = min(date(today.year, 1, 20), today), date(today.year, 12, 31)
    return (
        [invented.band_said(contract, told.area, today.year - 1)],
        [
            invented.charge(contract, "riscaldamento", told.heating, today),
            invented.charge(contract, "servizi", SERVICES, today),
        ],
        [invented.isee_said(chance, household, told.isee, first, last, discrepancies=told.discrepancies)],
    )
