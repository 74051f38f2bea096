"""A record handed over between two associations: on her yes, for one of them alone, signed, and once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest

from cortile.haven import keyring, keys, packages
from cortile.haven.actions import associations, keys_life, records
from cortile.haven.actions import packages as handing
from cortile.haven.models import Entry, Record
from cortile.haven.packages import Card
from cortile.haven.reads import association
from cortile.haven.reads import records as reads
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests_haven import cast

YES = date(2026, 3, 10)


@pytest.fixture
def record(shift: keyring.Shift, chiara: Actor) -> Record:
    """Return a record with a note, a step, and a paper with its file."""
    opened = records.open_record(shift, "girasole", by=chiara, callback=True)
    records.write(shift, opened, {"kind": "note", "text": "ha un fratello a Lodi"}, by=chiara)
    records.write(shift, opened, {"kind": "step", "text": "corso di italiano", "state": "todo", "slot": "di qui"}, by=chiara)
    file = records.write(shift, opened, {"kind": "file", "content": "JVBERi0="}, by=chiara)
    records.write(shift, opened, {"kind": "paper", "label": "domanda", "file": str(file.pk)}, by=chiara)
    return opened


def theirs() -> Card:
    """Return the card of the other association."""
    return association.card(cast.shift("dora"))


def numbers(shift: keyring.Shift, record: Record, *kinds: str) -> set[object]:
    """Return the numbers of a record's entries of some kinds."""
    return {e.id for e in reads.one(shift, record.pk, by=cast.at_work("chiara")).entries if e.kind in kinds}


def package(shift: keyring.Shift, record: Record, *kinds: str, card: Card | None = None, yes: date | None = YES) -> str:
    """Hand entries of some kinds over to the other association."""
    return handing.hand_over(shift, record, numbers(shift, record, *kinds), card or theirs(), yes, by=cast.at_work("chiara"))  # type: ignore[arg-type]  # numbers of entries


def taken(text: str, sender: Card) -> reads.Opened:
    """Have Dora load a package."""
    shift, by = cast.shift("dora"), cast.at_work("dora")
    return reads.one(shift, handing.take_in(shift, text, sender, by=by).pk, by=by)


def test_what_was_chosen_arrives_and_nothing_else(shift: keyring.Shift, record: Record) -> None:
    found = taken(package(shift, record, "note"), association.card(shift))
    assert (found.code, [e.content["text"] for e in found.of("note")], found.of("step")) == (
        "girasole",
        ["ha un fratello a Lodi"],
        [],
    )
    assert found.of("received")[0].content["from"] == "Spazio Aperto"


def test_whether_she_is_called_back_is_asked_again(shift: keyring.Shift, record: Record) -> None:
    assert not taken(package(shift, record, "note"), association.card(shift)).callback


def test_a_paper_brings_its_file_and_a_step_leaves_its_half_hour(shift: keyring.Shift, record: Record) -> None:
    found = taken(package(shift, record, "paper", "step"), association.card(shift))
    paper, file = found.of("paper")[0], found.of("file")[0]
    assert (paper.content["file"], file.content["content"]) == (str(file.id), "JVBERi0=")
    assert "slot" not in found.of("step")[0].content


def test_her_yes_and_its_day_stand_in_the_record_that_stays(shift: keyring.Shift, record: Record, chiara: Actor) -> None:
    package(shift, record, "note")
    said = reads.one(shift, record.pk, by=chiara).of("handed_over")[0].content
    assert (said["to"], said["said_yes_on"], said["kinds"]) == ("La Porta Accanto", "2026-03-10", ["note"])


def test_a_package_says_nothing_to_who_carries_it(shift: keyring.Shift, record: Record) -> None:
    text = package(shift, record, "note")
    assert all(word not in text for word in ("fratello", "girasole", "spazio-aperto", "porta-accanto"))


@pytest.mark.parametrize(("yes", "code"), [(None, "consent-missing"), (date(2026, 3, 12), "consent-to-come")])
def test_nothing_goes_without_her_yes(yes: date | None, code: str, shift: keyring.Shift, record: Record) -> None:
    with pytest.raises(Refused, match=code):
        package(shift, record, "note", yes=yes)


def test_nothing_goes_to_oneself(shift: keyring.Shift, record: Record) -> None:
    with pytest.raises(Refused, match="card-own"):
        package(shift, record, "note", card=association.card(shift))


@pytest.mark.parametrize("kinds", [(), ("code",), ("file",)])
def test_a_package_of_nothing_is_refused(kinds: tuple[str, ...], shift: keyring.Shift, record: Record) -> None:
    with pytest.raises(Refused, match="nothing-chosen"):
        package(shift, record, *kinds)


def test_another_association_s_record_is_not_handed_over(record: Record) -> None:
    with pytest.raises(NotVisible):
        handing.hand_over(cast.shift("dora"), record, set(), theirs(), YES, by=cast.at_work("dora"))


def test_a_damaged_package_is_refused(shift: keyring.Shift, record: Record) -> None:
    text = package(shift, record, "note")
    with pytest.raises(Refused, match="package-damaged"):
        taken(text[:-40], association.card(shift))


def test_another_s_package_is_refused(shift: keyring.Shift, record: Record) -> None:
    text = package(shift, record, "note", card=replace(theirs(), public=keys.fresh_pair().public))
    with pytest.raises(Refused, match="package-foreign"):
        taken(text, association.card(shift))


def test_a_package_of_somebody_else_than_the_card_says_is_refused(shift: keyring.Shift, record: Record) -> None:
    text = package(shift, record, "note")
    with pytest.raises(Refused, match="package-unsigned"):
        taken(text, replace(association.card(shift), signing=bytes(cast.association("porta-accanto").signing_public)))


def test_a_package_is_loaded_once_even_when_its_record_was_destroyed(shift: keyring.Shift, record: Record, dora: Actor) -> None:
    text = package(shift, record, "note")
    found = taken(text, association.card(shift))
    records.shred(cast.shift("dora"), found.record, by=dora)
    with pytest.raises(Refused, match="package-twice"):
        taken(text, association.card(shift))


def test_a_package_made_before_the_keys_were_turned_still_opens(shift: keyring.Shift, record: Record, dora: Actor) -> None:
    text, hers = package(shift, record, "note"), cast.shift("dora")
    keys_life.turn_keys(hers, by=dora)
    arrived = handing.take_in(hers, text, association.card(shift), by=dora)
    assert reads.one(hers, arrived.pk, by=dora).code == "girasole"


def test_nothing_of_what_arrives_stands_in_a_row(shift: keyring.Shift, record: Record) -> None:
    taken(package(shift, record, "note"), association.card(shift))
    assert b"fratello" not in b"".join(bytes(entry.closed) for entry in Entry.objects.all())


@pytest.mark.pure
@pytest.mark.parametrize("text", ["", "CORTILE-BIGLIETTO-1", "CORTILE-BIGLIETTO-1\n{}", "CORTILE-BIGLIETTO-1\n[]", "altro\n{}"])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="card-damaged"):
        packages.read_card(text)


def test_a_card_reads_back_and_sounds_the_same(shift: keyring.Shift) -> None:
    card = association.card(shift)
    again = packages.read_card(card.text())
    assert (again, again.words, len(card.words.split())) == (card, card.words, 6)


def test_a_card_with_another_key_sounds_different(shift: keyring.Shift) -> None:
    card = association.card(shift)
    assert replace(card, public=keys.fresh_pair().public).words != card.words


HOSTILE = [
    {"kind": "step", "on": "x"}, {"kind": "appointment", "on": "2026-03-11", "at": "2026-03-11T10:00"},
    {"kind": "altro", "on": "2026-03-11"}, {"kind": "note"},
]  # fmt: skip


def sent_by_dora(said: dict[str, str]) -> str:
    """Return a package that Dora's association signed, with one entry."""
    dora, ours = cast.shift("dora"), association.card(cast.shift("chiara"))
    own = cast.association("porta-accanto")
    signing = keys.unseal(dora.key(1), bytes(own.signing_closed), associations.signing_context(own.pk))
    return packages.made(packages.Package(uuid.uuid4(), own.slug, "girasole", {"1": said}), to=ours, signing=signing)


@pytest.mark.parametrize("said", HOSTILE)
def test_what_no_desk_can_show_is_refused(said: dict[str, str], shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match="package-damaged"):
        handing.take_in(shift, sent_by_dora(said), theirs(), by=chiara)


def test_a_half_hour_of_theirs_is_left_with_them(shift: keyring.Shift, chiara: Actor) -> None:
    text = sent_by_dora({"kind": "note", "on": "2026-03-11", "text": "x", "slot": "un'altra"})
    found = reads.one(shift, handing.take_in(shift, text, theirs(), by=chiara).pk, by=chiara)
    assert ["slot" in note.content for note in found.of("note")] == [False]


def test_a_package_nobody_could_load_is_refused_before_it_is_noted(shift: keyring.Shift, record: Record, chiara: Actor) -> None:
    file = records.write(shift, record, {"kind": "file", "content": "x" * packages.LARGEST}, by=chiara)
    records.write(shift, record, {"kind": "paper", "label": "grande", "file": str(file.pk)}, by=chiara)
    with pytest.raises(Refused, match="package-big"):
        package(shift, record, "paper")
    assert reads.one(shift, record.pk, by=chiara).of("handed_over") == []
