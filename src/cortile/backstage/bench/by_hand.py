"""The seed rule as somebody would write it by hand, without reasons: the references of ``bench rules``. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import numpy as np

from cortile.backstage.bench.population import BANDS, Columns, Facts
from cortile.benefits.rules.vectors import Cents

CENT, NOTHING, HALF, CAP = Decimal("0.01"), Decimal(0), Decimal("0.5"), Decimal(600)
LEAST, MOST = Decimal("9360.01"), Decimal(15000)


class Household(NamedTuple):
    """A household with its sums in euros."""

    band: str
    isee: Decimal
    due: Decimal
    solidarity_granted: bool


def awards(of: Columns, figures: Mapping[str, int]) -> Cents:
    """Return everybody's cents: NumPy on 64-bit columns, each requirement once, no reasons."""
    isee, due = of["isee"], of["due"]
    eligible = (
        (of["band"] <= 1) & (isee >= figures["isee_least"]) & (isee <= figures["isee_most"]) & (due > 0)
        & (of["solidarity_granted"] == 0)
    )  # fmt: skip
    found: Cents = np.minimum((due * figures["share"] + 5_000) // 10_000, figures["cap"]) * eligible
    return found


def ranked(asked: Cents, isee: Cents, arrival: Cents, envelope: int) -> Cents:
    """Return what each gets of an envelope: the lowest ISEE first, then who came first, until the next does not fit."""
    line = np.lexsort((arrival, isee))
    fit = np.searchsorted(np.cumsum(asked[line]), envelope, side="right")
    given = np.zeros(len(asked), np.int64)
    given[line[:fit]] = asked[line[:fit]]
    return given


def in_euros(rows: Iterable[Facts]) -> list[Household]:
    """Return households as a program of Decimal would hold them."""
    return [
        Household(BANDS[row["band"]], Decimal(row["isee"]) / 100, Decimal(row["due"]) / 100, row["solidarity_granted"] > 0)
        for row in rows
    ]


def decimals(rows: Iterable[Household]) -> list[Decimal]:
    """Return everybody's euros, one household after the other, in the words of the notice and not of the tree.

    Source: the notice as ``catalogue/energy.json`` cites it: ISEE «da 9.360,01 euro» to 15.000, «fino al 50% della somma
    dovuta», «fino a 600 euro annui», half a cent upwards.
    """
    return [_decimal(row) for row in rows]


def _decimal(row: Household) -> Decimal:
    if row.band not in BANDS[:2] or not LEAST <= row.isee <= MOST or row.due <= 0 or row.solidarity_granted:
        return NOTHING
    return min(CAP, (row.due * HALF).quantize(CENT, ROUND_HALF_UP))
