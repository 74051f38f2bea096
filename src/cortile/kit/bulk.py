"""Many rows at once: COPY, and numbers drawn in blocks. The write guard cannot see COPY, so it is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from psycopg import sql

from cortile.kit import guard

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
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns)) as copy:
        for row in ready:
            copy.write_row(row)


def copy_text(table: str, columns: Sequence[str], chunks: Iterable[str]) -> None:
    """Write lines already in PostgreSQL's text form: for millions of short rows without tabs or backslashes.

    The chunks may not ask the database anything while they are made.
    """
    guard.check(table)
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns)) as copy:
        for batch in batches(chunks):
            copy.write("".join(batch))


def _copy(table: str, columns: Sequence[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)


def draw(sequence: str, many: int) -> list[int]:
    """Take numbers from a sequence of the database, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, many])
        return [int(row[0]) for row in cursor.fetchall()]


def ids(table: str, many: int) -> list[int]:
    """Take primary keys of a table for rows that will be copied in."""
    return draw(f"{table}_id_seq", many) if many else []
