"""How long an SMS is, and how to keep it short: GSM 03.38 where it can be, UCS-2 in two parts where it must. Pure."""

from __future__ import annotations

import unicodedata

ONE_PART = 160
TWO_WIDE_PARTS = 134
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€\f")
_WRITTEN = {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}


def is_gsm(text: str) -> bool:
    """Tell whether a text travels in seven bits."""
    return all(c in GSM or c in TWICE for c in text)


def length(text: str) -> int:
    """Return the length an operator counts: septets in GSM, UTF-16 units otherwise."""
    if is_gsm(text):
        return sum(2 if c in TWICE else 1 for c in text)
    return len(text.encode("utf-16-be")) // 2


def fits(text: str) -> bool:
    """Tell whether a text is one part in GSM, or two in Arabic."""
    return length(text) <= (ONE_PART if is_gsm(text) else TWO_WIDE_PARTS)


def plain(text: str) -> str:
    """Write a Latin text with the letters of GSM: «Łucja» loses a stroke, not half the message. Other scripts stay as they are."""
    if any(c.isalpha() and c not in GSM and not unicodedata.name(c, "").startswith("LATIN") for c in text):
        return text
    return "".join(_gsm_letter(_WRITTEN.get(c, c)) for c in text)


def _gsm_letter(letter: str) -> str:
    if is_gsm(letter):
        return letter
    bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return bare if is_gsm(bare) else _BARE.get(letter, "?")


_BARE = {"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "ħ": "h", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d"}
