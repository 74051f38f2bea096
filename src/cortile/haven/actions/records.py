"""Opening a record, writing in it, shredding it. Nothing here asks who she is."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from cortile.haven import access, erasures, keyring, keys
from cortile.haven.models import Entry, Record
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

LONGEST_CODE = 40
Content = Mapping[str, Any]


@action("haven.record.opened")
def open_record(
    shift: keyring.Shift, code: str, *, by: Actor, callback: bool = False, contact: Content | None = None, once: str = ""
) -> Record:
    """Open a record under a code the woman chooses: any word. Whether she may be called back is no unless she says yes.

    Raise ``Refused('code-missing')`` without a code, ``Refused('code-long')`` over forty characters.
    """
    said = " ".join(code.split())
    refuse_unless(said, "code-missing", "Manca il codice.", "Chiedi a lei una parola qualsiasi.")
    refuse_unless(len(said) <= LONGEST_CODE, "code-long", "Il codice è troppo lungo.", "Bastano una o due parole.")
    key, number, newest = keys.fresh_key(), uuid.uuid4(), access.newest(shift.association_id)
    sealed = keys.seal(bytes(newest.public), key, access.record_context(number))
    record = Record.objects.create(pk=number, association_id=shift.association_id, key_version=newest.version, key_sealed=sealed)
    _closed(record, key, {"kind": "code", "code": said, "callback": callback})
    if contact:
        _closed(record, key, {"kind": "contact", **contact})
    done("C", record)
    return record


@action("haven.entry.written")
def write(shift: keyring.Shift, record: Record, content: Content, *, by: Actor, once: str = "") -> Entry:
    """Write something in a record: its ``kind`` and whatever belongs to it. Raise ``NotVisible`` for another association's."""
    key = access.record_key(shift, record)
    entry = _closed(record, key, content)
    done("C", record, fields=[str(content["kind"])])
    return entry


@action("haven.entry.rewritten")
def rewrite(shift: keyring.Shift, entry: Entry, content: Content, *, by: Actor) -> Entry:
    """Write an entry again in place of what it held."""
    key = access.record_key(shift, entry.record)
    entry.closed = _closing(entry, key, content)
    entry.save(update_fields=["closed"])
    done("U", entry.record, fields=[str(content["kind"])])
    return entry


@action("haven.record.shredded")
def shred(shift: keyring.Shift, record: Record, *, by: Actor) -> uuid.UUID:
    """Destroy a record: its key and its entries. Copies of the rows stay noise for ever. Return its number, for restores."""
    access.record_key(shift, record)
    number = record.pk
    done("D", record)
    record.delete()
    erasures.noted(uuid.UUID(str(number)))
    return uuid.UUID(str(number))


def _closed(record: Record, key: bytes, content: Content) -> Entry:
    entry = Entry(pk=uuid.uuid4(), record=record)
    entry.closed = _closing(entry, key, content)
    entry.save(force_insert=True)
    return entry


def _closing(entry: Entry, key: bytes, content: Content) -> bytes:
    said = {"on": clock.today().isoformat(), **content}
    return keys.encrypt(key, json.dumps(said, ensure_ascii=False).encode(), access.entry_context(entry))
