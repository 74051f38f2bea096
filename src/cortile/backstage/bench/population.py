"""Invented households for ``bench rules``: a whole population with a seed, and those a cent from every threshold. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

import numpy as np

from cortile.benefits import catalogue
from cortile.benefits.rules import deciding
from cortile.benefits.rules.checking import WHOLE
from cortile.benefits.rules.vectors import Cents

DAY = date(2026, 3, 11)
RULE = catalogue.rule("energy")
FIGURES = deciding.figures_on(RULE, DAY)
NAMES = tuple(found.name for found in RULE.inputs)
BANDS = RULE.input("band").options
# Of protezione, accesso, permanenza and decadenza.
BAND_SHARES = (0.30, 0.42, 0.21, 0.07)
OWING, GRANTED = 0.93, 0.05
STEPS = (-1, 0, 1)
Columns: TypeAlias = dict[str, Cents]
Facts: TypeAlias = dict[str, int]


def columns(many: int, seed: int) -> Columns:
    """Return so many households, in cents: some 17 in a hundred are eligible, as in the figures of the design."""
    chance = np.random.default_rng(seed)
    isee, due = chance.gamma(2.4, 6_000_00, many), chance.gamma(2.0, 500_00, many)
    return {
        "band": chance.choice(len(BANDS), many, p=BAND_SHARES).astype(np.int64),
        "isee": np.minimum(isee, 90_000_00).astype(np.int64),
        "due": np.where(chance.random(many) < OWING, due, 0).astype(np.int64),
        "solidarity_granted": (chance.random(many) < GRANTED).astype(np.int64),
    }


def arrivals(many: int, seed: int) -> Cents:
    """Return the place of arrival of each: all different, and not the order of the rows."""
    return np.random.default_rng(seed).permutation(many).astype(np.int64)


def edges() -> Columns:
    """Return every threshold, one step below and one above, each with each, in every band, with and without the other grant."""
    capped = FIGURES["cap"] * WHOLE // FIGURES["share"]
    isee = {FIGURES[name] + step for name in ("isee_least", "isee_doubt", "isee_most") for step in STEPS}
    due = {max(edge + step, 0) for edge in (0, 1, capped) for step in STEPS}
    rows = list(itertools.product(range(len(BANDS)), sorted(isee), sorted(due), (0, 1)))
    return {name: np.array(column, np.int64) for name, column in zip(NAMES, zip(*rows, strict=True), strict=True)}


def together(*parts: Columns) -> Columns:
    """Return populations one after the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in NAMES}


def one_by_one(of: Columns) -> list[Facts]:
    """Return a population as households."""
    return [dict(zip(NAMES, row, strict=True)) for row in zip(*(of[name].tolist() for name in NAMES), strict=True)]


def scenarios() -> list[Mapping[str, int]]:
    """Return twenty sets of parameters somebody may ask «what if» about."""
    shares, limits = (
        (4_000, 4_500, 5_000, 5_500, 6_000),
        ((500_00, 14_000_00), (600_00, 15_000_00), (700_00, 16_000_00), (800_00, 18_000_00)),
    )
    return [{**FIGURES, "share": share, "cap": cap, "isee_most": most} for share in shares for cap, most in limits]
