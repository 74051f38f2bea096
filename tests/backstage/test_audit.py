"""The audit from the command line: sealed, verified, its root mailed, and what the doctor says of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cortile.backstage.management.commands.doctor import lacks
from cortile.kit.models import AuditEvent
from cortile.kit.sealing import anchor, keys, memory, sealer
from cortile.messages import actions as messages
from cortile.messages.models import Delivery
from tests import cast, database
from tests.kit import audits


@pytest.fixture(autouse=True)
def _sealer(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let sealer and verifier work in this worker's database, all tests with one key."""
    monkeypatch.setenv("CORTILE_AUDIT_DATABASE_URL", audits.address("audit", database.mine()))
    monkeypatch.setenv("CORTILE_SEAL_KEY_FILE", str(tmp_path_factory.getbasetemp() / "worker.key"))


@pytest.fixture
def sealed() -> None:
    """Seal what stands committed: the cast."""
    call_command("seal", once=True)


@pytest.fixture
def spoiled(sealed: None) -> Iterator[int]:
    """Return an event that somebody edited, and put it right at the end."""
    with audits.connect("admin", database.mine()) as admin:
        admin.execute("SET session_replication_role = replica")
        event = int(audits.one(admin, "SELECT min(id) FROM kit_auditevent"))
        admin.execute("UPDATE kit_auditevent SET reason = reason || 'x' WHERE id = %s", [event])
        yield event
        admin.execute("UPDATE kit_auditevent SET reason = left(reason, -1) WHERE id = %s", [event])


def said(*words: str, **options: object) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("sealed")
def test_what_nobody_changed_is_verified_and_the_reading_is_audited(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    (tmp_path / "root.json").write_text(said("audit", "root"))
    assert "alterazioni=0" in said("audit", "verify", anchor=tmp_path / "root.json")
    event = AuditEvent.objects.get(what="audit.verified")
    assert (event.verb, event.agent_name, "alterazioni=0" in event.reason) == ("R", "audit", True)


def test_what_somebody_changed_is_named_and_fails(
    spoiled: int, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    settings.DEMO = True
    with pytest.raises(SystemExit, match="1"):
        call_command("audit", "verify")
    assert f"L'evento {spoiled} (sigillo 1) non è più quello sigillato" in capsys.readouterr().out
    assert "alterazioni=1" in AuditEvent.objects.get(what="audit.verified").reason


@pytest.mark.usefixtures("sealed")
def test_a_world_told_in_the_past_is_no_audit_outside_a_demo(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    with pytest.raises(SystemExit, match="1"):
        call_command("audit", "verify")
    assert "dice un'ora che non è la sua" in capsys.readouterr().out


def test_without_a_key_to_trust_nothing_is_verified(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CORTILE_SEAL_KEY_FILE", str(tmp_path / "other.key"))
    with pytest.raises(CommandError, match="Non so di chi siano le chiavi"):
        call_command("audit", "verify")


@pytest.mark.usefixtures("sealed")
def test_an_anchor_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("ciao")
    with pytest.raises(CommandError, match="ancora"):
        call_command("audit", "verify", anchor=tmp_path / "kept")


def test_without_its_address_the_sealer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORTILE_AUDIT_DATABASE_URL")
    with pytest.raises(CommandError, match="CORTILE_AUDIT_DATABASE_URL"):
        call_command("seal", once=True)


@pytest.mark.usefixtures("sealed")
def test_the_root_is_mailed_once_a_day_to_each_witness(settings: Settings, tmp_path: Path) -> None:
    settings.WITNESSES = ["uno@example.invalid", "due@example.invalid"]
    for _ in range(2):
        call_command("watch", stdout=io.StringIO(), limit=0)
    rows = Delivery.objects.filter(subject__startswith="Cortile: la radice").order_by("to")
    assert [(row.to, row.agency_id) for row in rows] == [("due@example.invalid", None), ("uno@example.invalid", None)]
    (tmp_path / "mail").write_text(rows[0].text)
    with sealer.connect() as conn:
        last = sealer.last_seal(conn)
    assert [kept.digest for kept in anchor.read(tmp_path / "mail")] == [last.digest]
    assert json.loads(anchor.written(last))["number"] == last.number


def named(word: str) -> list[str]:
    return [line for line in lacks() if word in line]


@pytest.mark.usefixtures("sealed")
def test_the_doctor_wants_two_witnesses(settings: Settings) -> None:
    settings.WITNESSES = ["uno@example.invalid"]
    assert named("CORTILE_WITNESSES")
    settings.WITNESSES = ["uno@example.invalid", "due@example.invalid"]
    assert not named("CORTILE_WITNESSES")


@pytest.mark.usefixtures("sealed")
def test_the_doctor_sees_a_key_that_others_read() -> None:
    assert not named("chiave dei sigilli")
    keys.key_file().chmod(0o644)
    assert named("chiave dei sigilli")
    keys.key_file().chmod(0o600)


@pytest.mark.usefixtures("sealed")
def test_the_doctor_sees_that_seals_were_taken_away() -> None:
    assert not named("l'ultimo che ho fatto")
    kept = memory.last_file().read_text()
    for other in ("424242 00", "1 00"):
        memory.last_file().write_text(other)
        assert named("l'ultimo che ho fatto")
    memory.last_file().write_text(kept)


@pytest.mark.usefixtures("sealed")
def test_the_doctor_sees_that_nobody_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not named("cortile seal")
    monkeypatch.setattr(sealer, "HEARTBEAT", sealer.HEARTBEAT * 0)
    assert named("cortile seal")


def test_the_same_root_for_the_same_witness_is_one_mail() -> None:
    values = {"root": "{}", "date": cast.NOW.date()}
    first, again = (messages.mail_root("uno@example.invalid", by=cast.SYSTEM, values=values, once="oggi") for _ in range(2))
    assert (first.pk, first.agency_id, first.state) == (again.pk, None, "queued")
