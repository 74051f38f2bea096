"""Keep a table equal to a list somebody else sends again and again, row by row, by that list's own codes.

What the list says anew is added with COPY, what it says differently is compared in the database, what it no longer
says is closed and never deleted. A digest of each line lets an unchanged one pass without being read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db import connection
from psycopg import sql

from cortile.kit import bulk

SHOWN = 200
# How a column of dates or of yes and no is shown among the differences.
ITALIAN_DAY = "to_char({}, 'DD/MM/YYYY')"
ITALIAN_YES = "CASE WHEN {} THEN 'sì' ELSE 'no' END"


class Said(Protocol):
    """A row of a list: its code and the digest of its line."""

    @property
    def code(self) -> str:
        """Return the code the list knows the row by."""
        ...

    @property
    def digest(self) -> int:
        """Return the digest of the line."""
        ...


R = TypeVar("R", bound=Said)


@dataclass(frozen=True, slots=True)
class Mirror:
    """A table kept by a list. ``columns`` follow the list; ``once`` are written with a new row and then left alone.

    ``closing`` is the assignment that closes a row; ``marked`` the column it fills and a returning row empties, unless
    the list says that column itself. ``readable`` is how a column is shown among the differences; ``{}`` is its value.
    """

    table: str
    columns: tuple[str, ...]
    once: tuple[str, ...] = ()
    closing: str = "closed_on = %(day)s"
    marked: str = "closed_on"
    readable: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the list would change of one row."""

    code: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class Ledger:
    """What a table holds of one owner, and what the list has said of it so far."""

    mirror: Mirror
    owner: int
    ids: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    closed: list[int] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    same: int = 0
    staged: int = 0

    @property
    def unchanged(self) -> int:
        """Return how many rows the list repeated without a difference."""
        return self.same + self.staged - len(self.changed)

    @property
    def touched(self) -> list[int]:
        """Return the rows that were added, changed or closed."""
        return [*self.added, *self.changed, *self.closed]

    def repeats(self, code: str, digest: int) -> bool:
        """Tell whether a line says what it said last time, and tick it off."""
        if self.waiting.get(code) != digest:
            return False
        del self.waiting[code]
        self.same += 1
        return True

    def names(self, code: str) -> None:
        """Tick off a row that the list still has, whatever it says of it."""
        self.waiting.pop(code, None)

    def spare(self) -> None:
        """Close nothing: the list is not whole."""
        self.waiting.clear()

    def split(self, rows: Iterable[R]) -> tuple[list[R], list[R]]:
        """Divide rows into those never seen and those the table knows."""
        new: list[R] = []
        known: list[R] = []
        for row in rows:
            (known if row.code in self.ids else new).append(row)
        return new, known

    def add(self, rows: Sequence[R], values: Iterable[Sequence[object]]) -> list[int]:
        """Copy new rows in with their values (``columns`` then ``once``) and return their keys."""
        keys = bulk.ids(self.mirror.table, len(rows))
        names = ["id", "agency_id", "code", "registry_digest", *self.mirror.columns, *self.mirror.once]
        lines = ((k, self.owner, r.code, r.digest, *v) for k, r, v in zip(keys, rows, values, strict=True))
        if keys:
            bulk.copy_rows(self.mirror.table, names, lines)
        self.ids.update((r.code, k) for k, r in zip(keys, rows, strict=True))
        self.added += keys
        return keys

    def stage(self, rows: Sequence[R], values: Iterable[Sequence[object]]) -> None:
        """Put known rows with their values (``columns``) aside until ``settle`` compares them."""
        if not rows:
            return
        if not self.staged:
            _run(self, _STAGE)
        lines = ((self.ids[r.code], r.digest, *v) for r, v in zip(rows, values, strict=True))
        bulk.copy_rows(_staging(self.mirror), ["id", "registry_digest", *self.mirror.columns], lines)
        self.staged += len(rows)

    def settle(self, day: date) -> None:
        """Change what differs and close what the list no longer says."""
        if self.staged:
            self.differences += _differences(self)
            self.changed |= {key for (key,) in _run(self, _CHANGE)}
            _run(self, _REMEMBER)
            _run(self, "DROP TABLE {staging}")
        if gone := [self.ids[code] for code in self.waiting]:
            found = _run(self, _CLOSE, {"day": day, "gone": gone})
            self.closed += [key for (key,) in found]
            self.waiting.clear()


# A row without a digest was made by hand or is closed already: the list may adopt it, and never closes it.
_KNOWN = "SELECT code, id, registry_digest FROM {table} WHERE agency_id = %(owner)s AND code <> ''"
_STAGE = "CREATE TEMP TABLE {staging} AS SELECT id, registry_digest, {columns} FROM {table} WHERE false"
_CHANGE = """
    UPDATE {table} AS t SET {assignments}, registry_digest = s.registry_digest FROM {staging} AS s
    WHERE t.id = s.id AND ({differs}) RETURNING t.id
"""
_REMEMBER = """
    UPDATE {table} AS t SET registry_digest = s.registry_digest FROM {staging} AS s
    WHERE t.id = s.id AND t.registry_digest IS DISTINCT FROM s.registry_digest
"""
_CLOSE = "UPDATE {table} AS t SET registry_digest = NULL, {closing} WHERE t.id = ANY(%(gone)s) RETURNING t.id"
_COMPARE = """
    SELECT t.code, {label}, COALESCE(({before})::text, ''), COALESCE(({after})::text, '')
    FROM {table} AS t JOIN {staging} AS s USING (id) WHERE t.{column} IS DISTINCT FROM s.{column} ORDER BY t.code LIMIT {shown}
"""


def opened(mirror: Mirror, owner: int) -> Ledger:
    """Open the ledger of a table before a list is read."""
    ledger = Ledger(mirror, owner)
    for code, key, digest in _run(ledger, _KNOWN, {"owner": owner}):
        ledger.ids[code] = key
        if digest is not None:
            ledger.waiting[code] = digest
    return ledger


def _staging(mirror: Mirror) -> str:
    return f"staged_{mirror.table}"


def _run(ledger: Ledger, template: str, values: Mapping[str, Any] | None = None, **more: sql.Composable) -> list[tuple[Any, ...]]:
    mirror, join = ledger.mirror, sql.SQL(", ").join
    said = [sql.Identifier(c) for c in mirror.columns]
    differs = sql.SQL(" OR ").join(sql.SQL("t.{0} IS DISTINCT FROM s.{0}").format(c) for c in said)
    assignments = [sql.SQL("{0} = s.{0}").format(c) for c in said]
    if mirror.marked:
        differs = sql.SQL("{} OR t.{} IS NOT NULL").format(differs, sql.Identifier(mirror.marked))
        assignments.append(sql.SQL("{} = NULL").format(sql.Identifier(mirror.marked)))
    statement = sql.SQL(template).format(
        table=sql.Identifier(mirror.table), staging=sql.Identifier(_staging(mirror)), columns=join(said),
        assignments=join(assignments), differs=differs, closing=sql.SQL(mirror.closing), **more,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _differences(ledger: Ledger) -> list[Difference]:
    found: list[Difference] = []
    for column in ledger.mirror.columns:
        if (room := SHOWN - len(found)) > 0:
            found += [Difference(*row) for row in _compared(ledger, column, room)]
    return found


def _compared(ledger: Ledger, column: str, room: int) -> list[tuple[Any, ...]]:
    name = sql.Identifier(column)
    before, after = sql.SQL("t.{}").format(name), sql.SQL("s.{}").format(name)
    shown = sql.SQL(ledger.mirror.readable.get(column, "{}"))
    return _run(
        ledger, _COMPARE, label=sql.Literal(column), column=name, before=shown.format(before), after=shown.format(after),
        shown=sql.Literal(room),
    )  # fmt: skip
