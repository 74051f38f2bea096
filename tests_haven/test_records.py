"""Records: a code of hers, entries closed under their own key, nothing left of what is shredded."""

from __future__ import annotations

import pytest

from cortile.haven import keyring
from cortile.haven.actions import records
from cortile.haven.models import Entry
from cortile.haven.reads import records as reads
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests_haven import cast


def test_a_code_is_all_it_takes(shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    found = reads.one(shift, record.pk, by=chiara)
    assert (found.code, found.callback) == ("girasole", False)


def test_no_code_is_refused(shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match="code-missing"):
        records.open_record(shift, "  ", by=chiara)


def test_another_association_finds_none(shift: keyring.Shift, chiara: Actor, dora: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    with pytest.raises(NotVisible):
        reads.one(cast.shift("dora"), record.pk, by=dora)


def test_nothing_of_what_is_written_stands_in_its_row(shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    records.write(shift, record, {"kind": "note", "text": "ha un fratello a Lodi"}, by=chiara)
    rows = b"".join(bytes(entry.closed) for entry in Entry.objects.all())
    assert b"fratello" not in rows
    assert b"girasole" not in rows
