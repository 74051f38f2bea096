"""The lane's own audit: each event sealed to the association's key and chained to the one before it.

Only the association reads it. A chain that is cut or changed shows: the digest of each event takes in the one before it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cortile.haven import keys
from cortile.haven.models import AssociationKey, Chain, Event


def context(association_id: int, number: int) -> str:
    """Return what an event is bound to."""
    return f"haven_event|sealed|{association_id}|{number}"


def digest(previous: bytes, number: int, sealed: bytes) -> bytes:
    """Return the digest of an event: SHA-256 of the one before it, its number and what it holds."""
    return hashlib.sha256(previous + number.to_bytes(8, "big") + bytes(sealed)).digest()


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
    chain.number, chain.digest = number, digest(bytes(chain.digest), number, sealed)
    Event.objects.create(association_id=association_id, number=number, key_version=key.version, sealed=sealed, digest=chain.digest)
    chain.save()
