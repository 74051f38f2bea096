"""What is hashed, byte by byte: an event, a batch, a seal (docs/audit.md says it for whoever writes another verifier). Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = bytes(32)
_INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
# How the server writes each column: JSON text, or null where nothing is written.
_NUMBERS = ("id", "agency_id", "agent_id", "thing_id", "tx", "sealed")
_INSTANTS = ("recorded", "written_at")
_WORDS = ("agent_kind", "agent_name", "agent_role", "fields", "purpose", "reason", "source", "thing", "verb", "what")
COLUMNS = (*_NUMBERS, *_INSTANTS, *_WORDS)


def _instant(column: str) -> str:
    """Write an instant in UTC to the microsecond. What a calendar of four digits cannot say is said as the server says it."""
    fits = f"{column} >= '0001-01-01Z' AND {column} < '9999-12-31Z'"
    written = f"to_char({column} AT TIME ZONE 'UTC', '{_INSTANT}')"
    return f"to_json(CASE WHEN {fits} THEN {written} ELSE {column}::text END)::text"


def _value(column: str) -> str:
    if column in _NUMBERS:
        return f"coalesce(e.{column}::text, 'null')"
    return _instant(f"e.{column}") if column in _INSTANTS else f"to_json(e.{column})::text"


# Nearly always a subject says the body and the instant of its event: then its number is enough.
_SUBJECT = f"""CASE WHEN s.recorded = e.recorded AND s.agency_id IS NOT DISTINCT FROM e.agency_id THEN s.person_id::text
    ELSE '{{"agency_id":' || coalesce(s.agency_id::text, 'null') || ',"person_id":' || s.person_id ||
    ',"recorded":' || {_instant("s.recorded")} || '}}' END"""
_SUBJECTS = f"""coalesce((SELECT '[' || string_agg({_SUBJECT}, ',' ORDER BY s.person_id, s.id) || ']'
    FROM kit_auditsubject s WHERE s.event_id = e.id), '[]')"""  # noqa: S608 -- our own column names
_PARTS = sorted([*((column, _value(column)) for column in COLUMNS), ("subjects", _SUBJECTS)])
# The canonical text of an event ``e``, made by the server in one pass: keys in order, no spaces.
CANONICAL = " || ".join(f"""'{"{" if n == 0 else ","}"{name}":' || {sql}""" for n, (name, sql) in enumerate(_PARTS)) + " || '}'"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as it stands in ``kit_seal``."""

    number: int
    sealed_at: datetime
    previous: bytes
    count: int
    batch: bytes
    horizon: int
    cluster: str
    digest: bytes = b""
    signature: bytes = b""
    public_key: bytes = b""

    def hashed(self) -> bytes:
        """Return the digest its contents have."""
        said = {
            "batch": self.batch.hex(), "cluster": self.cluster, "count": self.count, "horizon": self.horizon,
            "number": self.number, "previous": self.previous.hex(), "sealed_at": instant(self.sealed_at),
        }  # fmt: skip
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).digest()


def instant(at: datetime) -> str:
    """Write an instant as the canonical form does."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def leaf(canonical: str) -> bytes:
    """Return the hash of one event."""
    return hashlib.sha256(canonical.encode()).digest()


def batch(leaves: Iterable[bytes]) -> bytes:
    """Return the hash of some leaves, in the order of their events' numbers."""
    return hashlib.sha256(b"".join(leaves)).digest()
