"""Read one cell as the office writes it: Italian dates, decimals, yes and no. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NoReturn

from cortile.kit import money

ITALIAN_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
YEAR = re.compile(r"20\d\d")
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
YES = frozenset({"si", "sì", "s", "1", "x", "vero", "true", "y", "yes"})
NO = frozenset({"", "no", "n", "0", "falso", "false"})
LONGEST = 300


class BadCell(Exception):  # noqa: N818 -- the trade's word for it
    """A cell that cannot be taken: which column, why, and what the office can do."""

    def __init__(self, column: str, reason: str, cure: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason
        self.cure = cure


def wrong(column: str, reason: str, cure: str) -> NoReturn:
    """Raise ``BadCell``."""
    raise BadCell(column, reason, cure)


def needed(column: str, cell: str) -> str:
    """Return a text that must be there."""
    if not cell:
        wrong(column, "La cella è vuota.", f"Scrivi un valore in «{column}».")
    return short(column, cell)


def short(column: str, cell: str) -> str:
    """Return a text of a sensible length: a lost quotation mark swallows half a file."""
    if len(cell) > LONGEST or "\n" in cell:
        wrong(column, "Il testo è troppo lungo.", "Controlla le virgolette: una è aperta e non chiusa.")
    return cell


def day(column: str, cell: str) -> date:
    """Read «14/03/1948», «14-3-1948», «14.03.1948» or «1948-03-14»."""
    try:
        return _day(cell)
    except ValueError:
        raise BadCell(column, f"«{cell[:20]}» non è una data.", "Scrivi giorno/mese/anno, per esempio 14/03/1948.") from None


@lru_cache(maxsize=1 << 16)
def _day(cell: str) -> date:
    bare = MIDNIGHT.sub("", cell)
    if found := ITALIAN_DAY.fullmatch(bare):
        d, m, y = found.groups()
    elif found := ISO_DAY.fullmatch(bare):
        y, m, d = found.groups()
    else:
        raise ValueError(cell)
    return date(int(y), int(m), int(d))


def day_or_none(column: str, cell: str) -> date | None:
    """Read a date that may be missing."""
    return day(column, cell) if cell else None


def cents(column: str, cell: str) -> int:
    """Read «640,50», «1.234,50» or «640.5» as cents."""
    try:
        return money.cents(cell)
    except ValueError:
        raise BadCell(column, f"«{cell[:20]}» non è un importo.", "Scrivi euro e centesimi, per esempio 1.234,50.") from None


def due(column: str, cell: str) -> int:
    """Read an amount that nobody can owe below nought."""
    if (found := cents(column, cell)) < 0:
        wrong(column, f"«{cell[:20]}» è sotto zero.", "Scrivi una somma da zero in su.")
    return found


def word(column: str, cell: str, words: Mapping[str, str]) -> str:
    """Return what one of some words stands for; our own name for it is taken too."""
    said = cell.lower()
    if said not in words and said not in words.values():
        wrong(column, f"«{cell[:20]}» non è una parola che conosciamo.", f"Scrivi una di queste: {', '.join(words)}.")
    return words.get(said, said)


def year(column: str, cell: str) -> int:
    """Read a year."""
    if not YEAR.fullmatch(cell):
        wrong(column, f"«{cell[:20]}» non è un anno.", "Scrivi quattro cifre, per esempio 2025.")
    return int(cell)


def cents_or_none(column: str, cell: str) -> int | None:
    """Read an amount that may be missing."""
    return cents(column, cell) if cell else None


def whole_or_none(column: str, cell: str) -> int | None:
    """Read «54» or «54,30» as a whole number, rounded; nothing stays nothing."""
    if not cell:
        return None
    try:
        return (money.cents(cell) + 50) // 100
    except ValueError:
        raise BadCell(column, f"«{cell[:20]}» non è un numero.", "Scrivi solo cifre, per esempio 54.") from None


def yes(column: str, cell: str) -> bool:
    """Read yes or no."""
    if (said := cell.lower()) in YES:
        return True
    if said in NO:
        return False
    wrong(column, f"«{cell[:20]}» non è un sì o un no.", "Scrivi sì oppure no.")


@lru_cache(maxsize=1 << 16)
def name(cell: str) -> str:
    """Return a name as people write it: registries shout, «D'ANGELO» becomes «D'Angelo»."""
    return cell.title() if cell.isupper() else cell
