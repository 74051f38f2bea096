"""Turning the keys: a drill that closes everything again, loses nothing, and leaves old keys with nothing to open."""

from __future__ import annotations

import io
import json
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from cortile.haven import access, keyring, keys
from cortile.haven.actions import associations, keys_life, records
from cortile.haven.models import Association, AssociationEntry, Door, KeyGrant, Record, Slot
from cortile.haven.reads import records as reads
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from tests_haven import aside, cast
from tests_haven.aside import Owner


@pytest.fixture
def record(shift: keyring.Shift, chiara: Actor) -> Record:
    """Return a record with a note in it."""
    opened = records.open_record(shift, "girasole", by=chiara)
    records.write(shift, opened, {"kind": "note", "text": "cerca un corso di mattina"}, by=chiara)
    return opened


def test_everything_opens_after_the_keys_were_turned(shift: keyring.Shift, chiara: Actor, record: Record) -> None:
    turned = keys_life.turn_keys(shift, by=chiara)
    found = reads.one(shift, record.pk, by=chiara)
    assert (turned.version, turned.records, turned.entries) == (2, 1, 2)
    assert (found.code, found.of("note")[0].content["text"]) == ("girasole", "cerca un corso di mattina")


def test_the_old_key_opens_no_record_any_more(shift: keyring.Shift, chiara: Actor, record: Record) -> None:
    old = shift.private[1]
    keys_life.turn_keys(shift, by=chiara)
    row = Record.objects.get(pk=record.pk)
    with pytest.raises(keys.UnreadableError):
        keys.unseal(old, bytes(row.key_sealed), access.record_context(row.pk))


def test_before_the_turn_it_did(shift: keyring.Shift, record: Record) -> None:
    row = Record.objects.get(pk=record.pk)
    assert keys.unseal(shift.private[1], bytes(row.key_sealed), access.record_context(row.pk))


def test_a_record_key_known_from_before_opens_nothing_written_since(shift: keyring.Shift, chiara: Actor, record: Record) -> None:
    old = access.record_key(shift, record)
    keys_life.turn_keys(shift, by=chiara)
    entry = records.write(shift, record, {"kind": "note", "text": "ha trovato lavoro"}, by=chiara)
    with pytest.raises(keys.UnreadableError):
        access.opened(old, entry)


def test_who_is_at_work_goes_on_with_the_new_key(shift: keyring.Shift, chiara: Actor, giulia: Actor, record: Record) -> None:
    hers = cast.shift("giulia")
    keys_life.turn_keys(shift, by=chiara)
    assert reads.one(hers, record.pk, by=giulia).code == "girasole"


def test_who_signs_in_afterwards_has_both_keys(shift: keyring.Shift, chiara: Actor) -> None:
    keys_life.turn_keys(shift, by=chiara)
    assert set(cast.shift("giulia").private) == {1, 2}


def test_a_shift_without_the_newest_key_may_not_turn_it(shift: keyring.Shift, chiara: Actor) -> None:
    stale = keyring.Shift(shift.operator_id, shift.association_id, dict(shift.private), shift.touched)
    keys_life.turn_keys(shift, by=chiara)
    with pytest.raises(Refused, match="shift-old"):
        keys_life.turn_keys(stale, by=chiara)


def test_counts_are_signed_with_the_same_key_as_before(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    keys_life.turn_keys(shift, by=chiara)
    casa.refresh_from_db()
    held = keys.unseal(shift.private[2], bytes(casa.signing_closed), associations.signing_context(casa.pk))
    assert Ed25519PrivateKey.from_private_bytes(held).public_key().public_bytes_raw() == bytes(casa.signing_public)


@action("test.haven.sealed")
def _sealed_rows(casa: Association, public: bytes, *, by: Actor) -> tuple[AssociationEntry, Slot]:
    number = uuid.uuid4()
    sealed = keys.seal(public, b'{"kind":"group"}', access.association_context(number))
    entry = AssociationEntry.objects.create(pk=number, association=casa, key_version=1, sealed=sealed)
    slot = Slot(
        door=Door.objects.create(association=casa, name="Sportello", address="", hours=""),
        starts_at=cast.NOW + timedelta(days=1),
        key_version=1,
    )
    slot.sealed = keys.seal(public, b'{"language":"ar"}', access.slot_context(slot))
    slot.save(force_insert=True)
    done("C", entry)
    return entry, slot


def test_groups_and_half_hours_are_closed_again_too(shift: keyring.Shift, chiara: Actor, casa: Association) -> None:
    entry, slot = _sealed_rows(casa, keys.public_of(shift.private[1]), by=chiara)
    keys_life.turn_keys(shift, by=chiara)
    entry.refresh_from_db()
    slot.refresh_from_db()
    assert json.loads(keys.unseal(shift.private[2], bytes(entry.sealed), access.association_context(entry.pk))) == {"kind": "group"}
    assert json.loads(keys.unseal(shift.private[2], bytes(slot.sealed), access.slot_context(slot))) == {"language": "ar"}


def test_another_association_s_rows_are_left_alone(shift: keyring.Shift, chiara: Actor, dora: Actor) -> None:
    hers = records.open_record(cast.shift("dora"), "quercia", by=dora)
    before = bytes(Record.objects.get(pk=hers.pk).key_sealed)
    keys_life.turn_keys(shift, by=chiara)
    assert bytes(Record.objects.get(pk=hers.pk).key_sealed) == before


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Return a connection of who owns the tables, on a database of its own with the cast in it."""
    papers = dict(cast.PAPERS)
    with aside.another() as connection:
        cast.play()
        yield connection
    cast.PAPERS.update(papers)


PLANTED = {
    "a key of theirs": "UPDATE haven_operator SET public = %(theirs)s WHERE login = 'giulia'",
    "a key of theirs, vouched for with it": "UPDATE haven_operator SET public = %(theirs)s, vouched = %(said)s"
    " WHERE login = 'giulia'",
    "somebody else's": "UPDATE haven_operator o SET public = c.public, vouched = c.vouched FROM haven_operator c"
    " WHERE o.login = 'giulia' AND c.login = 'chiara'",
    "nobody's word": "UPDATE haven_operator SET vouched = '' WHERE login = 'giulia'",
}


def plant(owner: Owner, what: str) -> None:
    """Write in Giulia's row from outside."""
    theirs, giulia = keys.fresh_pair(), cast.operator("giulia")
    giulia.public = theirs.public
    said = associations._vouch(giulia, theirs.private)  # noqa: SLF001 -- whoever plants a key knows how it is vouched for
    owner.execute(PLANTED[what], {"theirs": theirs.public, "said": said})


@pytest.mark.parametrize("what", PLANTED)
def test_a_public_key_planted_in_somebody_s_row_is_given_no_key(owner: Owner, what: str) -> None:
    plant(owner, what)
    with pytest.raises(Refused, match="operator-unknown"):
        keys_life.turn_keys(cast.shift("chiara"), by=cast.at_work("chiara"))
    assert (cast.association().key_version, KeyGrant.objects.filter(version=2).count()) == (1, 0)


@pytest.mark.usefixtures("owner")
def test_keys_nobody_touched_are_turned_again_and_again() -> None:
    shift, chiara = cast.shift("chiara"), cast.at_work("chiara")
    assert [keys_life.turn_keys(shift, by=chiara).version for _ in range(2)] == [2, 3]
    assert set(cast.shift("giulia").private) == {1, 2, 3}


def test_who_goes_and_comes_in_again_is_known_again(owner: Owner) -> None:
    plant(owner, "a key of theirs")
    shift, chiara = cast.shift("chiara"), cast.at_work("chiara")
    keys_life.let_go(shift, cast.operator("giulia"), by=chiara)
    keys_life.let_in_again(shift, cast.operator("giulia"), "parole nuove per entrare", by=chiara, how=cast.QUICK)
    assert keys_life.turn_keys(shift, by=chiara).version == 3


@pytest.mark.usefixtures("owner")
def test_a_changed_phrase_is_vouched_for_too() -> None:
    hers, giulia = cast.shift("giulia"), cast.at_work("giulia")
    keys_life.change_phrase(hers, cast.operator("giulia"), cast.PHRASES["giulia"], "parole nuove mie", by=giulia, how=cast.QUICK)
    assert keys_life.turn_keys(cast.shift("chiara"), by=cast.at_work("chiara")).version == 2


FOREIGN = {
    "in the place of ours": "UPDATE haven_associationkey SET public = %s WHERE association_id = %s",
    "as the next": "INSERT INTO haven_associationkey (public, association_id, version, recovery) VALUES (%s, %s, 2, '')",
}


@pytest.mark.parametrize("where", FOREIGN)
def test_an_association_s_key_that_is_not_the_shift_s_own_is_refused(owner: Owner, where: str) -> None:
    shift = cast.shift("chiara")
    owner.execute(FOREIGN[where], [keys.fresh_pair().public, shift.association_id])
    with pytest.raises(Refused, match="key-foreign"):
        keys_life.draw_papers(shift, by=cast.at_work("chiara"))


def test_the_command_turns_says_how_much_and_shows_the_papers(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{cast.PHRASES['chiara']}\n"))
    call_command("rotate", "--login", "chiara", stdout=said, stderr=io.StringIO())
    assert "Chiave 2. Richiuse 1 schede e 2 righe" in said.getvalue()
    assert said.getvalue().count("\nCarta ") == 3


@pytest.mark.parametrize(
    ("login", "phrase"), [("chiara", "una frase sbagliata"), ("giulia", cast.PHRASES["giulia"]), ("nessuna", "x")]
)
def test_the_command_turns_for_nobody_but_who_leads_with_her_phrase(
    login: str, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{phrase}\n"))
    with pytest.raises(CommandError, match="non guidi"):
        call_command("rotate", "--login", login, stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.slow
def test_a_thousand_records_are_turned_in_a_minute(shift: keyring.Shift, chiara: Actor) -> None:
    for number in range(1000):
        records.open_record(shift, f"parola {number}", by=chiara)
    turned = keys_life.turn_keys(shift, by=chiara)
    assert (turned.records, len(reads.every(shift, by=chiara))) == (1000, 1000)
