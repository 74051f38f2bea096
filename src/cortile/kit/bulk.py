"""Many rows at once: COPY, and numbers drawn in blocks. The write guard cannot see COPY, so it is asked here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from psycopg import Copy, sql

from cortile.kit import guard, wall

T = TypeVar("T")
BATCH = 5000


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the rows in lists of at most ``size``."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows with COPY. Raise ``WriteOutsideActionError`` where an INSERT would."""
    guard.check(table)
    # All of them first: a row that asked the database something during COPY would wait for itself for ever.
    ready = list(rows)
    with _copying(table, columns) as copy:
        for row in ready:
            copy.write_row(row)


def copy_text(table: str, columns: Sequence[str], chunks: Iterable[str]) -> None:
    """Write lines already in PostgreSQL's text form: for millions of short rows without tabs or backslashes.

    The chunks may not ask the database anything while they are made.
    """
    guard.check(table)
    with _copying(table, columns) as copy:
        for batch in batches(chunks):
            copy.write("".join(batch))


@contextlib.contextmanager
def _copying(table: str, columns: Sequence[str]) -> Iterator[Copy]:
    """Open a COPY. PostgreSQL refuses one into a walled table: there it goes through a table of this transaction's own."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    parts = {"table": sql.Identifier(table), "names": names, "aside": sql.Identifier(f"aside_{table}")}
    aside = table in wall.WALLED
    with connection.cursor() as cursor:
        if aside:
            cursor.execute(sql.SQL(_ASIDE).format(**parts))
        into = _COPY_ASIDE if aside else _COPY
        with cursor.copy(sql.SQL(into).format(**parts)) as copy:
            yield copy
        if aside:
            cursor.execute(sql.SQL(_TAKE_IN).format(**parts))
            cursor.execute(sql.SQL("DROP TABLE {aside}").format(**parts))


_COPY = "COPY {table} ({names}) FROM STDIN"
_COPY_ASIDE = "COPY {aside} ({names}) FROM STDIN"
_ASIDE = "CREATE TEMP TABLE {aside} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"
_TAKE_IN = "INSERT INTO {table} ({names}) SELECT {names} FROM {aside}"


def draw(sequence: str, many: int) -> list[int]:
    """Take numbers from a sequence of the database, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, many])
        return [int(row[0]) for row in cursor.fetchall()]


def ids(table: str, many: int) -> list[int]:
    """Take primary keys of a table for rows that will be copied in."""
    return draw(f"{table}_id_seq", many) if many else []
