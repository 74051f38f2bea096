"""Handing one record over to another association, on her yes, and taking in what another one hands over."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from cortile.haven import access, keyring, keys, packages
from cortile.haven.actions import associations, records
from cortile.haven.models import AssociationEntry, Record
from cortile.haven.packages import Card
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

# What is of this association alone: where a record came from or went, and the code, which goes with every package.
STAYS = frozenset({"code", "handed_over", "received"})
FILE = "file"


@action("haven.package.made")
def hand_over(
    shift: keyring.Shift, record: Record, chosen: Collection[uuid.UUID], card: Card, said_yes_on: date | None, *, by: Actor
) -> str:
    """Return a package of a record's chosen entries for another association, and write in the record that she said yes, and when.

    Raise ``NotVisible`` for another association's record, ``Refused``: ``consent-missing``, ``consent-to-come``,
    ``card-own``, ``nothing-chosen``, ``package-big``.
    """
    association = associations.current(shift)
    key = access.record_key(shift, record)
    refuse_unless(said_yes_on, "consent-missing", "Manca il suo sì.", "Chiedilo a lei, e scrivi il giorno.")
    refuse_unless(
        said_yes_on and said_yes_on <= clock.today(),
        "consent-to-come",
        "Il giorno del sì non è ancora arrivato.",
        "Scrivi il giorno giusto.",
    )
    refuse_unless(
        card.signing != bytes(association.signing_public),
        "card-own",
        "Questo è il vostro biglietto.",
        "Serve quello dell'altra associazione.",
    )
    held = {str(entry.pk): access.opened(key, entry) for entry in record.entries.all()}
    gone = {n: _sent(said) for n, said in held.items() if n in _with_files(held, {str(number) for number in chosen})}
    refuse_unless(gone, "nothing-chosen", "Non hai scelto niente.", "Scegli almeno una riga.")
    code = next((str(said["code"]) for said in held.values() if said["kind"] == "code"), "")
    package = packages.Package(uuid.uuid4(), association.slug, code, gone)
    kinds = sorted({str(said["kind"]) for said in gone.values()})
    note = {"kind": "handed_over", "to": card.name, "package": str(package.number), "kinds": kinds, "said_yes_on": str(said_yes_on)}
    signing = keys.unseal(
        shift.key(association.key_version), bytes(association.signing_closed), associations.signing_context(association.pk)
    )
    text = packages.made(package, to=card, signing=signing)
    refuse_unless(
        len(text) <= packages.LARGEST, "package-big", "Il pacco è troppo grande.", "Togli una carta, o mandale in due volte."
    )
    records.write(shift, record, note, by=by)
    done("E", record, fields=kinds)
    return text


@action("haven.package.loaded")
def take_in(shift: keyring.Shift, text: str, sender: Card, *, by: Actor) -> Record:
    """Load a package: a new record with a key of its own. Whether she may be called back is asked again: her yes was to the others.

    Raise what ``packages.opened`` raises, and ``Refused('package-twice')`` for one that was loaded before.
    """
    association = associations.current(shift)
    package = packages.opened(text, private=shift.private, sender=sender)
    refuse_unless(
        str(package.number) not in _loaded(shift),
        "package-twice",
        "Questo pacco è già stato caricato.",
        "Cerca la scheda nell'elenco.",
    )
    record = records.open_record(shift, package.code[: records.LONGEST_CODE], by=by)
    _write_in(shift, record, package.entries, by=by)
    records.write(shift, record, {"kind": "received", "from": sender.name}, by=by)
    number, newest = uuid.uuid4(), access.newest(association.pk)
    seen = json.dumps({"kind": "package", "package": str(package.number)}).encode()
    sealed = keys.seal(bytes(newest.public), seen, access.association_context(number))
    AssociationEntry.objects.create(pk=number, association=association, key_version=newest.version, sealed=sealed)
    done("C", record)
    return record


def _with_files(held: Mapping[str, dict[str, Any]], chosen: set[str]) -> set[str]:
    """Return what was chosen, without what stays here, and the file of each paper among it."""
    going = {number for number in chosen if number in held and held[number]["kind"] not in {*STAYS, FILE}}
    return going | {str(held[number][FILE]) for number in going if held[number].get(FILE)}


def _sent(said: dict[str, Any]) -> dict[str, Any]:
    """Return what an entry says elsewhere: half hours are each association's own."""
    return {name: value for name, value in said.items() if name != "slot"}


def _write_in(shift: keyring.Shift, record: Record, entries: Mapping[str, dict[str, Any]], *, by: Actor) -> None:
    """Write what came, files first: a paper names its file by the number it has here."""
    numbers: dict[str, str] = {}
    for old, said in sorted(entries.items(), key=lambda entry: entry[1]["kind"] != FILE):
        if said["kind"] not in STAYS:
            known = {FILE: numbers.get(str(said[FILE]), "")} if FILE in said else {}
            numbers[old] = str(records.write(shift, record, {**said, **known}, by=by).pk)


def _loaded(shift: keyring.Shift) -> set[str]:
    """Return the numbers of the packages loaded so far; one whose record was destroyed since is not loaded again."""
    rows = AssociationEntry.objects.filter(association_id=shift.association_id)
    held = (
        json.loads(keys.unseal(shift.key(row.key_version), bytes(row.sealed), access.association_context(row.pk))) for row in rows
    )
    return {str(said["package"]) for said in held if said["kind"] == "package"}
