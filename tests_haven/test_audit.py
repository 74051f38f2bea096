"""The association's own audit: only it reads it, and whoever changes, cuts or swaps it is found out, by line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from cortile import haven
from cortile.haven import audit, keyring, said
from cortile.haven.actions import keys_life, records
from cortile.haven.audit import Finding, Head
from cortile.haven.models import Association, Event
from cortile.haven.reads import association
from cortile.kit.actor import Actor
from tests_haven import aside, cast
from tests_haven.aside import Owner


def test_a_chain_nobody_touched_is_whole(casa: Association) -> None:
    assert audit.findings(casa.pk, audit.head(casa.pk)) == []


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Return a connection of who owns the tables, on a database of its own with the cast in it."""
    papers = dict(cast.PAPERS)
    with aside.another() as connection:
        cast.play()
        connection.execute("ALTER TABLE haven_event DISABLE TRIGGER USER")
        yield connection
    cast.PAPERS.update(papers)


def found(kept: Head | None = None) -> list[tuple[int, str]]:
    """Return what is wrong in the cast's chain."""
    return [(f.number, f.what) for f in audit.findings(cast.association().pk, kept)]


def last() -> Head:
    """Return where the cast's chain ends; it has some lines."""
    head = audit.head(cast.association().pk)
    assert head.number >= 2
    return head


def test_each_act_is_a_line_in_words_newest_first(shift: keyring.Shift, chiara: Actor) -> None:
    record = records.open_record(shift, "girasole", by=chiara)
    line = association.log(shift, 1, by=chiara).lines[0]
    assert (line.who, line.what, line.about) == ("Chiara", "ha aperto una scheda nuova", record.pk)


def test_that_it_was_read_stands_in_it(shift: keyring.Shift, chiara: Actor) -> None:
    association.log(shift, 1, by=chiara)
    assert association.log(shift, 1, by=chiara).lines[0].what == "ha letto il registro"


def test_fifty_lines_are_a_page(shift: keyring.Shift, chiara: Actor) -> None:
    for number in range(60):
        records.open_record(shift, f"parola {number}", by=chiara)
    log = association.log(shift, 1, by=chiara)
    assert (len(log.lines), log.pages) == (50, 2)


def test_lines_from_before_the_keys_were_turned_still_open(shift: keyring.Shift, chiara: Actor) -> None:
    before = Event.objects.filter(association_id=shift.association_id).count()
    keys_life.turn_keys(shift, by=chiara)
    lines = association.log(shift, 1, by=chiara).lines
    assert len(lines) > before
    assert all(line.who for line in lines)


def test_another_association_reads_none_of_it(shift: keyring.Shift, dora: Actor) -> None:
    numbers = {line.number for line in association.log(cast.shift("dora"), 1, by=dora).lines}
    assert len(numbers) < Event.objects.filter(association_id=shift.association_id).count() + 2
    assert all(line.who != "Chiara" for line in association.log(cast.shift("dora"), 1, by=dora).lines)


def test_without_its_key_a_line_says_only_its_number(shift: keyring.Shift, chiara: Actor) -> None:
    shift.private.clear()
    shift.private[9] = b""
    assert {line.who for line in association.log(shift, 1, by=chiara).lines} == {""}


SOURCE = Path(haven.__file__).parent
NAME = re.compile(r'(?:@action|leave)\(\s*"(haven\.[a-z_.]+)"')


def test_whatever_is_done_or_read_has_words_of_its_own() -> None:
    names = {name for file in SOURCE.rglob("*.py") for name in NAME.findall(file.read_text())}
    assert len(names) > 30
    assert names - set(said.WORDS) == set()


@pytest.mark.parametrize(("kind", "name"), [("public", "Qualcuno da fuori"), ("system", "Un comando"), ("staff", "Chiara")])
def test_a_line_names_its_own_people_alone(kind: str, name: str) -> None:
    assert said.who({"agent_kind": kind, "agent_name": "Chiara"}) == name


def test_nothing_of_a_line_stands_in_its_row() -> None:
    assert all(b"Chiara" not in bytes(event.sealed) for event in Event.objects.all())


def test_a_line_that_was_edited_is_named(owner: Owner) -> None:
    last()
    owner.execute("UPDATE haven_event SET sealed = 'altro' WHERE number = 1 AND association_id = %s", [cast.association().pk])
    assert found() == [(1, "changed")]


def test_a_line_said_to_be_of_another_key_is_named(owner: Owner) -> None:
    last()
    owner.execute("UPDATE haven_event SET key_version = 7 WHERE number = 1 AND association_id = %s", [cast.association().pk])
    assert found() == [(1, "changed")]


def test_a_line_that_was_deleted_is_missing_and_the_next_does_not_follow(owner: Owner) -> None:
    last()
    owner.execute("DELETE FROM haven_event WHERE number = 1 AND association_id = %s", [cast.association().pk])
    assert found()[0] == (1, "missing")


def test_two_lines_that_changed_places_are_named(owner: Owner) -> None:
    last()
    swap = """UPDATE haven_event a SET sealed = b.sealed FROM haven_event b WHERE a.association_id = %s
        AND b.association_id = a.association_id AND a.number IN (1, 2) AND b.number = 3 - a.number"""
    owner.execute(swap, [cast.association().pk])
    assert found() == [(1, "changed"), (2, "changed")]


def test_a_tail_that_was_cut_is_missed(owner: Owner) -> None:
    end = last()
    owner.execute("DELETE FROM haven_event WHERE number = %s AND association_id = %s", [end.number, cast.association().pk])
    assert found() == [(end.number, "cut")]


def cut_well(owner: Owner, end: Head) -> None:
    """Cut the last line and write the end of the chain anew, as somebody would who knows how."""
    casa = cast.association().pk
    owner.execute("DELETE FROM haven_event WHERE number = %s AND association_id = %s", [end.number, casa])
    digest = owner.execute(
        "SELECT digest FROM haven_event WHERE number = %s AND association_id = %s", [end.number - 1, casa]
    ).fetchone()
    assert digest is not None
    owner.execute("UPDATE haven_chain SET number = %s, digest = %s WHERE association_id = %s", [end.number - 1, digest[0], casa])


def test_a_tail_cut_with_care_is_missed_by_who_kept_the_end_elsewhere(owner: Owner) -> None:
    end = last()
    cut_well(owner, end)
    assert found(end) == [(end.number, "not-kept")]


def test_without_a_kept_end_such_a_cut_does_not_show(owner: Owner) -> None:
    cut_well(owner, last())
    assert found() == []


def test_the_application_itself_may_change_no_line(casa: Association) -> None:
    with pytest.raises(Exception, match=r"haven_event"):
        Event.objects.filter(association=casa).update(sealed=b"altro")


def test_the_command_says_which_line_and_ends_badly(owner: Owner) -> None:
    last()
    owner.execute("UPDATE haven_event SET sealed = 'altro' WHERE number = 2 AND association_id = %s", [cast.association().pk])
    answer = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("audit", "--verify", stdout=answer)
    assert "spazio-aperto: la riga 2 è cambiata" in answer.getvalue()


def test_the_command_verifies_without_a_key_and_against_a_kept_end(casa: Association, tmp_path: Path) -> None:
    heads, answer = io.StringIO(), io.StringIO()
    call_command("audit", "--head", stdout=heads)
    (tmp_path / "fine").write_text(heads.getvalue())
    call_command("audit", "--verify", "--kept", str(tmp_path / "fine"), stdout=answer)
    assert "spazio-aperto: intero" in answer.getvalue()


@pytest.mark.pure
def test_an_end_that_was_noted_reads_back() -> None:
    head = Head(7, b"\x01\x02")
    assert audit.noted(str(head)) == head
    assert Finding(7, "cut") == Finding(7, "cut")
