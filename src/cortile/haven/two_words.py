"""The two words of who took a half hour: drawn from a short list, shown once, held as a digest that is slow to guess. Pure."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cortile.haven import keys

FILE = Path(__file__).with_name("two_words.txt")
# Twenty-five thousand pairs are few: each guess costs 19 MiB and two passes, and the lane's own secret, which no dump holds.
SLOW = keys.Stretching(memory=19_456, passes=2, lanes=1)


@lru_cache(maxsize=1)
def every() -> tuple[str, ...]:
    """Return the words: plain Italian, without accents, none like another."""
    return tuple(FILE.read_text(encoding="utf-8").split())


def drawn() -> str:
    """Draw two different words."""
    first = secrets.choice(every())
    return f"{first} {secrets.choice([word for word in every() if word != first])}"


def digest(words: str, at: datetime, secret: str) -> bytes:
    """Return the digest of two words for the half hours that begin at an instant, however they were typed.

    The salt is the instant, not the row: trying words costs the same whether anybody took anything then or not.
    """
    said = " ".join(sorted(words.casefold().replace(",", " ").split()))
    keyed = hmac.digest(secret.encode(), f"haven.two_words|{said}".encode(), hashlib.sha256).hex()
    salt = hashlib.sha256(f"haven_slot|words|{at.timestamp():.0f}".encode()).digest()[: keys.SALT_BYTES]
    return keys.stretched(keyed, salt, SLOW)
