"""What an SMS that came in says: the number of a request, a yes or a no, and words. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\d+.,/])\d{1,9}(?![\d/]|[.,]\d)")
_LABEL = r"(?:\b(?:richiesta|pratica|numero|num\.?|nr\.?|n\.?)\s*)?[#°º]?\s*"
_LABELLED = re.compile(_LABEL + r"0*\d{1,9}\b\s*[:;.,\-–]*\s*", re.IGNORECASE)
YES, NO = frozenset({"si", "yes", "نعم"}), frozenset({"no", "لا"})
MOST_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """The numbers it names in order, its words without the first of them, and ``yes``, ``no`` or nothing."""

    numbers: tuple[int, ...]
    words: str
    answer: str


def read(text: str) -> Reply:
    """Read an SMS. Accents, capitals and stops do not matter: «Sì.», «SI» and «si!» are one word."""
    numbers = tuple(int(found) for found in _NUMBER.findall(text)[:MOST_NUMBERS])
    bare = _LABELLED.sub(" ", text, count=1) if numbers else text
    word = _bare(bare)
    answer = "yes" if word in YES else "no" if word in NO else ""
    leads = _LABELLED.match(text.strip()) if numbers else None
    words = text.strip()[leads.end() :] if leads else text.strip()
    return Reply(numbers, "" if not _bare(bare) else words.strip(), answer)


def _bare(text: str) -> str:
    """Return a text in small letters without accents and stops."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[^\W_]+", plain))
