"""``bench import``: a landlord of 70,000 dwellings, against a bare COPY of the same rows.

The reference is the strict one: only the rows of the five files, into tables with the same primary, unique and foreign
keys and the same indexes. What the import writes besides (households, search tokens, audit) is its own cost.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

from cortile.accounts.registry import generate
from cortile.backstage.bench import database
from cortile.backstage.bench.figure import Figure

NAME = "cortile_bench_import"
DWELLINGS, PEOPLE = 70_000, 150_000
TABLES = ("homes_building", "homes_dwelling", "people_person", "people_tenancy", "accounts_account")
BLOCK = 1 << 16
Say = Callable[[str], None]


def measure(say: Say, *, dwellings: int = DWELLINGS, people: int = PEOPLE) -> Iterator[Figure]:
    """Import an invented registry twice, then copy its rows bare."""
    say("making an empty database and an invented registry…")
    made = database.empty(NAME)
    try:
        with tempfile.TemporaryDirectory() as folder:
            generate.write(generate.Recipe(dwellings, people=people, codes=True), Path(folder))
            say(f"importing {dwellings:,} dwellings and {people:,} people, twice…")
            found = json.loads(made.python("-m", "cortile.backstage.bench.importing", folder))
        say("copying the same rows bare…")
        with made.connect() as owner:
            bare = _bare(owner)
    finally:
        database.drop(NAME)
    yield Figure("first import", found["first"], "s", reference=bare)
    yield Figure("unchanged import", found["unchanged"], "s", reference=bare)
    yield Figure("import memory", found["memory"], "MB")


def _bare(owner: psycopg.Connection[Any]) -> float:
    """Return the seconds a COPY of the rows takes, each table in a transaction."""
    owner.execute("CREATE SCHEMA bare")
    return sum(_copied(owner, table) for table in TABLES)


def _copied(owner: psycopg.Connection[Any], table: str) -> float:
    columns = owner.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    ).fetchone()
    names = {"table": sql.Identifier(table), "columns": sql.SQL(columns[0] if columns else "")}
    _like(owner, table)
    with tempfile.TemporaryFile() as rows:
        with owner.cursor().copy(sql.SQL("COPY public.{table} ({columns}) TO STDOUT").format(**names)) as out:
            for block in out:
                rows.write(block)
        rows.seek(0)
        return _timed(owner, sql.SQL("COPY bare.{table} ({columns}) FROM STDIN").format(**names), rows)


def _like(owner: psycopg.Connection[Any], table: str) -> None:
    """Make an empty table with the same keys and indexes; its foreign keys point at the same rows."""
    name = sql.Identifier(table)
    owner.execute(sql.SQL("CREATE TABLE bare.{0} (LIKE public.{0} INCLUDING ALL)").format(name))
    keys = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
    for (key,) in owner.execute(keys, [f"public.{table}"]).fetchall():
        owner.execute(sql.SQL("ALTER TABLE bare.{} ADD {}").format(name, sql.SQL(key)))


def _timed(owner: psycopg.Connection[Any], copy: sql.Composed, rows: BinaryIO) -> float:
    begun = time.perf_counter()
    # The foreign keys are deferred, so their checks are paid at the end of the transaction.
    with owner.transaction(), owner.cursor().copy(copy) as target:
        while block := rows.read(BLOCK):
            target.write(block)
    return time.perf_counter() - begun
