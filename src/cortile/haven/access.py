"""Whose record it is, and the place each ciphertext is bound to. An association's records open for its own shifts alone."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length

from cortile.haven import keys
from cortile.haven.keyring import Shift
from cortile.haven.models import AssociationEntry, AssociationKey, Entry, Operator, Record, Slot
from cortile.kit import scopes
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible

# Nothing that is typed is longer, closed.
LARGEST_WRITTEN = 64 * 1024
# Who writes in a record and who turns the keys wait for each other here, by association.
_TURNING = 7001


def at_work(member: Operator) -> Actor:
    """Return an operator as who acts."""
    role = "lead" if member.leads else "operator"
    return Actor(kind=Kind.STAFF, name=member.name, id=member.pk, role=role, agency_id=member.association_id, purpose="protection")


def record_context(number: uuid.UUID) -> str:
    """Return what a record's key is bound to."""
    return f"haven_record|key_sealed|{number}"


def entry_context(entry: Entry) -> str:
    """Return what an entry is bound to: itself, and its record."""
    return f"haven_entry|closed|{entry.pk}|{entry.record_id}"


def association_context(number: uuid.UUID) -> str:
    """Return what an entry of the association's own, about no woman, is bound to."""
    return f"haven_associationentry|sealed|{number}"


def slot_context(slot: Slot) -> str:
    """Return what somebody added when she took a half hour is bound to."""
    return f"haven_slot|sealed|{slot.pk}"


def keys_stand(association_id: int, *, still: bool = False) -> None:
    """Hold an association's keys as they are until the transaction ends; ``still`` waits until nobody else writes, to turn them."""
    hold = "pg_advisory_xact_lock" if still else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {hold}(%s, %s)", [_TURNING, association_id])


def newest(association_id: int) -> AssociationKey:
    """Return the key everything new is sealed to. In an act it stands until the act ends."""
    if scopes.writes() == scopes.EVERYTHING:
        keys_stand(association_id)
    return AssociationKey.objects.filter(association_id=association_id).order_by("-version")[0]


def record_key(shift: Shift, record: Record) -> bytes:
    """Open a record's key with a shift. Raise ``NotVisible`` for another association's record.

    In an act the row is read again: what is written under a key turned a moment ago would open for nobody.
    """
    if record.association_id != shift.association_id:
        raise NotVisible
    if scopes.writes() == scopes.EVERYTHING:
        keys_stand(shift.association_id)
        record.refresh_from_db(fields=["key_version", "key_sealed"])
    return opened_key(shift, record.key_version, bytes(record.key_sealed), uuid.UUID(str(record.pk)))


def opened_key(shift: Shift, version: int, sealed: bytes, number: uuid.UUID) -> bytes:
    """Open a record's key, or return it where the shift has opened it already."""
    if sealed not in shift.known:
        shift.known[sealed] = keys.unseal(shift.key(version), sealed, record_context(number))
    return shift.known[sealed]


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


def association_entry(shift: Shift, entry: AssociationEntry) -> dict[str, Any]:
    """Open an entry of the association's own. Raise ``NotVisible`` for another association's."""
    if entry.association_id != shift.association_id:
        raise NotVisible
    context = association_context(uuid.UUID(str(entry.pk)))
    return dict(json.loads(keys.unseal(shift.key(entry.key_version), bytes(entry.sealed), context)))
