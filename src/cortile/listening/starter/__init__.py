"""What a new body starts from: the 68 categories of domain §8 and a table of answer times to confirm. Pure."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class StarterCategory(NamedTuple):
    """A category as the starter list has it."""

    code: str
    label: str
    nature: str
    chip: str


class StarterTime(NamedTuple):
    """A line of the table of answer times; an empty chip stands for all."""

    chip: str
    urgency: str
    working_days: int


def categories() -> list[StarterCategory]:
    """Return the 68 categories; violence is not one of them."""
    return [StarterCategory(**row) for row in _rows("categories.csv")]


def answer_times() -> list[StarterTime]:
    """Return the working days within which a new body answers."""
    return [StarterTime(r["chip"], r["urgency"], int(r["working_days"])) for r in _rows("answer_times.csv")]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
