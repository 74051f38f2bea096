"""Backups: noise without the offline key, whole with it, and nobody comes back who was destroyed."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import Settings

from cortile.haven import backups, erasures, keyring
from cortile.haven.actions import associations, records, restoring
from cortile.haven.models import Association, Entry, Event, Record
from cortile.haven.reads import records as reads
from cortile.kit.actor import Actor, system
from cortile.kit.refusals import Refused
from tests_haven import aside, cast

PRIVATE, PUBLIC = backups.fresh_key()
JOB = system("restore")


@pytest.fixture(autouse=True)
def _apart(settings: Settings, tmp_path: Path) -> None:
    """Keep the list of what was destroyed in a folder of the test's own, and close copies to the test's key."""
    settings.STATE, settings.BACKUP_RECIPIENT = tmp_path, PUBLIC


@pytest.fixture
def record(shift: keyring.Shift, chiara: Actor) -> Record:
    """Return a record with a note in it."""
    opened = records.open_record(shift, "girasole", by=chiara)
    records.write(shift, opened, {"kind": "note", "text": "ha un fratello a Lodi"}, by=chiara)
    return opened


@pytest.fixture
def copy(record: Record) -> bytes:
    """Return a closed copy of everything."""
    return backups.made(backups.recipient(PUBLIC))[0]


@pytest.fixture
def empty(copy: bytes) -> Iterator[bytes]:
    """Turn to an empty database and return the copy; come back afterwards."""
    with aside.another(), transaction.atomic():
        yield copy


def opened(closed: bytes) -> backups.Copy:
    """Open a copy with the offline key."""
    return backups.opened(closed, PRIVATE)


def test_a_stolen_backup_is_noise(copy: bytes) -> None:
    assert all(word not in copy for word in (b"spazio-aperto", b"haven_record", b"Chiara", b"girasole"))
    other, _public = backups.fresh_key()
    with pytest.raises(Refused, match="backup-closed"):
        backups.opened(copy, other)


def test_with_the_offline_key_it_is_not(copy: bytes) -> None:
    assert "spazio-aperto" in opened(copy).rows


def test_even_opened_it_says_nothing_she_said(copy: bytes) -> None:
    assert "girasole" not in opened(copy).rows


def test_a_byte_that_changed_is_noticed(copy: bytes) -> None:
    with pytest.raises(Refused, match="backup-closed"):
        backups.opened(copy[:-1] + bytes([copy[-1] ^ 1]), PRIVATE)


def test_a_restored_backup_is_whole_and_opens_with_the_same_phrase(empty: bytes, record: Record) -> None:
    restored = restoring.restore(opened(empty), [], by=JOB)
    chiara = cast.at_work("chiara")
    assert (restored.rows, restored.erased) == (sum(opened(empty).counts.values()), 0)
    assert reads.one(cast.shift("chiara"), record.pk, by=chiara).of("note")[0].content["text"] == "ha un fratello a Lodi"


def test_work_goes_on_in_what_was_restored(empty: bytes) -> None:
    restoring.restore(opened(empty), [], by=JOB)
    chiara, shift = cast.at_work("chiara"), cast.shift("chiara")
    associations.name_operator(shift, "Marta", "marta", "parole per entrare qui", by=chiara, how=cast.QUICK)
    record = records.open_record(shift, "quercia", by=chiara)
    assert reads.one(shift, record.pk, by=chiara).code == "quercia"


def test_a_restored_backup_brings_nobody_back(empty: bytes, record: Record) -> None:
    restored = restoring.restore(opened(empty), [erasures.digest(record.pk)], by=JOB)
    assert restored.erased == 1
    assert not Record.objects.filter(pk=record.pk).exists()
    assert not Entry.objects.filter(record_id=record.pk).exists()


def test_the_association_reads_that_a_backup_came_back(empty: bytes) -> None:
    before = opened(empty).counts["haven_event"]
    restoring.restore(opened(empty), [], by=JOB)
    assert Event.objects.count() == before + Association.objects.count()


def test_nothing_is_restored_over_what_is_there(copy: bytes) -> None:
    with pytest.raises(Refused, match="not-empty"):
        restoring.restore(opened(copy), [], by=JOB)


def test_a_copy_that_lost_a_row_is_refused_and_leaves_nothing(empty: bytes) -> None:
    whole = opened(empty)
    fewer = backups.Copy(
        whole.counts, "".join(line for line in whole.rows.splitlines(keepends=True) if "haven.entry" not in line), []
    )
    with pytest.raises(Refused, match="backup-counts"):
        restoring.restore(fewer, [], by=JOB)
    assert not Association.objects.exists()


def test_what_is_destroyed_is_noted_once_it_is_gone(
    shift: keyring.Shift, chiara: Actor, record: Record, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's own
        number = records.shred(shift, record, by=chiara)
    assert erasures.known() == {erasures.digest(number)}
    assert str(number) not in erasures.place().read_text()


def test_what_was_not_destroyed_after_all_is_not_noted(
    shift: keyring.Shift, chiara: Actor, record: Record, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():  # type: ignore[operator]  # pytest-django's own
        records.shred(shift, record, by=chiara)
        transaction.set_rollback(True)
    assert erasures.known() == set()


def test_the_list_of_what_was_destroyed_only_grows_and_is_its_owner_s() -> None:
    erasures.add([erasures.digest(uuid.uuid4())])
    erasures.add([erasures.digest(uuid.uuid4())])
    assert len(erasures.known()) == 2
    assert erasures.place().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [("", "recipient-missing"), (PRIVATE, "recipient-wrong"), ("age1niente", "recipient-wrong")],
    ids=["none", "a private one", "no key at all"],
)
def test_no_copy_is_made_without_an_offline_key(said: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        backups.recipient(said)


def test_the_command_makes_a_copy_its_owner_alone_reads(record: Record, tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("backup", "--to", str(tmp_path / "copia.age"), stdout=said)
    assert (tmp_path / "copia.age").stat().st_mode & 0o077 == 0
    assert opened((tmp_path / "copia.age").read_bytes()).counts["haven_record"] == 1


def test_the_command_refuses_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="Manca la chiave delle copie"):
        call_command("backup", "--to", str(tmp_path / "copia.age"))
    assert not (tmp_path / "copia.age").exists()


def test_the_commands_play_the_whole_loss_through(empty: bytes, record: Record, tmp_path: Path) -> None:
    (tmp_path / "copia.age").write_bytes(empty)
    (tmp_path / "chiave").write_text(PRIVATE)
    (tmp_path / "altrove").write_text(erasures.digest(record.pk))
    said = io.StringIO()
    arguments = ["--identity", str(tmp_path / "chiave"), "--erased", str(tmp_path / "altrove")]
    call_command("restore", str(tmp_path / "copia.age"), *arguments, stdout=said)
    assert "1 schede distrutte di nuovo" in said.getvalue()
    assert erasures.known() == {erasures.digest(record.pk)}
