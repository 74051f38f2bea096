"""What the application sees of the seals: the newest one, and what waits for one. It writes none."""

from __future__ import annotations

import contextlib

from django.db import connection

from cortile.kit.sealing import memory, sealer
from cortile.kit.sealing.keys import SealingError
from cortile.kit.sealing.record import Seal

# By the database's own clock, which wrote both.
_LATE = """
SELECT coalesce((SELECT clock_timestamp() - max(sealed_at) > %(alive)s::interval FROM kit_seal), true) OR EXISTS (
    SELECT FROM kit_auditevent e WHERE e.tx >= coalesce((SELECT horizon FROM kit_seal ORDER BY number DESC LIMIT 1), 0)
    AND e.written_at < clock_timestamp() - interval '1 minute'
    AND NOT EXISTS (SELECT FROM kit_sealedevent x WHERE x.event_id = e.id))
"""


def newest() -> Seal | None:
    """Return the newest seal."""
    with connection.cursor() as cursor:
        cursor.execute(sealer.LAST)
        row = cursor.fetchone()
    return Seal(*row) if row else None


def late() -> bool:
    """Tell whether no sealer is at work: an event has waited for a minute, or not even an empty seal was made in an hour."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, {"alive": f"{sealer.HEARTBEAT.total_seconds() * 1.1} seconds"})
        (found,) = cursor.fetchone()
    return bool(found)


def lost() -> str:
    """Say that the database no longer has the sealer's last seal; nothing when it has, or when its file is not ours to read."""
    kept = None
    try:
        with contextlib.suppress(PermissionError):
            kept = memory.read(memory.last_file())
    except SealingError as wrong:
        return str(wrong)
    with connection.cursor() as cursor:
        cursor.execute(memory.DIGEST, [kept[0] if kept else 0])
        row = cursor.fetchone()
    return memory.lost(kept) if kept and (row is None or bytes(row[0]) != kept[1]) else ""
