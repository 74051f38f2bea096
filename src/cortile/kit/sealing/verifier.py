"""The verifier: walks every seal and every event under it, and names each alteration and where it is. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cortile.kit.sealing import record, sealer
from cortile.kit.sealing.anchor import Anchor
from cortile.kit.sealing.findings import Finding
from cortile.kit.sealing.keys import Span, Trusted
from cortile.kit.sealing.record import Seal
from cortile.kit.sealing.sealer import Connection, Moment

# Longer than any transaction of ours: an event that says it was written before its seal's predecessor by more was put in.
GRACE = timedelta(hours=1)
# A sealer that is alive never keeps an event waiting this long.
PATIENCE = timedelta(minutes=15)
MANY, GROUP = 20_000, 500
# The most changed events looked at for a swap: each is compared with all the others.
SWAPS = 200
SEALS = f"SELECT {sealer.COLUMNS} FROM kit_seal ORDER BY number"  # noqa: S608 -- our own column names
# Seconds: infinity is a number, what has none is null.
WRITTEN = "extract(epoch FROM e.written_at)::float8"
APART = f"abs(extract(epoch FROM e.recorded)::float8 - {WRITTEN})"
LEAVES = f"""SELECT x.seal_id, x.event_id, x.leaf, e.id IS NULL, e.tx, {WRITTEN}, {APART}, {record.CANONICAL}
    FROM kit_sealedevent x LEFT JOIN kit_auditevent e ON e.id = x.event_id
    WHERE x.seal_id BETWEEN %s AND %s ORDER BY x.seal_id, x.event_id"""  # noqa: S608 -- our own column names
UNSEALED = f"""SELECT e.id, e.tx, {WRITTEN}, {APART} FROM kit_auditevent e
    WHERE NOT EXISTS (SELECT FROM kit_sealedevent x WHERE x.event_id = e.id) ORDER BY e.id"""  # noqa: S608 -- our own column names
ABOVE = "SELECT seal_id, event_id FROM kit_sealedevent WHERE seal_id > %s ORDER BY seal_id, event_id"
Leaf = tuple[int, int, bytes, bool, int | None, float | None, float | None, str | None]
NOBODY: Trusted = {}


class Verification:
    """One walk over the audit, in one snapshot of the database. A demo's world is told in the past, and may be."""

    def __init__(
        self, conn: Connection, *, anchors: Sequence[Anchor] = (), known: Trusted = NOBODY, demo: bool = False
    ) -> None:  # fmt: skip
        self.conn, self.anchors, self.demo = conn, anchors, demo
        self.trusted = {**vouched(anchors), **known}
        self.seals = self.events = self.waiting = 0
        self.now: Moment
        self.last: Seal | None = None
        self.whole: Seal | None = None
        self._changed: list[tuple[int, int, bytes, str]] = []

    def findings(self) -> Iterator[Finding]:
        """Yield what was altered; the counts are whole when it ends."""
        self.conn.isolation_level, self.conn.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        with self.conn.transaction():
            yield from self.walk()

    def walk(self) -> Iterator[Finding]:
        """Yield the same, inside a transaction of the caller's."""
        self.now = sealer.moment(self.conn)
        yield from self._chain()
        yield from self._above()
        yield from self._unsealed()
        yield from self._swaps()
        yield from self._cut()

    # --- the chain ---

    def _chain(self) -> Iterator[Finding]:
        remembered = {anchor.number: anchor for anchor in self.anchors}
        for group in self._groups():
            leaves = self._leaves(group)
            for seal in group:
                last = self.last
                yield from self._one(seal, last)
                if (anchor := remembered.get(seal.number)) and (anchor.digest, anchor.public_key) != (seal.digest, seal.public_key):
                    yield Finding("rewritten", seal.number)
                yield from self._under(seal, last, leaves.pop(seal.number, []))
                self.last, self.seals = seal, self.seals + 1
                self.whole = seal if seal.count < sealer.BATCH else self.whole
            yield from (Finding("orphan", row[0], row[1]) for rows in leaves.values() for row in rows)

    def _groups(self) -> Iterator[list[Seal]]:
        """Yield consecutive seals, of some thousands of events together."""
        group: list[Seal] = []
        with self.conn.cursor(name="seals", binary=True) as cursor:
            for row in cursor.execute(SEALS):
                group.append(Seal(*row))
                if len(group) == GROUP or sum(max(seal.count, 0) for seal in group) >= MANY:
                    yield group
                    group = []
        if group:
            yield group

    def _leaves(self, group: list[Seal]) -> dict[int, list[Leaf]]:
        """Return the leaves of some seals, and whatever stands under numbers between them that no seal has."""
        low = self.last.number + 1 if self.last else 0
        with self.conn.cursor(binary=True) as cursor:
            rows = cursor.execute(LEAVES, [low, group[-1].number])
            return {number: list(found) for number, found in groupby(rows, itemgetter(0))}

    def _one(self, seal: Seal, last: Seal | None) -> Iterator[Finding]:
        expected = last.number + 1 if last else 1
        if seal.number != expected:
            yield Finding("gap", expected, other=seal.number - 1)
        elif seal.previous not in ({last.digest, last.hashed()} if last else {record.BEGINNING}):
            yield self._about("chain", seal)
        if seal.hashed() != seal.digest:
            yield self._about("seal", seal)
        span = self.trusted.get(seal.public_key)
        if span is None or not span.holds(seal.number):
            yield self._about("retired" if span else "key", seal)
        if not _signed(seal):
            yield self._about("signature", seal)

    # --- the events under a seal ---

    def _under(self, seal: Seal, last: Seal | None, rows: list[Leaf]) -> Iterator[Finding]:
        self.events += len(rows)
        if len(rows) < seal.count:
            yield self._about("hidden", seal, count=seal.count - len(rows))
        elif record.batch(row[2] for row in rows) != seal.batch:
            yield self._about("leaves", seal)
        low, before, after, high = _bounds(seal, last, self.whole, self.now)
        for _, event, leaf, gone, tx, written, apart, text in rows:
            if gone:
                yield Finding("deleted", seal.number, event)
            elif text is None or tx is None or written is None or record.leaf(text) != leaf:
                yield from self._edited(seal.number, event, leaf, text or "")
            elif not (low <= tx <= high and before <= written <= after):
                yield Finding("backdated", seal.number, event)
            elif self._tells_another_time(apart):
                yield Finding("apart", seal.number, event)

    def _tells_another_time(self, apart: float | None) -> bool:
        """Tell whether the hour an event says is not the one it was written in, in so many seconds."""
        return not self.demo and not (apart is not None and apart <= GRACE.total_seconds())

    def _edited(self, seal: int, event: int, leaf: bytes, text: str) -> Iterator[Finding]:
        if len(self._changed) < SWAPS:
            self._changed.append((seal, event, leaf, text))
        else:
            yield Finding("edited", seal, event)

    def _swaps(self) -> Iterator[Finding]:
        """Tell, of the changed events, which ones carry one another's contents."""
        for seal, event, _, text in self._changed:
            mine = f'"id":{event},'
            others = (n for _, n, leaf, _ in self._changed if record.leaf(text.replace(mine, f'"id":{n},', 1)) == leaf)
            other = next(others, 0)
            yield Finding("swapped" if other else "edited", seal, event, other)

    # --- what no seal holds ---

    def _above(self) -> Iterator[Finding]:
        rows = self.conn.execute(ABOVE, [self.last.number if self.last else 0])
        yield from (Finding("orphan", seal, event) for seal, event in rows)

    def _unsealed(self) -> Iterator[Finding]:
        now, horizon = self.now, self.last.horizon if self.last and self.last.cluster == self.now.cluster else 0
        old = 0
        with self.conn.cursor(name="unsealed") as cursor:
            for event, tx, written, apart in cursor.execute(UNSEALED):
                self.waiting += 1
                if tx < horizon:
                    yield Finding("late", event=event)
                elif tx >= now.xmax and horizon:
                    yield Finding("future", event=event)
                elif self._tells_another_time(apart):
                    yield Finding("apart", event=event)
                else:
                    old += now.at.timestamp() - written > PATIENCE.total_seconds()
        if old and self.last:
            yield Finding("waiting", count=old, when=f"{PATIENCE.seconds // 60} minuti")

    def _cut(self) -> Iterator[Finding]:
        last = self.last.number if self.last else 0
        for anchor in self.anchors[-1:]:
            if anchor.number > last:
                yield Finding("cut", last, other=anchor.number)

    @staticmethod
    def _about(kind: str, seal: Seal, **more: Any) -> Finding:  # noqa: ANN401 -- the fields of a finding
        return Finding(kind, seal.number, when=record.instant(seal.sealed_at), **more)


def _bounds(seal: Seal, last: Seal | None, whole: Seal | None, now: Moment) -> tuple[int, float, float, float]:
    """Return between which transactions and instants the events of a seal lie.

    The first seals of a chain, and of a cluster, take in what was there: their transactions are of another numbering.
    ``whole`` is the last seal before that took everything there was: what is written later is of after it.
    """
    after = (seal.sealed_at + GRACE).timestamp()
    before = (whole.sealed_at - GRACE).timestamp() if whole else float("-inf")
    if last is None or not seal.cluster or last.cluster != seal.cluster:
        return 0, before, after, float("inf")
    return last.horizon, before, after, now.xmax - 1 if now.cluster == seal.cluster else float("inf")


def _signed(seal: Seal) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(seal.public_key).verify(seal.signature, seal.digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def vouched(anchors: Sequence[Anchor]) -> dict[bytes, Span]:
    """Return which seals each key of the anchors may sign: after the last one remembered under another key, before the next."""
    runs = [(key, [anchor.number for anchor in run]) for key, run in groupby(anchors, lambda anchor: anchor.public_key)]
    firsts = [1, *(numbers[-1] + 1 for _, numbers in runs[:-1])]
    lasts = [*(numbers[0] - 1 for _, numbers in runs[1:]), None]
    return {key: Span(first, last) for (key, _), first, last in zip(runs, firsts, lasts, strict=True)} if runs else {}
