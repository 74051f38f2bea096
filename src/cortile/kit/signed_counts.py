"""Counts of three months that travel as a signed file: how it is written, and how it is read again. Pure.

The file is JSON: ``version``, ``association``, ``quarter`` («2025-Q4»), ``counts``, ``public_key`` and ``signature`` (Ed25519, both
in hexadecimal). What is signed is everything but the signature, in one canonical form, so that spaces or an order change nothing.
A count is a number from five up, zero, ``null`` for «fewer than five», or «hidden» for a number that would give one of those away.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cortile.kit.small_cells import LEAST

VERSION, HIDDEN = 1, "hidden"
LARGEST, LONGEST_NAME = 16 * 1024, 120
PLACES = {"version", "association", "quarter", "counts", "public_key", "signature"}
# What a signature of these files can never be mistaken for: that of anything else signed with the same key.
_SIGNED = b"counts of three months\n"
_SHORT, _PERIOD = re.compile(r"[a-z][a-z_]{0,39}"), re.compile(r"(20[0-9]{2})-Q([1-4])")
Cell = int | str | None


class BadFileError(Exception):
    """Raised for a file that is not believed; ``code`` says why: «unreadable», «form», «cell», «quarter», «signature» or «key»."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, from 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def after(self) -> date:
        """Return the first day after it: from then on it is closed."""
        return date(self.year + self.number // 4, 3 * (self.number % 4) + 1, 1)

    @property
    def before(self) -> Quarter:
        """Return the one before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def holds(self, day: date) -> bool:
        """Tell whether a day is in it."""
        return self.first <= day < self.after

    def closed(self, today: date) -> bool:
        """Tell whether its last day is over."""
        return self.after <= today


@dataclass(frozen=True, slots=True)
class Counts:
    """What a file says, and with which key."""

    association: str
    quarter: Quarter
    cells: Mapping[str, Cell]
    public: bytes

    @property
    def said(self) -> str:
        """Return what it says in its canonical form: two files that say the same are the same."""
        return _canonical(_unsigned(self)).decode()


def quarter_of(day: date) -> Quarter:
    """Return the quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter(text: object) -> Quarter:
    """Read «2025-Q4»; raise ``BadFileError('quarter')``."""
    found = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise BadFileError("quarter")
    return Quarter(int(found[1]), int(found[2]))


def write(association: str, asked: Quarter, cells: Mapping[str, Cell], key: Ed25519PrivateKey) -> bytes:
    """Return the signed file."""
    counts = Counts(association, asked, dict(cells), key.public_key().public_bytes_raw())
    signature = key.sign(_SIGNED + _canonical(_unsigned(counts)))
    return json.dumps({**_unsigned(counts), "signature": signature.hex()}, ensure_ascii=False, indent=1).encode() + b"\n"


def read(raw: bytes) -> Counts:
    """Return what a file says, once its signature holds. Raise ``BadFileError``: whose key it is, the caller must know."""
    document = _document(raw)
    counts = Counts(
        _name(document["association"]), quarter(document["quarter"]), _cells(document["counts"]), _hex(document["public_key"], 32)
    )
    try:
        Ed25519PublicKey.from_public_bytes(counts.public).verify(
            _hex(document["signature"], 64), _SIGNED + _canonical(_unsigned(counts))
        )
    except InvalidSignature as wrong:
        raise BadFileError("signature") from wrong
    return counts


def is_cell(value: object) -> bool:
    """Tell whether something may stand in a file: nobody, five or more, «fewer than five», or a hidden number."""
    return value is None or value == HIDDEN or (type(value) is int and (value == 0 or value >= LEAST))


def key_file(public: bytes) -> bytes:
    """Return a public key as the file that is handed over (PEM)."""
    pem, info = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return Ed25519PublicKey.from_public_bytes(public).public_bytes(pem, info)


def public_of(raw: bytes) -> bytes:
    """Return the public key a file holds; raise ``BadFileError('key')``."""
    try:
        found = serialization.load_pem_public_key(raw[:LARGEST])
    except (ValueError, TypeError) as wrong:
        raise BadFileError("key") from wrong
    if not isinstance(found, Ed25519PublicKey):
        raise BadFileError("key")
    return found.public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """Return what two people read to each other to know that they hold the same key: eight groups of four characters."""
    digest = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _unsigned(counts: Counts) -> dict[str, Any]:
    return {
        "version": VERSION, "association": counts.association, "quarter": str(counts.quarter), "counts": dict(counts.cells),
        "public_key": counts.public.hex(),
    }  # fmt: skip


def _canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _document(raw: bytes) -> dict[str, Any]:
    if len(raw) > LARGEST:
        raise BadFileError("unreadable")
    try:
        found = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError) as wrong:
        raise BadFileError("unreadable") from wrong
    if not isinstance(found, dict) or set(found) != PLACES or type(found["version"]) is not int or found["version"] != VERSION:
        raise BadFileError("form")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Read an object whose names stand in it once: of two, one would be signed and the other shown."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise BadFileError("form")
    return dict(pairs)


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value.strip()) <= LONGEST_NAME:
        raise BadFileError("form")
    return value


def _cells(value: object) -> dict[str, Cell]:
    if not isinstance(value, dict) or not all(_SHORT.fullmatch(name) for name in value):
        raise BadFileError("form")
    if not all(is_cell(cell) for cell in value.values()):
        raise BadFileError("cell")
    return value


def _hex(value: object, size: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * size}}}", value):
        raise BadFileError("form")
    return bytes.fromhex(value)
