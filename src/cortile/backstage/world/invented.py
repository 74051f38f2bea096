"""Invented people: a name, a birth date, a fiscal code that is well formed and names no place. Pure but for its dice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from stdnum.it import codicefiscale

from cortile.backstage.world.plan import load

VOWELS = "AEIOU"
MONTHS = "ABCDEHLMPRST"
BIRTHPLACE = "Z999"
WOMAN_DAY = 40
NAME_LETTERS, MANY_CONSONANTS = 3, 4


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist."""

    given_name: str
    family_name: str
    woman: bool
    born: date
    language: str

    @property
    def fiscal_code(self) -> str:
        """Return a codice fiscale with the right check letter and a birthplace that no register has."""
        day = self.born.day + (WOMAN_DAY if self.woman else 0)
        born = f"{self.born:%y}{MONTHS[self.born.month - 1]}{day:02d}"
        body = f"{_family(self.family_name)}{_given(self.given_name)}{born}{BIRTHPLACE}"
        return body + str(codicefiscale.calc_check_digit(body))


class Origins:
    """Where the people of the quarter come from, and what they are called there."""

    def __init__(self, chance: random.Random, today: date) -> None:
        self.chance, self.today = chance, today
        self.known = load("people")
        self.shares = [int(o["share"]) for o in self.known.values()]

    def one(self) -> str:
        """Return an origin, as often as the quarter has it."""
        return self.chance.choices(list(self.known), self.shares)[0]

    def somebody(self, origin: str, *, oldest: int, youngest: int, family: str = "", woman: bool | None = None) -> Invented:
        """Return somebody of an origin and an age."""
        known, chance = self.known[origin], self.chance
        she = chance.random() < 0.53 if woman is None else woman  # noqa: PLR2004 -- Istat: a little more than half
        year = self.today.year - chance.randint(youngest, oldest)
        born = date(year, chance.randint(1, 12), chance.randint(1, 28))
        given = chance.choice(known["women"] if she else known["men"])
        return Invented(given, family or chance.choice(known["families"]), she, min(born, self.today), known["language"])


def phone(number: int) -> str:
    """Return a mobile number nobody can have: the part after the prefix starts with 000."""
    return f"{320 + number // 10000} 000 {number % 10000:04d}"


def landline(number: int) -> str:
    """Return a landline nobody can have."""
    return f"02 0000 {number:04d}"


def _letters(text: str) -> tuple[str, str]:
    plain = [c for c in text.upper().translate(str.maketrans("ÀÁÈÉÌÍÒÓÙÚ", "AAEEIIOOUU")) if "A" <= c <= "Z"]
    return "".join(c for c in plain if c not in VOWELS), "".join(c for c in plain if c in VOWELS)


def _family(name: str) -> str:
    consonants, vowels = _letters(name)
    return f"{consonants}{vowels}XXX"[:NAME_LETTERS]


def _given(name: str) -> str:
    consonants, vowels = _letters(name)
    if len(consonants) >= MANY_CONSONANTS:
        consonants = consonants[0] + consonants[2:]
    return f"{consonants}{vowels}XXX"[:NAME_LETTERS]
