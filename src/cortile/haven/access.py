"""Whose record it is, and the place each ciphertext is bound to. An association's records open for its own shifts alone."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from cortile.haven import keys
from cortile.haven.keyring import Shift
from cortile.haven.models import AssociationEntry, AssociationKey, Entry, Record, Slot
from cortile.kit.refusals import NotVisible

# Nothing that is typed is longer, closed.
LARGEST_WRITTEN = 64 * 1024


def record_context(number: uuid.UUID) -> str:
    """Return what a record's key is bound to."""
    return f"haven_record|key_sealed|{number}"


def entry_context(entry: Entry) -> str:
    """Return what an entry is bound to: itself, and its record."""
    return f"haven_entry|closed|{entry.pk}|{entry.record_id}"


def association_context(number: uuid.UUID) -> str:
    """Return what an entry of the association's own, about no woman, is bound to."""
    return f"haven_associationentry|sealed|{number}"


def newest(association_id: int) -> AssociationKey:
    """Return the key everything new is sealed to."""
    return AssociationKey.objects.filter(association_id=association_id).order_by("-version")[0]


def record_key(shift: Shift, record: Record) -> bytes:
    """Open a record's key with a shift. Raise ``NotVisible`` for another association's record."""
    if record.association_id != shift.association_id:
        raise NotVisible
    return keys.unseal(shift.key(record.key_version), bytes(record.key_sealed), record_context(uuid.UUID(str(record.pk))))


def small(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Leave out the files among entries: nobody reads them to know what a record says."""
    return entries.alias(size=Length("closed")).filter(size__lt=LARGEST_WRITTEN)


def opened(key: bytes, entry: Entry) -> dict[str, Any]:
    """Return what an entry holds."""
    return dict(json.loads(keys.decrypt(key, bytes(entry.closed), entry_context(entry))))


def entry_of(record: Record, number: uuid.UUID) -> Entry:
    """Return an entry of a record. Raise ``NotVisible`` where the record has none of this number."""
    found = Entry.objects.filter(record=record, pk=number).first()
    if found is None:
        raise NotVisible
    return found


def opened_for_all(shift: Shift, entry: AssociationEntry) -> dict[str, Any]:
    """Return what an entry of the association's own holds."""
    context = association_context(uuid.UUID(str(entry.pk)))
    return dict(json.loads(keys.unseal(shift.key(entry.key_version), bytes(entry.sealed), context)))


def slot_context(slot: Slot) -> str:
    """Return what somebody added when she took a half hour is bound to."""
    return f"haven_slot|sealed|{slot.pk}"
