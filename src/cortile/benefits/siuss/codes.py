"""The table of benefits of SIUSS: what a code is called. The words are INPS's and are sent as they are, double blanks too."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "categories.csv"


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the table: its code, what INPS calls it, its address in the national catalogue."""

    code: str
    description: str
    address: str


@cache
def categories() -> dict[str, Category]:
    """Return the 105 rows by code, in the table's order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [Category(row["id.@value"], row["label_it"], row["url"]) for row in csv.DictReader(lines)]
    return {row.code: row for row in rows}


def category(code: str) -> Category:
    """Return a row of the table. Raise ``KeyError`` for a code it does not have."""
    return categories()[code]


def description(code: str) -> str:
    """Return what INPS calls a benefit, letter by letter. Raise ``KeyError`` for a code the table does not have."""
    return category(code).description
