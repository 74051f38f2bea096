"""The lane's own audit: each event sealed to the association's key and chained to the one before it.

Only the association reads it. A chain that is cut or changed shows: the digest of each event takes in the one before it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cortile.haven import keys
from cortile.haven.models import AssociationKey, Chain, Event


def context(association_id: int, number: int) -> str:
    """Return what an event is bound to."""
    return f"haven_event|sealed|{association_id}|{number}"


def digest(previous: bytes, number: int, version: int, sealed: bytes) -> bytes:
    """Return the digest of an event: SHA-256 of the one before it, its number, the version of its key and what it holds."""
    return hashlib.sha256(bytes(previous) + number.to_bytes(8, "big") + version.to_bytes(4, "big") + bytes(sealed)).digest()


def keep(events: list[dict[str, Any]]) -> None:
    """Seal and chain events, each in the log of its association. One of nobody's association is left nowhere: it is of no woman."""
    for event in events:
        if event["agency_id"] is not None:
            _append(event["agency_id"], event)


def _append(association_id: int, event: dict[str, Any]) -> None:
    # One event after another: whoever writes waits for who is writing, and no number is left out.
    chain = Chain.objects.select_for_update().get(pk=association_id)
    key = AssociationKey.objects.filter(association_id=association_id).order_by("-version")[0]
    number = chain.number + 1
    said = json.dumps({name: value for name, value in event.items() if value not in (None, "", [])}, default=str).encode()
    sealed = keys.seal(bytes(key.public), said, context(association_id, number))
    chain.number, chain.digest = number, digest(bytes(chain.digest), number, key.version, sealed)
    Event.objects.create(association_id=association_id, number=number, key_version=key.version, sealed=sealed, digest=chain.digest)
    chain.save()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended when somebody noted it down: kept outside the database, it shows a tail that was cut."""

    number: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.number}:{bytes(self.digest).hex()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a chain: at which number, and what (``missing``, ``changed``, ``cut``, ``not-kept``)."""

    number: int
    what: str


def head(association_id: int) -> Head:
    """Return where an association's chain ends."""
    chain = Chain.objects.get(pk=association_id)
    return Head(chain.number, bytes(chain.digest))


def noted(text: str) -> Head:
    """Read a head that was noted down. Raise ``ValueError`` for anything else."""
    number, _, said = text.strip().partition(":")
    return Head(int(number), bytes.fromhex(said))


def findings(association_id: int, kept: Head | None = None) -> list[Finding]:
    """Return what is wrong in a chain, without a key: nothing where it is whole.

    Whoever owns the tables can draw every digest again from some place on, and the end of the chain with them: only a head
    kept elsewhere shows that.
    """
    found, previous, number, known = [], b"", 0, kept is None or kept.number == 0
    for event in Event.objects.filter(association_id=association_id).order_by("number").iterator():
        found += [Finding(missing, "missing") for missing in range(number + 1, event.number)]
        number, held = event.number, bytes(event.digest)
        if digest(previous, number, event.key_version, bytes(event.sealed)) != held:
            found.append(Finding(number, "changed"))
        previous = held
        known = known or (kept is not None and (number, held) == (kept.number, kept.digest))
    end = head(association_id)
    if (end.number, end.digest) != (number, previous):
        found.append(Finding(min(end.number, number) + 1, "cut"))
    return found if known or kept is None else [*found, Finding(kept.number, "not-kept")]
