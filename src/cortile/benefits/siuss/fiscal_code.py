"""What a codice fiscale says of its owner (D.M. 23/12/1976), where it says it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from stdnum.it import codicefiscale

from cortile.benefits.siuss.records import Sex

PERSONAL = 16
WOMAN_DAY = 40
PART, MANY_CONSONANTS = 3, 4
# Who shares a code with somebody gets one with letters for digits (omocodia): they say the same.
_DIGITS = str.maketrans("LMNPQRSTUV", "0123456789")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sixteen characters say: the year's last two digits, the sex, the Belfiore code of the birthplace, six letters."""

    year: int
    sex: Sex
    birthplace: str
    letters: str


def holds(code: str) -> bool:
    """Tell whether the check character holds, of a personal code or of a provisional one of eleven digits."""
    return bool(codicefiscale.is_valid(code))


def read(code: str) -> Reading | None:
    """Read a personal code; None of a provisional one, which says nothing of its owner, and of one that does not hold."""
    if len(code) != PERSONAL or not holds(code):
        return None
    plain = code.upper()
    year, day, place = (plain[start:end].translate(_DIGITS) for start, end in ((6, 8), (9, 11), (12, 15)))
    return Reading(int(year), Sex.FEMALE if int(day) > WOMAN_DAY else Sex.MALE, plain[11] + place, plain[:6])


def letters(family_name: str, given_name: str) -> str | None:
    """Return the six letters of a name; None when some are not Latin, since nobody knows how the office read them."""
    family, given = _latin(family_name), _latin(given_name)
    if not family or not given:
        return None
    consonants, vowels = _parted(given)
    if len(consonants) >= MANY_CONSONANTS:
        consonants = consonants[0] + consonants[2:]
    return _part(*_parted(family)) + _part(consonants, vowels)


def _latin(name: str) -> str | None:
    bare = [c for c in unicodedata.normalize("NFKD", name).upper() if c.isalpha()]
    return "".join(bare) if all("A" <= c <= "Z" for c in bare) else None


def _parted(name: str) -> tuple[str, str]:
    return "".join(c for c in name if c not in "AEIOU"), "".join(c for c in name if c in "AEIOU")


def _part(consonants: str, vowels: str) -> str:
    return f"{consonants}{vowels}XXX"[:PART]
