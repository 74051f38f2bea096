"""``bench audit``: what the audit costs, how soon it is sealed, how fast it is verified."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from cortile.backstage.bench import database
from cortile.backstage.bench.database import Database
from cortile.backstage.bench.figure import Figure
from cortile.kit.sealing import keys, sealer
from cortile.kit.sealing.verifier import Verification

NAME = "cortile_bench_audit"
AUDIT = "CORTILE_AUDIT_DATABASE_URL"
KEY = "CORTILE_SEAL_KEY_FILE"
# Eight writers: two processes, so that both processors work.
PROCESSES, THREADS, SECONDS = 2, 4, 15
MANY = 200_000
LAG = """SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM s.sealed_at - e.written_at)::float8)
    FROM kit_sealedevent x JOIN kit_seal s ON s.number = x.seal_id JOIN kit_auditevent e ON e.id = x.event_id WHERE s.number > %s"""
UNSEALED = "SELECT count(*) FROM kit_auditevent e WHERE NOT EXISTS (SELECT FROM kit_sealedevent x WHERE x.event_id = e.id)"
FILL = f"""INSERT INTO kit_auditevent (recorded, what, verb, agent_kind, agent_id, agent_name, agent_role, agency_id, purpose,
        source, thing, thing_id, fields, reason)
    SELECT now(), 'bench.read', 'R', 'staff', n % 40, 'Marta F.', 'community_manager', 1, 'service', 'staff 10.0.0.1',
        'listening.thread', n, ARRAY['phone', 'name'], '' FROM generate_series(1, {MANY}) n"""  # noqa: S608 -- our own number
SUBJECTS = """INSERT INTO kit_auditsubject (event_id, person_id, recorded, agency_id, tx)
    SELECT id, thing_id, recorded, 1, tx FROM kit_auditevent WHERE what = 'bench.read'"""
Say = Callable[[str], None]


def measure(say: Say) -> Iterator[Figure]:
    """Measure in a database of its own, with a small world in it."""
    say("making the database: a small world…")
    made = database.empty(NAME)
    try:
        made.django("seed", "--scale", "0.02")
        with tempfile.TemporaryDirectory() as folder:
            more = {AUDIT: urlsplit(os.environ[AUDIT])._replace(path=f"/{NAME}").geturl(), KEY: str(Path(folder) / "seal.key")}
            yield from _figures(made, more, say)
    finally:
        database.drop(NAME)


def _figures(made: Database, more: dict[str, str], say: Say) -> Iterator[Figure]:
    say("counting audit statements on every page…")
    counts = json.loads(made.python("-m", "cortile.backstage.bench.auditing", "count"))
    worst = max(counts, key=lambda page: counts[page])
    if not counts[worst]:
        message = "no page was seen to write to the audit: the count is looking for the wrong words"
        raise RuntimeError(message)
    say(f"the most: {counts[worst]} on {worst}")
    yield Figure("audit statements a request", counts[worst], "statements")
    say("eight writers, one sealer…")
    with _sealing(made, more), sealer.connect(more[AUDIT]) as conn:
        first = _first(conn)
        with ThreadPoolExecutor(PROCESSES) as both:
            yield Figure("audited transactions", sum(both.map(_written, [made] * PROCESSES)), "a second")
    with sealer.connect(more[AUDIT]) as conn:
        yield Figure("seal lag p99", float(_value(conn, LAG, [first])), "s")
        yield Figure("left unsealed", float(_value(conn, UNSEALED)), "events")
    say(f"sealing and verifying {MANY:,} more…")
    yield from _verified(made, more)


def _first(conn: sealer.Connection) -> int:
    """Wait for the first seals, which take in what the world left, and return the last one's number."""
    while _value(conn, UNSEALED):
        time.sleep(0.2)
    last = sealer.last_seal(conn)
    return last.number if last else 0


def _written(made: Database) -> float:
    return float(made.python("-m", "cortile.backstage.bench.auditing", "write", str(SECONDS), str(THREADS)))


@contextlib.contextmanager
def _sealing(made: Database, more: dict[str, str]) -> Iterator[None]:
    """Seal beside the writers, as a service of its own; at the end it seals what is left."""
    env = {**os.environ, **made.env, **more}
    service = subprocess.Popen([sys.executable, "-m", "cortile.kit.sealing"], env=env, cwd=settings.BASE_DIR)
    try:
        yield
    finally:
        service.terminate()
        service.wait(60)


def _verified(made: Database, more: dict[str, str]) -> Iterator[Figure]:
    with made.connect() as owner:
        owner.execute(FILL.encode())
        with database.standing_everywhere(owner):
            owner.execute(SUBJECTS.encode())
        owner.execute("VACUUM ANALYZE kit_auditevent, kit_auditsubject")
    with sealer.connect(more[AUDIT]) as conn:
        sealer.seal(conn, keys.private_key(Path(more[KEY]), may_make=False))
        with made.connect() as owner:
            owner.execute("VACUUM ANALYZE kit_sealedevent, kit_seal")
        begun, walk = time.perf_counter(), Verification(conn, known=keys.known(Path(more[KEY])), demo=True)
        found = len(list(walk.findings()))
        yield Figure("verified, 200,000 events", (time.perf_counter() - begun) * MANY / walk.events, "s")
        yield Figure("found altered", found, "findings")


def _value(conn: sealer.Connection, words: str, values: list[int] | None = None) -> float:
    row = conn.execute(words, values).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0
