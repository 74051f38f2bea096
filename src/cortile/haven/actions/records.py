"""Opening a record, writing in it, shredding it. Nothing here asks who she is.

A form that arrives twice makes one thing: its number comes from the key it was sent with. No receipt of it stands in the clear.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from cortile.haven import access, erasures, keyring, keys
from cortile.haven.actions import associations
from cortile.haven.models import Entry, Record, Slot
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

LONGEST_CODE = 40
AGAIN = "again"
# What may be destroyed alone.
STRUCK = frozenset({"note", "step", "contact", "paper"})
Content = Mapping[str, Any]


@action("haven.record.opened")
def open_record(
    shift: keyring.Shift, code: str, *, by: Actor, callback: bool = False, contact: Content | None = None, sent: str = ""
) -> Record:
    """Open a record under a code the woman chooses: any word. Whether she may be called back is no unless she says yes.

    Raise ``Refused('code-missing')`` without a code, ``Refused('code-long')`` over forty characters, and what
    ``associations.current`` raises: nothing is sealed to a key that is not the shift's own.
    """
    said = " ".join(code.split())
    refuse_unless(said, "code-missing", "Manca il codice.", "Chiedi a lei una parola qualsiasi.")
    refuse_unless(len(said) <= LONGEST_CODE, "code-long", "Il codice è troppo lungo.", "Bastano una o due parole.")
    associations.current(shift)
    key, number, newest = keys.fresh_key(), number_of(shift, "record", sent), access.newest(shift.association_id)
    sealed = keys.seal(bytes(newest.public), key, access.record_context(number))
    given = {"association_id": shift.association_id, "key_version": newest.version, "key_sealed": sealed}
    record, new = Record.objects.get_or_create(pk=number, defaults=given)
    if new:
        _closed(record, key, {"kind": "code", "code": said, "callback": callback})
    if new and contact:
        _closed(record, key, {"kind": "contact", **contact})
    done("C", record, fields=[] if new else [AGAIN])
    return record


@action("haven.entry.written")
def write(shift: keyring.Shift, record: Record, content: Content, *, by: Actor, sent: str = "") -> Entry:
    """Write something in a record: its ``kind`` and whatever belongs to it. Raise ``NotVisible`` for another association's."""
    key = access.record_key(shift, record)
    entry = _closed(record, key, content, number_of(shift, f"{record.pk}", sent))
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


@action("haven.entry.struck")
def strike(shift: keyring.Shift, record: Record, number: uuid.UUID, *, by: Actor) -> None:
    """Destroy one thing that is written, a paper with its file. Raise ``Refused('stays')`` for her code and for an appointment."""
    entry = access.entry_of(record, number)
    held = access.opened(access.record_key(shift, record), entry)
    refuse_unless(
        held["kind"] in STRUCK, "stays", "Questo non si toglie da solo.", "Annulla l'appuntamento, o distruggi la scheda."
    )
    done("D", record, fields=[str(held["kind"])])
    record.entries.filter(pk__in=[entry.pk, held.get("file", entry.pk)]).delete()


@action("haven.record.shredded")
def shred(shift: keyring.Shift, record: Record, *, by: Actor) -> uuid.UUID:
    """Destroy a record: its key and its entries. Return its number, for restores.

    Nothing here opens it again; a copy made before does, until it is thrown away. The half hours it kept to come are free again.
    """
    number = uuid.UUID(str(record.pk))
    kept = [str(held["slot"]) for _entry, held in every_of(shift, record) if held.get("slot")]
    let_go(shift, kept)
    done("D", record)
    record.delete()
    erasures.noted(number)
    return number


def let_go(shift: keyring.Shift, numbers: Collection[str]) -> None:
    """Free the half hours to come that a record kept, of the association's own alone: no public page changes."""
    own = Slot.objects.filter(pk__in=numbers, door__association_id=shift.association_id, public=False)
    own.filter(starts_at__gt=clock.now()).update(taken=False)


def set_contact(shift: keyring.Shift, record: Record, content: Content, *, by: Actor, callback: bool, sent: str = "") -> None:
    """Write the card of how she is reached safely, in place of the one before, and whether she may be called back."""
    code = entry_of_kind(shift, record, "code")
    if code is not None and bool(code[1].get("callback")) != callback:
        rewrite(shift, code[0], {**code[1], "callback": callback}, by=by)
    before = entry_of_kind(shift, record, "contact")
    if before is None:
        write(shift, record, {"kind": "contact", **content}, by=by, sent=sent)
    else:
        rewrite(shift, before[0], {"kind": "contact", **content}, by=by)


def tick(shift: keyring.Shift, record: Record, number: uuid.UUID, *, by: Actor, is_done: bool) -> Entry:
    """Say that a step is done, or is to do again. Raise ``Refused('not-a-step')`` for anything else in the record."""
    entry = access.entry_of(record, number)
    held = access.opened(access.record_key(shift, record), entry)
    refuse_unless(held["kind"] == "step", "not-a-step", "Questo non è un passo.", "Torna alla scheda e scegli un passo.")
    # The day of a step is when it is due, and once it is done the day it was.
    due = str(held.get("due") or held["on"])
    return rewrite(shift, entry, {**held, "done": is_done, "due": due, "on": clock.today().isoformat() if is_done else due}, by=by)


def entry_of_kind(shift: keyring.Shift, record: Record, kind: str) -> tuple[Entry, dict[str, Any]] | None:
    """Return the one entry of a kind a record has, and what it holds, or None."""
    return next((found for found in every_of(shift, record) if found[1]["kind"] == kind), None)


def every_of(shift: keyring.Shift, record: Record) -> list[tuple[Entry, dict[str, Any]]]:
    """Return every entry of a record with what it holds, files left closed."""
    key = access.record_key(shift, record)
    return [(entry, access.opened(key, entry)) for entry in access.small(record.entries.all())]


def number_of(shift: keyring.Shift, place: str, sent: str) -> uuid.UUID:
    """Return the number of what a form makes: the same however often it arrives, and a new one where it has no key."""
    if not sent:
        return uuid.uuid4()
    return uuid.UUID(bytes=hashlib.sha256(f"{shift.operator_id}|{place}|{sent}".encode()).digest()[:16], version=4)


def _closed(record: Record, key: bytes, content: Content, number: uuid.UUID | None = None) -> Entry:
    entry = Entry(pk=number or uuid.uuid4(), record=record)
    found, _new = Entry.objects.get_or_create(pk=entry.pk, record=record, defaults={"closed": _closing(entry, key, content)})
    return found


def _closing(entry: Entry, key: bytes, content: Content) -> bytes:
    said = {"on": clock.today().isoformat(), **content}
    return keys.encrypt(key, json.dumps(said, ensure_ascii=False).encode(), access.entry_context(entry))


def said_at(instant: datetime) -> dict[str, str]:
    """Return an instant as entries hold it: the day it belongs to, and the instant itself."""
    return {"on": clock.local(instant).date().isoformat(), "at": instant.isoformat()}
