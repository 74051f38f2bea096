"""The sealer: every few seconds, whatever was committed since is hashed, chained and signed. One process, its own role."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import types
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cortile.kit.sealing import keys, record
from cortile.kit.sealing.keys import SealingError
from cortile.kit.sealing.memory import Memory
from cortile.kit.sealing.record import Seal

Connection = psycopg.Connection[Any]
PAUSE = 2.0
MOST = 5.0
HEARTBEAT = timedelta(hours=1)
SWEEP = 3600.0
# A seal of fewer took everything there was.
BATCH = 10_000
# How often somebody else's seal may come first before the database is left alone for a while.
TRIES = 5
# Any number will do, as long as every sealer takes the same.
LOCK = 0x5EA1
COLUMNS = "number, sealed_at, previous, count, batch, horizon, cluster, digest, signature, public_key"
LAST = f"SELECT {COLUMNS} FROM kit_seal ORDER BY number DESC LIMIT 1"  # noqa: S608 -- our own column names
# Whatever is numbered below xmin is over: the next statement sees all it committed, and whatever commits later is not below.
NOW = """SELECT clock_timestamp(), pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,
    (SELECT system_identifier::text FROM pg_control_system()) FROM pg_current_snapshot() s"""


def _chosen(bounds: str) -> str:
    unsealed = "NOT EXISTS (SELECT FROM kit_sealedevent x WHERE x.event_id = e.id)"
    what = f"SELECT e.id, e.tx, {record.CANONICAL} FROM kit_auditevent e"  # noqa: S608 -- our own column names
    return f"{what} WHERE {bounds} AND {unsealed} ORDER BY e.tx, e.id LIMIT %(most)s"


# By the index on tx, from the last horizon on: as quick with twenty million rows as with none.
NEXT = _chosen("e.tx >= %(low)s")
# Everything: after a restore transaction numbers begin again, and a row that somebody put in may carry any.
ALL = _chosen("true")
STRAIGHT = "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"


@dataclass(frozen=True, slots=True)
class Moment:
    """The database's clock and where its transactions have come to."""

    at: datetime
    xmin: int
    xmax: int
    cluster: str


def connect(url: str | None = None) -> Connection:
    """Connect as the audit's role (``CORTILE_AUDIT_DATABASE_URL``). Raise ``SealingError`` when nobody gave the address."""
    url = url or os.environ.get("CORTILE_AUDIT_DATABASE_URL", "")
    if not url:
        message = "Manca CORTILE_AUDIT_DATABASE_URL: il sigillatore lavora con il ruolo dell'audit."
        raise SealingError(message)
    opened = psycopg.connect(url, autocommit=True, application_name="cortile-seal")
    # Short texts of many columns: compiling each statement costs more than it spares.
    opened.execute("SET TimeZone = 'UTC'; SET jit = off")
    return opened


def last_seal(conn: Connection) -> Seal | None:
    """Return the newest seal."""
    row = conn.execute(LAST).fetchone()
    return Seal(*row) if row else None


def seal(
    conn: Connection, key: Ed25519PrivateKey, memory: Memory | None = None, *, whole: bool = False, heartbeat: timedelta = HEARTBEAT
) -> int:
    """Seal everything that waits, in as many seals as it takes. Return how many events.

    ``whole`` looks at every row instead of those since the last horizon. Raise ``SealingError`` when the database has
    lost the seal in ``memory``.
    """
    sealed, more = 0, True
    while more:
        newest, count, more = _surely_one(conn, key, memory, whole=whole, heartbeat=heartbeat)
        if memory and newest:
            memory.keep(newest)
        sealed += count
    return sealed


def _surely_one(
    conn: Connection, key: Ed25519PrivateKey, memory: Memory | None, *, whole: bool, heartbeat: timedelta
) -> tuple[Seal | None, int, bool]:
    """Make one seal at most; when another sealer's came first, look again and chain to it."""
    for left in reversed(range(TRIES)):
        try:
            return _one(conn, key, memory, whole=whole, heartbeat=heartbeat)
        except (psycopg.errors.UniqueViolation, psycopg.errors.LockNotAvailable):
            if not left:
                raise
    raise AssertionError


def _one(
    conn: Connection, key: Ed25519PrivateKey, memory: Memory | None, *, whole: bool, heartbeat: timedelta
) -> tuple[Seal | None, int, bool]:
    """Make one seal at most. Two sealers take turns: the second one finds the first one's seal and chains to it."""
    with conn.transaction():
        _take_turn(conn)
        last, now = last_seal(conn), moment(conn)
        if memory:
            memory.check(conn, last)
        restarted = last is None or last.cluster != now.cluster
        rows = _waiting(conn, last.horizon if last and not restarted and not whole else None)
        if not rows and last and not restarted and now.at - last.sealed_at < heartbeat:
            return last, 0, False
        more = len(rows) == BATCH
        made = _write(conn, key, _chained(last, _after(now, last, rows) if more else now), rows)
    return made, len(rows), more


def _take_turn(conn: Connection) -> None:
    """Wait for another sealer, but not for ever: anybody may hold the lock, and the primary keys refuse a fork without it."""
    conn.execute("SET LOCAL lock_timeout = '2s'")
    with contextlib.suppress(psycopg.errors.LockNotAvailable), conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def moment(conn: Connection) -> Moment:
    """Ask the database where it has come to."""
    return Moment(*(conn.execute(NOW).fetchone() or ()))


def _waiting(conn: Connection, low: int | None) -> list[tuple[int, int, str]]:
    if low is None:
        return conn.execute(ALL, {"most": BATCH}).fetchall()
    conn.execute(STRAIGHT)
    return conn.execute(NEXT, {"low": low, "most": BATCH}).fetchall()


def _after(now: Moment, last: Seal | None, rows: list[tuple[int, int, str]]) -> Moment:
    """Return where a seal comes to that leaves some behind: to its last transaction, or nowhere in a cluster not yet swept."""
    if last is None or last.cluster != now.cluster:
        return replace(now, xmin=0, cluster="")
    return replace(now, xmin=max(last.horizon, min(rows[-1][1], now.xmin)))


def _chained(last: Seal | None, now: Moment) -> Seal:
    number, previous = (last.number + 1, last.digest) if last else (1, record.BEGINNING)
    return Seal(number, now.at, previous, 0, b"", now.xmin, now.cluster)


def _write(conn: Connection, key: Ed25519PrivateKey, bare: Seal, rows: list[tuple[int, int, str]]) -> Seal:
    leaves = [(event, record.leaf(text)) for event, _, text in sorted(rows)]
    made = replace(bare, count=len(leaves), batch=record.batch(leaf for _, leaf in leaves))
    digest = made.hashed()
    values = [
        made.number, made.sealed_at, made.previous, made.count, made.batch, made.horizon, made.cluster,
        digest, key.sign(digest), keys.raw(key),
    ]  # fmt: skip
    conn.execute(f"INSERT INTO kit_seal ({COLUMNS}) VALUES ({', '.join(['%s'] * len(values))})", values)  # noqa: S608 -- our own column names
    with conn.cursor().copy("COPY kit_sealedevent (event_id, seal_id, leaf) FROM STDIN") as copy:
        for event, leaf in leaves:
            copy.write_row((event, made.number, leaf))
    return replace(made, digest=digest)


def run(pause: float = PAUSE, *, once: bool = False, new_key: bool = False, restored: bool = False) -> None:
    """Seal until told to stop, or once. A database that goes away is waited for.

    Raise ``SealingError`` before beginning, and as soon as the database has lost the last seal; ``restored`` forgets it.
    """
    memory = Memory()
    if restored:
        memory.forget()
    with connect() as conn:
        key = _key(conn, memory, new_key=new_key)
        if once:
            seal(conn, key, memory, whole=True)
    if not once:
        keep_sealing(key, memory, min(pause, MOST), _told_to_stop())


def _key(conn: Connection, memory: Memory, *, new_key: bool) -> Ed25519PrivateKey:
    """Return the key to sign with, made if need be; never from a number that somebody cut back."""
    last = last_seal(conn)
    memory.check(conn, last)
    if new_key:
        keys.retire()
    return keys.private_key(may_make=new_key or last is None, last=last.number if last else 0)


def _told_to_stop() -> threading.Event:
    stop = threading.Event()

    def end(_number: int, _frame: types.FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop


def keep_sealing(key: Ed25519PrivateKey, memory: Memory, pause: float, stop: threading.Event) -> None:
    """Seal until told to stop, and connect again when the database goes away. Raise ``SealingError`` when it lost a seal."""
    while not stop.is_set():
        try:
            with connect() as conn:
                _turns(conn, key, memory, pause, stop)
        except (psycopg.OperationalError, psycopg.errors.UniqueViolation) as error:
            sys.stderr.write(f"cortile seal: {str(error).strip().splitlines()[0]}\n")
            stop.wait(MOST)


def _turns(conn: Connection, key: Ed25519PrivateKey, memory: Memory, pause: float, stop: threading.Event) -> None:
    """Seal at every turn; at the first one and once an hour over everything: what somebody brought in is found and sealed."""
    swept = None
    while not stop.is_set():
        whole = swept is None or time.monotonic() - swept >= SWEEP
        seal(conn, key, memory, whole=whole)
        swept = time.monotonic() if whole else swept
        stop.wait(pause)
    seal(conn, key, memory)
