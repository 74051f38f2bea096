"""The sealer: the bytes it hashes, the chain it makes, what it never misses, and the key it signs with."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from cortile.kit import audit
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.sealing import anchor, record, sealer
from cortile.kit.sealing.keys import SealingError
from tests import traces
from tests.kit import audits
from tests.kit.audits import Connection
from tests.kit.conftest import Connect

ROOT = Path(__file__).resolve().parents[2]
WRITERS, ROUNDS, KILLS = 8, 40, 25


def unsealed(conn: Connection) -> int:
    words = "SELECT count(*) FROM kit_auditevent e WHERE NOT EXISTS (SELECT FROM kit_sealedevent x WHERE x.event_id = e.id)"
    return int(audits.one(conn, words))


# --- the bytes ---


def test_every_column_of_an_event_is_hashed() -> None:
    columns = {field.column for field in AuditEvent._meta.local_fields}
    assert columns == set(record.COLUMNS)


def test_the_canonical_text_of_a_real_event_is_written_once_for_all(marta: Actor) -> None:
    audit.leave("prova.read", by=marta, verb="R", persons=[7, 3], fields=["phone"], reason='una "chiamata"\n')
    key = traces.event("prova.read").pk
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {record.CANONICAL}, tx FROM kit_auditevent e WHERE id = %s", [key])  # noqa: S608 -- our own columns
        text, tx = cursor.fetchone()
    agency = marta.agency_id
    assert text.startswith(f'{{"agency_id":{agency},"agent_id":{marta.id},"agent_kind":"staff","agent_name":"Marta F."')
    assert f'"fields":["phone"],"id":{key},"purpose":"service","reason":"una \\"chiamata\\"\\n","recorded":"2026-03-11T09' in text
    assert f'"subjects":[3,7],"thing":"","thing_id":null,"tx":{tx},' in text


def written_by_another(auditor: Connection, name: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier that stands in the document."""
    code = (ROOT / "docs" / "audit.md").read_text().split("```python\n")[1].split("```")[0]
    (tmp_path / "other.py").write_text(code)
    command = [sys.executable, "-I", str(tmp_path / "other.py"), audits.address("audit", name)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command


def test_the_verifier_of_the_document_agrees(
    app: Connection, auditor: Connection, connect: Connect, audit_name: str, tmp_path: Path
) -> None:
    audits.write(app, 40)
    audits.seal(auditor)
    assert written_by_another(auditor, audit_name, tmp_path).stdout == "ok\n"
    admin = connect("admin")
    admin.execute("SET session_replication_role = replica")
    event = audits.one(admin, "SELECT max(id) FROM kit_auditevent")
    admin.execute("UPDATE kit_auditevent SET what = what || 'x' WHERE id = %s", [event])
    seen = written_by_another(auditor, audit_name, tmp_path)
    admin.execute("UPDATE kit_auditevent SET what = left(what, -1) WHERE id = %s", [event])
    assert (seen.stdout, seen.returncode) == (f"event {event}\n", 1)


# --- the chain ---


def test_nothing_happens_without_events_but_an_empty_seal_an_hour(auditor: Connection) -> None:
    audits.seal(auditor)
    last = sealer.last_seal(auditor)
    assert (audits.seal(auditor), sealer.last_seal(auditor)) == (0, last)
    audits.seal(auditor, heartbeat=timedelta())
    beat = sealer.last_seal(auditor)
    assert (beat.number, beat.count, beat.previous) == (last.number + 1, 0, last.digest)


def test_many_events_take_many_seals(app: Connection, auditor: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 7)
    audits.write(app, 30)
    assert audits.seal(auditor) == 30
    assert (unsealed(auditor), audits.found(auditor)) == (0, [])


def test_a_new_chain_takes_in_what_it_finds(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 7)
    admin = connect("admin")
    admin.execute("BEGIN")
    admin.execute("SET LOCAL session_replication_role = replica")
    admin.execute("DELETE FROM kit_sealedevent; DELETE FROM kit_seal")
    # As after a restore: numbers of another cluster, higher than any of this one, and written long ago.
    admin.execute("UPDATE kit_auditevent SET tx = tx + 1000000000, written_at = written_at - interval '1 year'")
    assert audits.seal(admin, whole=True) > 7
    assert (unsealed(admin), audits.found(admin)) == (0, [])
    admin.execute("ROLLBACK")


def test_another_cluster_starts_its_numbers_again(connect: Connect) -> None:
    admin = connect("admin")
    admin.execute("BEGIN")
    admin.execute("SET LOCAL session_replication_role = replica")
    last = sealer.last_seal(admin)
    moved = record.Seal(last.number + 1, last.sealed_at, last.digest, 0, b"", 10**12, "another")
    sealer._write(admin, audits.KEY, moved, [])  # noqa: SLF001 -- a seal of a cluster that is not here
    audits.write(admin, 2)
    assert audits.seal(admin) == 2
    assert audits.found(admin) == []
    admin.execute("ROLLBACK")


def test_the_next_scan_goes_by_the_index_on_transactions(auditor: Connection) -> None:
    with auditor.transaction():
        auditor.execute(sealer.STRAIGHT)
        bounds = {"low": 10**12, "most": 10}
        plan = "\n".join(row for (row,) in auditor.execute(f"EXPLAIN {sealer.NEXT}", bounds))
    assert "audit_event_tx" in plan
    assert "Seq Scan on kit_auditevent" not in plan


# --- what it never misses ---


def naive(conn: Connection, last: int) -> list[int]:
    """Choose what to seal as is usually done: whatever has a higher number than the last one."""
    return [n for (n,) in conn.execute("SELECT id FROM kit_auditevent WHERE id > %s ORDER BY id", [last])]


def test_a_transaction_that_commits_late_is_sealed_and_by_number_is_missed(connect: Connect, auditor: Connection) -> None:
    slow, quick = connect("app"), connect("app")
    audits.seal(auditor)
    last = audits.one(auditor, "SELECT coalesce(max(id), 0) FROM kit_auditevent")
    slow.execute("BEGIN")
    audits.write(slow)
    audits.write(quick)
    by_number, by_horizon = naive(auditor, last), audits.seal(auditor)
    slow.execute("COMMIT")
    by_number += naive(auditor, max(by_number))
    assert (len(by_number), by_horizon, audits.seal(auditor)) == (1, 1, 1)
    assert unsealed(auditor) == 0


def writing(name: str) -> None:
    """Write for a while; whoever is killed begins again."""
    rounds = iter(range(ROUNDS))
    while True:
        with contextlib.suppress(psycopg.OperationalError), audits.connect("app", name) as app:
            for _ in rounds:
                with app.transaction():
                    audits.write(app, 2)
                    app.execute("SELECT pg_sleep(random() * 0.03)")
            return


def test_eight_writers_some_killed_and_two_sealers_leave_nothing_unsealed(
    connect: Connect, auditor: Connection, audit_name: str
) -> None:
    admin, other = connect("admin"), connect("audit")
    threads = [threading.Thread(target=writing, args=[audit_name]) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    kill = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = 'cortile_app'
              AND xact_start IS NOT NULL AND state = 'active' ORDER BY random() LIMIT 1"""
    killed = 0
    while any(thread.is_alive() for thread in threads):
        killed += len(admin.execute(kill, [audit_name]).fetchall()) if killed < KILLS else 0
        sealing = threading.Thread(target=audits.seal, args=[other])
        sealing.start()
        audits.seal(auditor)
        sealing.join()
    audits.seal(auditor)
    assert (killed, unsealed(auditor), audits.found(auditor)) == (KILLS, 0, [])


# --- the anchor ---


def test_an_anchor_is_read_back_from_a_mail_however_wrapped(auditor: Connection, tmp_path: Path) -> None:
    audits.seal(auditor)
    last = sealer.last_seal(auditor)
    (tmp_path / "root.json").write_text(anchor.written(last))
    half = last.digest.hex()[:20]
    quoted = anchor.written(last).replace(half, f"{half}=\n")
    head = "Subject: radice\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
    (tmp_path / "root.eml").write_text(f"{head}Conserva questa mail.\n{quoted}\n")
    found = [anchor.read(tmp_path / name) for name in ("root.json", "root.eml")]
    assert found == [[anchor.Anchor(last.number, last.digest, last.public_key)]] * 2


@pytest.mark.parametrize("text", ["", "niente", "{}", '{"kind": "cortile-audit-root-1", "number": 1}'])
def test_a_file_without_an_anchor_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "kept").write_text(text)
    with pytest.raises(SealingError, match="ncora"):
        anchor.read(tmp_path / "kept")
