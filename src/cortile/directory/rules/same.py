"""Whether two cards are one: the same name at the same address, the same telephone, the same number of the tax office. Pure."""

from __future__ import annotations

import re
import unicodedata

# Words that say nothing of who it is.
_EMPTY = frozenset(
    {
        "di", "del", "della", "dei", "delle", "da", "in", "a", "al", "alla", "il", "la", "lo", "le", "i", "gli", "e", "ed", "per",
        "con", "onlus", "odv", "aps", "ets", "srl", "coop", "cooperativa", "sociale", "associazione", "ass", "fondazione", "soc",
        "societa", "spa", "scs", "asd",
    }
)  # fmt: skip
_STREETS = {"v": "via", "vle": "viale", "pza": "piazza", "pzza": "piazza", "cso": "corso", "lgo": "largo"}
_NUMBER = re.compile(r"\b(n|nr|num|civ|n\.)\s*(?=\d)")


def bare(text: str) -> str:
    """Return a text without accents, capitals, marks and double blanks."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def name_key(name: str) -> str:
    """Return what a name is compared by: its telling words, in order of the alphabet."""
    words = [w for w in bare(name).split() if w not in _EMPTY]
    return " ".join(sorted(words)) or bare(name)


def address_key(address: str) -> str:
    """Return what an address is compared by: street and number, however they were shortened."""
    plain = " ".join(_STREETS.get(w.replace(".", "").strip(","), w) for w in address.lower().split())
    return bare(_NUMBER.sub("", plain))


def phone_key(number: str) -> str:
    """Return the figures of a telephone, without Italy's prefix."""
    digits = re.sub(r"\D", "", number)
    digits = digits.removeprefix("00")
    return digits[2:] if digits.startswith("39") and len(digits) > 10 else digits  # noqa: PLR2004 -- a mobile without prefix has ten


def tax_key(number: str) -> str:
    """Return the figures and letters of a codice fiscale or partita IVA, without the country."""
    plain = re.sub(r"[^0-9A-Z]", "", number.upper())
    return plain[2:] if plain.startswith("IT") and plain[2:].isdigit() else plain
