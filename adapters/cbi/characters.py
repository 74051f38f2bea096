"""The letters banks take, and the nearest ones to those they do not. Pure.

SEPA Latin character set: European Payments Council, SCT Customer-to-PSP Implementation Guidelines (EPC132-08);
conversions after its best practices for an extended one (EPC217-08): «ü» is «u», not «ue».
"""

from __future__ import annotations

import re
import string
import unicodedata

ALLOWED = frozenset(string.ascii_letters + string.digits + "/-?:().,'+ ")
SAID = "lettere senza accento, cifre, spazi e / - ? : ( ) . , ' +"
# Letters that Unicode does not take apart, and the signs people type.
_NEAREST = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ı": "i", "ə": "e", "Ə": "E", "&": "+"}
    | dict.fromkeys('’‘ʼ`´ʻ′“”«»"', "'")
    | dict.fromkeys("‐‑‒–—−", "-")
)  # fmt: skip
# XML 1.0, production [2] Char: the rest cannot be written at all.
_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def latin(text: str) -> str:
    """Return a text in the bank's letters where there is a near one: «Nicolò» is «Nicolo». What has none stays, to be refused."""
    apart = unicodedata.normalize("NFKD", text.translate(_NEAREST))
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def outside(text: str) -> list[str]:
    """Return the signs of a text that banks do not take, each once."""
    return sorted(set(text) - ALLOWED)


def representable(text: str) -> str:
    """Return a text that XML can hold: what it cannot becomes U+FFFD, which is then refused like any other sign."""
    return _NEVER.sub("\ufffd", text)
