"""Pure decisions about addresses, and about screens left alone."""

from __future__ import annotations

import re
import unicodedata

COMMON = frozenset({"via", "viale", "piazza", "largo", "corso", "vicolo", "strada", "dei", "delle", "degli", "del", "della",
                    "di", "da", "la", "il", "le", "scala", "sc", "n", "numero", "civico"})  # fmt: skip
PREFIX = 4
SHORTEST_LOCK, LONGEST_LOCK = 5, 20


def address_words(text: str) -> list[str]:
    """Return the telling words of an address: «Via dei Tigli 12/C» gives tigli, 12, c."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return [w for w in re.findall(r"\d+|[^\W\d_]+", bare.replace("'", " ")) if w not in COMMON]


def address_tokens(street: str, number: str) -> set[str]:
    """Return the token rows of a building: each word's beginning, and the civic number."""
    found = {f"s:{w[:PREFIX]}" for w in address_words(street)}
    return found | {f"#:{w}" for w in address_words(number)}


def looks_like_address(text: str) -> bool:
    """Tell whether what somebody typed reads as a street with a number or a stair."""
    found = address_words(text)
    return any(w.isdigit() for w in found) and any(len(w) > 1 and w.isalpha() for w in found)


def may_lock_after(minutes: int) -> bool:
    """Tell whether a screen may lock after so many minutes: not while somebody writes, nor when everybody has gone by."""
    return SHORTEST_LOCK <= minutes <= LONGEST_LOCK
