"""Whose record it is, and the place each ciphertext is bound to. An association's records open for its own shifts alone."""

from __future__ import annotations

import json
import uuid
from typing import Any

from cortile.haven import keys
from cortile.haven.keyring import Shift
from cortile.haven.models import AssociationEntry, Entry, Record
from cortile.kit.refusals import NotVisible


def record_context(number: uuid.UUID) -> str:
    """Return what a record's key is bound to."""
    return f"haven_record|key_sealed|{number}"


def entry_context(entry: Entry) -> str:
    """Return what an entry is bound to: itself, and its record."""
    return f"haven_entry|closed|{entry.pk}|{entry.record_id}"


def record_key(shift: Shift, record: Record) -> bytes:
    """Open a record's key with a shift. Raise ``NotVisible`` for another association's record."""
    if record.association_id != shift.association_id:
        raise NotVisible
    return keys.unseal(shift.key(record.key_version), bytes(record.key_sealed), record_context(uuid.UUID(str(record.pk))))


def opened(key: bytes, entry: Entry) -> dict[str, Any]:
    """Return what an entry holds."""
    return dict(json.loads(keys.decrypt(key, bytes(entry.closed), entry_context(entry))))


def association_entry_context(entry: AssociationEntry) -> str:
    """Return what an association's own entry is bound to."""
    return f"haven_associationentry|sealed|{entry.pk}|{entry.association_id}"


def association_entry(shift: Shift, entry: AssociationEntry) -> dict[str, Any]:
    """Open an entry of the association's own. Raise ``NotVisible`` for another association's."""
    if entry.association_id != shift.association_id:
        raise NotVisible
    return dict(json.loads(keys.unseal(shift.key(entry.key_version), bytes(entry.sealed), association_entry_context(entry))))
