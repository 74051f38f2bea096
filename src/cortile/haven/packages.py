"""A hand-over between two associations: cards that say who is who, and packages one of them alone opens. Pure: no database.

A package is sealed to its recipient and signed by its sender inside the seal: whoever carries it learns neither who sent it nor to
whom, and nobody can send it on as their own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cortile.haven import keys
from cortile.kit.refusals import Refused

CARD, PACKAGE, PLACE = "CORTILE-BIGLIETTO-1", "CORTILE-PACCO-1", "haven_package|1"
KEY_BYTES, SIGNATURE_BYTES = 32, 64
# Six words of two syllables: easy to say on the phone, 73 bits for who would make another card that sounds the same.
CONSONANTS, VOWELS, SPOKEN = "bdfglmnprstvzc", "aeiou", 6
AGAIN = "Chiedi di mandarlo di nuovo."
# What a record may hold; anything else is no package of ours.
KINDS = frozenset({"contact", "note", "step", "appointment", "paper", "file", "code", "handed_over", "received"})
# Whoever loads it sends it as a form, and a form has an end.
LARGEST = 9_500_000


@dataclass(frozen=True, slots=True)
class Card:
    """An association as another one knows it: its name, the key it opens packages with, the one it signs with."""

    slug: str
    name: str
    public: bytes
    signing: bytes

    @property
    def words(self) -> str:
        """Return the card's fingerprint in words to read on the phone."""
        left = int.from_bytes(hashlib.sha256(self._said().encode()).digest(), "big")
        syllables = []
        for _ in range(SPOKEN * 2):
            left, which = divmod(left, len(CONSONANTS) * len(VOWELS))
            syllables.append(CONSONANTS[which // len(VOWELS)] + VOWELS[which % len(VOWELS)])
        return " ".join(a + b for a, b in zip(syllables[::2], syllables[1::2], strict=True))

    def text(self) -> str:
        """Return the card as a short file."""
        return f"{CARD}\n{self._said()}\n"

    def _said(self) -> str:
        said = {"slug": self.slug, "name": self.name, "public": _written(self.public), "signing": _written(self.signing)}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Package:
    """What came in a package: its number, who sent it, the code she chose, and what was written, by the number it had there."""

    number: uuid.UUID
    sender: str
    code: str
    entries: dict[str, dict[str, Any]]


def read_card(text: str) -> Card:
    """Read a card. Raise ``Refused('card-damaged')`` for anything else."""
    try:
        mark, said = text.strip().splitlines()
        held = json.loads(said)
        found = Card(str(held["slug"]), str(held["name"]), _read(held["public"], KEY_BYTES), _read(held["signing"], KEY_BYTES))
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refused("card-damaged", "Questo non è un biglietto intero.", AGAIN) from wrong
    if mark != CARD:
        raise Refused("card-damaged", "Questo non è un biglietto intero.", AGAIN)
    return found


def made(package: Package, *, to: Card, signing: bytes) -> str:
    """Return a package as a file: signed, then sealed to its recipient."""
    said = {
        "number": str(package.number),
        "from": package.sender,
        "to": _written(to.public),
        "code": package.code,
        "entries": package.entries,
    }
    body = json.dumps(said, ensure_ascii=False).encode()
    signature = Ed25519PrivateKey.from_private_bytes(signing).sign(PLACE.encode() + body)
    sealed = keys.seal(to.public, signature + body, PLACE)
    return f"{PACKAGE}\n{hashlib.sha256(sealed).hexdigest()}\n{base64.b64encode(sealed).decode()}\n"


def opened(text: str, *, private: Mapping[int, bytes], sender: Card) -> Package:
    """Open a package of a sender with one of our keys.

    Raise ``Refused``: ``package-damaged`` for a file that is not whole, ``package-foreign`` for another association's,
    ``package-unsigned`` where the sender of the card did not sign it for us.
    """
    sealed = _whole(text)
    held, public = _unsealed(sealed, private.values())
    signature, body = held[:SIGNATURE_BYTES], held[SIGNATURE_BYTES:]
    try:
        Ed25519PublicKey.from_public_bytes(sender.signing).verify(signature, PLACE.encode() + body)
        said = json.loads(body)
        meant = said["to"] == _written(public) and said["from"] == sender.slug
        package = Package(
            uuid.UUID(said["number"]), sender.slug, str(said["code"]), {n: _entry(e) for n, e in said["entries"].items()}
        )
    except InvalidSignature as wrong:
        raise _unsigned() from wrong
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise _damaged() from wrong
    if not meant:
        raise _unsigned()
    return package


def _whole(text: str) -> bytes:
    try:
        mark, said, held = text.strip().splitlines()
        sealed = base64.b64decode(held, validate=True)
    except ValueError as wrong:
        raise _damaged() from wrong
    if mark != PACKAGE or hashlib.sha256(sealed).hexdigest() != said:
        raise _damaged()
    return sealed


def _unsealed(sealed: bytes, private: Sequence[bytes] | Any) -> tuple[bytes, bytes]:  # noqa: ANN401 -- the values of a mapping
    for key in private:
        try:
            return keys.unseal(key, sealed, PLACE), keys.public_of(key)
        except keys.UnreadableError:
            continue
    raise Refused("package-foreign", "Questo pacco non è per voi.", "Chiedi a chi lo manda se ha usato il vostro biglietto.")


def _entry(said: dict[str, Any]) -> dict[str, Any]:
    """Take in what the desk can show, and nothing that belongs to the sender: its half hours, her yes to the others."""
    if not isinstance(said, dict) or said.get("kind") not in KINDS:
        raise TypeError
    date.fromisoformat(str(said["on"]))
    if said["kind"] == "appointment" and datetime.fromisoformat(str(said["at"])).tzinfo is None:
        raise ValueError
    return {name: value for name, value in said.items() if name not in {"slot", "callback"}}


def _damaged() -> Refused:
    return Refused("package-damaged", "Questo pacco è rovinato.", AGAIN)


def _unsigned() -> Refused:
    return Refused("package-unsigned", "La firma non è di chi ha dato il biglietto.", "Non caricarlo. Telefona a chi lo manda.")


def _written(held: bytes) -> str:
    return base64.b64encode(held).decode()


def _read(said: str, size: int) -> bytes:
    held = base64.b64decode(said, validate=True)
    if len(held) != size:
        raise ValueError
    return held
