"""Records: a code of hers, entries closed under their own key, nothing left of what is shredded."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from cortile.haven import audit, keyring, keys
from cortile.haven.actions import appointments, papers, records, work
from cortile.haven.models import Association, AssociationEntry, Door, Entry, Event, Record, Slot
from cortile.haven.reads import records as reads
from cortile.haven.reads import work as at_work
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.models import Receipt
from cortile.kit.refusals import NotVisible, Refused
from tests_haven import cast, published

PDF = b"%PDF-1.4\n%%EOF\n"
TOMORROW = cast.NOW + timedelta(days=1)


@pytest.fixture
def girasole(shift: keyring.Shift, chiara: Actor) -> Record:
    """Return a record of Chiara's association."""
    return records.open_record(shift, "girasole", by=chiara)


@pytest.fixture
def half_hour(casa: Association) -> Slot:
    """Return a free half hour of tomorrow, the association's own."""
    with scopes.opened(scopes.EVERYTHING):
        door = Door.objects.create(association=casa, name="Sala blu", address="via dei Tigli 12", hours="")
        return Slot.objects.create(door=door, starts_at=TOMORROW, public=False)


def test_a_code_is_all_it_takes(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    found = reads.one(shift, girasole.pk, by=chiara)
    assert (found.code, found.callback) == ("girasole", False)


@pytest.mark.parametrize(("code", "refused"), [("  ", "code-missing"), ("x" * 41, "code-long")])
def test_a_code_is_a_word_or_two(code: str, refused: str, shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match=refused):
        records.open_record(shift, code, by=chiara)


def test_another_association_finds_none(girasole: Record, dora: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.one(cast.shift("dora"), girasole.pk, by=dora)


def test_nor_does_it_write_in_one(girasole: Record, dora: Actor) -> None:
    with pytest.raises(NotVisible):
        records.write(cast.shift("dora"), girasole, {"kind": "note", "text": "altre parole"}, by=dora)


def test_nothing_of_what_is_written_stands_in_its_row(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    records.write(shift, girasole, {"kind": "note", "text": "ha un fratello a Lodi"}, by=chiara)
    rows = b"".join(bytes(entry.closed) for entry in Entry.objects.all())
    assert b"fratello" not in rows
    assert b"girasole" not in rows


def test_a_form_sent_twice_leaves_no_receipt_in_the_clear(shift: keyring.Shift, chiara: Actor) -> None:
    first, second = (records.open_record(shift, "girasole", by=chiara, sent="una-volta") for _ in range(2))
    assert (first, Receipt.objects.count()) == (second, 0)


def test_two_operators_with_the_same_key_make_two(shift: keyring.Shift, chiara: Actor, giulia: Actor) -> None:
    mine = records.open_record(shift, "girasole", by=chiara, sent="uguale")
    assert records.open_record(cast.shift("giulia"), "girasole", by=giulia, sent="uguale") != mine


def test_a_shredded_record_is_found_no_more_and_leaves_no_row(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    number = girasole.pk
    records.shred(shift, girasole, by=chiara)
    assert Entry.objects.count() == 0
    with pytest.raises(NotVisible):
        reads.one(shift, number, by=chiara)


def test_its_half_hours_to_come_are_free_again(shift: keyring.Shift, chiara: Actor, girasole: Record, half_hour: Slot) -> None:
    appointments.appoint(shift, girasole, slot_id=half_hour.pk, by=chiara)
    records.shred(shift, girasole, by=chiara)
    half_hour.refresh_from_db()
    assert half_hour.taken is False


def test_a_record_that_names_half_hours_not_its_own_frees_none(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    ours, theirs = published.a_slot(), published.a_door("dora")
    with scopes.opened(scopes.EVERYTHING):
        other = Slot.objects.create(door=theirs, starts_at=TOMORROW, public=False)
        Slot.objects.filter(pk__in=[ours.pk, other.pk]).update(taken=True)
    for slot in (ours, other):
        records.write(shift, girasole, {"kind": "appointment", "slot": str(slot.pk)}, by=chiara)
    records.shred(shift, girasole, by=chiara)
    assert Slot.objects.filter(pk__in=[ours.pk, other.pk], taken=True).count() == 2


def test_a_taken_half_hour_is_refused(shift: keyring.Shift, chiara: Actor, girasole: Record, half_hour: Slot) -> None:
    appointments.appoint(shift, girasole, slot_id=half_hour.pk, by=chiara)
    with pytest.raises(Refused, match="slot-taken"):
        appointments.appoint(shift, girasole, slot_id=half_hour.pk, by=chiara)


def test_an_hour_gone_by_is_refused(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    with pytest.raises(Refused, match="appointment-past"):
        appointments.appoint(shift, girasole, at=cast.NOW, by=chiara)


def test_an_appointment_is_called_off_once(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    made = appointments.appoint(shift, girasole, at=TOMORROW, by=chiara)
    appointments.call_off(shift, girasole, made.pk, by=chiara)
    with pytest.raises(Refused, match="not-an-appointment"):
        appointments.call_off(shift, girasole, made.pk, by=chiara)


def test_a_note_is_no_step(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    note = records.write(shift, girasole, {"kind": "note", "text": "parole"}, by=chiara)
    with pytest.raises(Refused, match="not-a-step"):
        records.tick(shift, girasole, note.pk, is_done=True, by=chiara)


def test_her_code_stays_as_long_as_her_record(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    with pytest.raises(Refused, match="stays"):
        records.strike(shift, girasole, Entry.objects.get().pk, by=chiara)


@pytest.mark.parametrize(
    ("content", "size", "refused"),
    [(b"testo", 5, "not-a-photo"), (b"%PDF-no", 7, "not-a-document"), (PDF, 9_000_000, "paper-too-big")],
)
def test_only_pdfs_and_photos_of_eight_megabytes_are_kept(
    content: bytes, size: int, refused: str, shift: keyring.Shift, chiara: Actor, girasole: Record
) -> None:
    with pytest.raises(Refused, match=refused):
        papers.keep_paper(shift, girasole, io.BytesIO(content), size, by=chiara)


def test_a_paper_of_a_record_opens_from_no_other(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    paper = papers.keep_paper(shift, girasole, io.BytesIO(PDF), len(PDF), by=chiara)
    other = records.open_record(shift, "luna", by=chiara)
    assert reads.paper(shift, girasole.pk, paper.pk, by=chiara) == ("application/pdf", PDF)
    with pytest.raises(NotVisible):
        reads.paper(shift, other.pk, paper.pk, by=chiara)


def test_a_large_file_is_not_opened_to_search(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    large = PDF[:9] + bytes(100_000) + b"%%EOF"
    papers.keep_paper(shift, girasole, io.BytesIO(large), len(large), by=chiara)
    (found,) = reads.every(shift, by=chiara)
    assert [entry.kind for entry in found.entries if entry.kind == "file"] == []


@pytest.mark.parametrize(("name", "came", "refused"), [("  ", 3, "group-nameless"), ("Cucito", -1, "group-count")])
def test_a_groups_day_has_a_name_and_a_count(name: str, came: int, refused: str, shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match=refused):
        work.note_group(shift, name, cast.NOW.date(), came, by=chiara)


def test_a_groups_day_carried_to_another_row_does_not_open(shift: keyring.Shift, chiara: Actor) -> None:
    work.note_group(shift, "Cucito", cast.NOW.date(), 7, by=chiara)
    with scopes.opened(scopes.EVERYTHING):
        AssociationEntry.objects.update(id=uuid.uuid4())
    with pytest.raises(keys.UnreadableError):
        at_work.groups(shift, by=chiara)


@pytest.mark.parametrize(("free", "refused"), [({"villa": 1}, "places-unknown"), ({"aler": -1}, "places-count")])
def test_places_are_of_a_kind_we_know_and_not_below_nought(
    free: dict[str, int], refused: str, shift: keyring.Shift, chiara: Actor
) -> None:
    with pytest.raises(Refused, match=refused):
        work.count_places(shift, free, by=chiara)


def test_two_records_of_one_woman_have_a_mark_in_common(shift: keyring.Shift, chiara: Actor, girasole: Record) -> None:
    other = records.open_record(shift, "Girasole ", by=chiara)
    records.open_record(shift, "luna", by=chiara)
    assert [o.record for o in reads.alike(shift, girasole.pk, by=chiara)] == [other]


Asked = Callable[[keyring.Shift, Record, Actor], object]
# Whatever is asked or done in the desk, and the name it leaves in the association's log.
ASKED: dict[str, Asked] = {
    "haven.records.listed": lambda shift, _record, by: reads.every(shift, by=by),
    "haven.record.read": lambda shift, record, by: reads.one(shift, record.pk, by=by),
    "haven.records.compared": lambda shift, record, by: reads.alike(shift, record.pk, by=by),
    "haven.calendar.read": lambda shift, _record, by: at_work.calendar(shift, by=by),
    "haven.hours.read": lambda shift, _record, by: at_work.free_slots(shift, by=by),
    "haven.groups.read": lambda shift, _record, by: at_work.groups(shift, by=by),
    "haven.places.read": lambda shift, _record, by: at_work.places(shift, by=by),
    "haven.entry.written": lambda shift, record, by: records.write(shift, record, {"kind": "note", "text": "x"}, by=by),
    "haven.paper.kept": lambda shift, record, by: papers.keep_paper(shift, record, io.BytesIO(PDF), len(PDF), by=by),
    "haven.appointment.made": lambda shift, record, by: appointments.appoint(shift, record, at=TOMORROW, by=by),
    "haven.group.noted": lambda shift, _record, by: work.note_group(shift, "Cucito", cast.NOW.date(), 7, by=by),
    "haven.places.counted": lambda shift, _record, by: work.count_places(shift, {"aler": 1}, by=by),
    "haven.record.shredded": lambda shift, record, by: records.shred(shift, record, by=by),
}


@pytest.mark.parametrize("what", ASKED)
def test_every_read_and_every_act_leaves_its_event_with_the_association(
    what: str, shift: keyring.Shift, chiara: Actor, girasole: Record
) -> None:
    ASKED[what](shift, girasole, chiara)
    event = Event.objects.filter(association_id=shift.association_id).latest("number")
    said = json.loads(keys.unseal(shift.key(1), bytes(event.sealed), audit.context(event.association_id, event.number)))
    assert (said["what"], said["agent_name"]) == (what, "Chiara")
    assert what.encode() not in bytes(event.sealed)
