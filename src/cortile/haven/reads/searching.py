"""Looking through everything that is written, in memory: no index of hers stands anywhere, and nothing opened stays.

All notes are opened at each asking, so the first look parses nothing: it decrypts, and compares bytes. What it names is opened.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from cortile.haven import access
from cortile.haven.keyring import Shift
from cortile.haven.keys import NONCE_BYTES

# The files among entries are as large as photos: nobody looks for words in them.
LARGEST = 64 * 1024
FEW = 250
# Letters that fold into plain ones («ß» is «ss»), as UTF-8 begins them: where one stands, the text is folded whole.
FOLDING = (b"\xc3\x9f", b"\xc4\xb0", b"\xc5\x89", b"\xc5\xbf", b"\xc7\xb0", b"\xe1\xba", b"\xe2\x84\xaa", b"\xef\xac")
_ENTRIES = """
    SELECT entry.record_id::text, entry.id::text, entry.closed
    FROM haven_entry entry JOIN haven_record record ON record.id = entry.record_id
    WHERE record.association_id = %s AND length(entry.closed) < %s
"""
Opener = Callable[[bytes, bytes, bytes], bytes]


def holding(shift: Shift, words: Sequence[str]) -> list[uuid.UUID]:
    """Return the numbers of the records that may hold every word, in capitals or not: which do, opening them says.

    None is left out. Some too many may be named: an accent is not told from another here, nor a word of ours from hers.
    """
    openers = _openers(shift)
    found: dict[bytes, set[str]] = {piece: set() for word in words for piece in pieces(word)}
    with connection.cursor() as cursor:
        # A few at a time, and as bytes: the server reads on while we decrypt, and nothing is written as figures and read again.
        for record, entry, closed in cursor.cursor.stream(_ENTRIES, [shift.association_id, LARGEST], binary=True, size=FEW):
            said = openers[record](closed[:NONCE_BYTES], closed[NONCE_BYTES:], f"haven_entry|closed|{entry}|{record}".encode())
            said = said.lower() if said.isascii() or not folds(said) else said.decode().casefold().encode()
            for piece, records in found.items():
                if piece in said:
                    records.add(record)
    return [uuid.UUID(record) for record in set(openers).intersection(*found.values())]


def pieces(word: str) -> list[bytes]:
    """Return the parts of a word whose bytes are the same however it is written: plain letters, and scripts without capitals."""
    kept = (sign if _is_kept(sign) else " " for sign in word.casefold())
    return [piece.encode() for piece in "".join(kept).split()]


def _is_kept(sign: str) -> bool:
    return (sign.isascii() and sign.isprintable() and sign not in '"\\') or unicodedata.category(sign) == "Lo"


def folds(said: bytes) -> bool:
    """Tell whether a letter stands in it that folds into plain ones. Single bytes first: they are looked for ten times as fast."""
    # One after the other, written out: this is asked of every note.
    if 0x9F in said or 0xAA in said or 0xC4 in said or 0xC5 in said or 0xC7 in said or 0xE1 in said or 0xEF in said:  # noqa: PLR2004 -- the bytes of FOLDING that Italian has seldom
        return any(letter in said for letter in FOLDING)
    return False


def _openers(shift: Shift) -> dict[str, Opener]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, id::text, key_version, key_sealed FROM haven_record WHERE association_id = %s", [shift.association_id]
        )
        return {
            place: AESGCM(access.opened_key(shift, version, bytes(sealed), number)).decrypt
            for number, place, version, sealed in cursor.fetchall()
        }
