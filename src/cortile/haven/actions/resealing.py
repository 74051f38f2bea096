"""Closing everything of an association again, for a new version of its key: each record gets a fresh key of its own.

A fresh one, and not the old one sealed anew: whoever left with an old copy and a phrase would find the old record keys in it,
and with them what is written later.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cortile.haven import access, keyring, keys
from cortile.haven.actions.associations import signing_context
from cortile.haven.models import Association, AssociationEntry, Record, Slot
from cortile.kit import bulk

FEW = 200


@dataclass(frozen=True, slots=True)
class Target:
    """The new version, and the public key everything is sealed to."""

    version: int
    public: bytes


def everything(shift: keyring.Shift, association: Association, to: Target) -> tuple[int, int]:
    """Close records, entries, the association's own entries, what slots hold and the signing key again. Return how many of both.

    Raise ``UnreadableError`` where something does not open with the shift: then nothing is turned.
    """
    held = keys.unseal(shift.key(association.key_version), bytes(association.signing_closed), signing_context(association.pk))
    association.signing_closed = keys.seal(to.public, held, signing_context(association.pk))
    numbers = list(Record.objects.filter(association=association).values_list("pk", flat=True))
    entries = sum(_records(shift, some, to) for some in bulk.batches(numbers, FEW))
    for row in AssociationEntry.objects.filter(association=association):
        _sealed(shift, row, access.association_context(row.pk), to)
    for slot in Slot.objects.filter(door__association=association, sealed__isnull=False):
        _sealed(shift, slot, access.slot_context(slot), to)
    return len(numbers), entries


def _records(shift: keyring.Shift, numbers: list[uuid.UUID], to: Target) -> int:
    records: list[tuple[Any, bytes]] = []
    entries: list[tuple[Any, bytes]] = []
    for record in Record.objects.filter(pk__in=numbers).prefetch_related("entries"):
        old, fresh = (
            keys.unseal(shift.key(record.key_version), bytes(record.key_sealed), access.record_context(record.pk)),
            keys.fresh_key(),
        )
        records.append((record.pk, keys.seal(to.public, fresh, access.record_context(record.pk))))
        for entry in record.entries.all():
            place = access.entry_context(entry)
            entries.append((entry.pk, keys.encrypt(fresh, keys.decrypt(old, bytes(entry.closed), place), place)))
    _written("UPDATE haven_entry SET closed = given.sealed", "haven_entry", entries)
    _written(
        "UPDATE haven_record SET key_sealed = given.sealed, key_version = %(version)s", "haven_record", records, version=to.version
    )
    return len(entries)


def _written(update: str, table: str, rows: list[tuple[Any, bytes]], **more: int) -> None:
    """Write many ciphertexts in one statement."""
    ids, sealed = [row[0] for row in rows], [row[1] for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{update} FROM unnest(%(ids)s::uuid[], %(sealed)s::bytea[]) AS given(id, sealed) WHERE {table}.id = given.id",
            {"ids": ids, "sealed": sealed, **more},
        )


def _sealed(shift: keyring.Shift, row: AssociationEntry | Slot, context: str, to: Target) -> None:
    held = keys.unseal(shift.key(row.key_version), bytes(row.sealed or b""), context)
    row.sealed, row.key_version = keys.seal(to.public, held, context), to.version
    row.save(update_fields=["sealed", "key_version"])
