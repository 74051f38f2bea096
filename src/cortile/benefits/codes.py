"""The code of an application begun and not sent: two easy words and four digits, said aloud or written on a paper."""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
import secrets
import unicodedata
from pathlib import Path

from django.conf import settings

_LIST = Path(__file__).with_name("code_words.txt")
_TYPED = re.compile(r"[^A-Z]*([A-Z]+)[^A-Z0-9]+([A-Z]+)[^A-Z0-9]*([0-9]{4})[^A-Z0-9]*")
DIGITS = 10_000


@functools.cache
def easy_words() -> tuple[str, ...]:
    """Return the words codes are made of: everyday, without accents, of four to eight letters."""
    return tuple(_LIST.read_text(encoding="ascii").split())


def fresh() -> str:
    """Draw a code, as it is written: «LUNA-RIVA-4827»."""
    return f"{secrets.choice(easy_words())}-{secrets.choice(easy_words())}-{secrets.randbelow(DIGITS):04d}".upper()


def tidy(typed: str) -> str:
    """Return a code as it is written, whatever stands between its parts: «luna riva 4827». Nothing where it is none."""
    bare = "".join(c for c in unicodedata.normalize("NFD", typed) if not unicodedata.combining(c)).upper()
    found = _TYPED.fullmatch(bare.strip())
    return "-".join(found.groups()) if found else ""


def digest(code: str) -> str:
    """Return what is kept of a code: its SHA-256, keyed with the installation's secret, so that no list of codes opens a table."""
    return hmac.new(settings.SECRET_KEY.encode(), f"draft:{tidy(code)}".encode(), hashlib.sha256).hexdigest()
