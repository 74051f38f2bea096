"""A sealer knows its last seal: nobody cuts the chain under it, nor stops it by holding its turn."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cortile.kit.sealing import keys, memory, record, sealer
from cortile.kit.sealing.keys import SealingError
from cortile.kit.sealing.memory import Memory
from tests.kit import audits
from tests.kit.audits import Connection
from tests.kit.conftest import Connect
from tests.kit.spoils import cut

WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid')"
SWEPT = "DELETE FROM kit_sealedevent; DELETE FROM kit_seal"


@pytest.fixture
def chain(connect: Connect, key_file: Path, app: Connection) -> Iterator[Connection]:
    """Return a superuser before a chain of three seals, made by a sealer that remembers the last one."""
    admin = connect("admin")
    admin.execute("SET session_replication_role = replica")
    admin.execute(SWEPT)
    for _ in range(3):
        audits.write(app)
        sealer.run(once=True)
    yield admin
    admin.execute(SWEPT)


def last(conn: Connection) -> record.Seal:
    found = sealer.last_seal(conn)
    assert found is not None
    return found


def test_the_last_seal_is_kept_where_only_the_sealer_reads(chain: Connection) -> None:
    kept = memory.last_file()
    assert memory.read(kept) == (3, last(chain).digest)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_cut_tail_is_not_sealed_over(chain: Connection) -> None:
    cut(chain, 1)
    with pytest.raises(SealingError, match="Il sigillo 3, l'ultimo che ho fatto, non c'è più"):
        sealer.run(once=True)
    assert last(chain).number == 1


def test_without_memory_it_would_be(chain: Connection, app: Connection) -> None:
    cut(chain, 1)
    memory.last_file().unlink()
    for _ in range(2):
        audits.write(app)
        sealer.run(once=True)
    assert last(chain).number == 3


def test_a_tail_cut_while_it_runs_stops_it(chain: Connection, auditor: Connection) -> None:
    remembered, key = Memory(), keys.private_key(may_make=False)
    cut(chain, 2)
    memory.last_file().unlink()
    with pytest.raises(SealingError, match="--restored"):
        sealer.keep_sealing(key, remembered, 0.01, threading.Event())


@pytest.mark.parametrize("more", [0, 1])
def test_another_seal_under_the_same_number_stops_it(chain: Connection, auditor: Connection, more: int) -> None:
    cut(chain, 2)
    for _ in range(1 + more):
        audits.seal(auditor, heartbeat=sealer.HEARTBEAT * 0)
    with pytest.raises(SealingError, match="non è quello"):
        sealer.run(once=True)


def test_another_sealer_s_seals_are_no_reason_to_stop(chain: Connection, auditor: Connection) -> None:
    audits.seal(auditor, heartbeat=sealer.HEARTBEAT * 0)
    sealer.run(once=True)
    assert memory.read(memory.last_file()) == (4, last(chain).digest)


def test_the_service_ends_loudly(chain: Connection) -> None:
    cut(chain, 1)
    command = [sys.executable, "-m", "cortile.kit.sealing"]
    seen = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 -- our own command
    assert (seen.returncode, seen.stderr[:15]) == (1, "Il sigillo 3, l")


def test_a_restored_copy_is_accepted_when_said(chain: Connection) -> None:
    cut(chain, 1)
    sealer.run(once=True, restored=True)
    assert memory.read(memory.last_file()) == (last(chain).number, last(chain).digest)


def test_a_new_key_is_not_made_over_a_cut_tail(chain: Connection) -> None:
    before = keys.known()
    cut(chain, 1)
    with pytest.raises(SealingError, match="Il sigillo 3"):
        sealer.run(once=True, new_key=True)
    assert keys.known() == before


@pytest.mark.usefixtures("key_file")
def test_a_memory_that_cannot_be_read_is_refused() -> None:
    memory.last_file().write_text("niente")
    with pytest.raises(SealingError, match="scritto male"):
        Memory()


# --- the turn ---


def test_a_lock_held_by_somebody_else_stops_no_sealer(auditor: Connection, app: Connection) -> None:
    audits.seal(auditor)
    app.execute("SELECT pg_advisory_lock(%s)", [sealer.LOCK])
    audits.write(app, 3)
    assert audits.seal(auditor) == 3


def test_whose_seal_comes_second_looks_again(connect: Connect, auditor: Connection, app: Connection) -> None:
    audits.seal(auditor, heartbeat=sealer.HEARTBEAT * 0)
    other, looking = connect("audit"), connect("admin")
    audits.write(app, 3)
    before = last(auditor)
    other.execute("BEGIN")
    quick = record.Seal(before.number + 1, before.sealed_at, before.digest, 0, b"", before.horizon, before.cluster)
    sealer._write(other, audits.KEY, quick, [])  # noqa: SLF001 -- a seal that is not committed yet
    sealing = threading.Thread(target=audits.seal, args=[auditor])
    sealing.start()
    while sealing.is_alive() and not audits.one(looking, WAITS):
        pass
    other.execute("COMMIT")
    sealing.join()
    assert (last(looking).number, last(looking).count, audits.found(looking)) == (before.number + 2, 3, [])


def test_the_service_goes_on_while_its_turn_is_held(chain: Connection, app: Connection) -> None:
    app.execute("SELECT pg_advisory_lock(%s)", [sealer.LOCK])
    audits.write(app, 2)
    stop, key = threading.Event(), keys.private_key(may_make=False)
    service = threading.Thread(target=sealer.keep_sealing, args=[key, Memory(), 0.01, stop])
    service.start()
    while service.is_alive() and last(chain).count != 2:
        pass
    stop.set()
    service.join()
    assert last(chain).count == 2
