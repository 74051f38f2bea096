"""Databases of a test run: cloned from one migrated template, dropped at the end, never flushed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.db import connections
from psycopg import sql

PREFIX = "cortile_test_"


def template() -> str:
    """Return the migrated database every other one is cloned from; ``./run test`` made it."""
    return os.environ["CORTILE_TEMPLATE"]


def mine() -> str:
    """Return the name of this worker's database."""
    return f"{PREFIX}{os.getpid()}"


def clone(source: str, name: str) -> None:
    """Make a database like another one. Nobody may be connected to the source."""
    with as_owner() as owner:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(words.format(sql.Identifier(name), sql.Identifier(source)))


def drop(name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with as_owner() as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def sweep() -> None:
    """Drop what runs that were killed left behind."""
    with as_owner() as owner:
        rows = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]).fetchall()
    for (name,) in rows:
        if not Path("/proc", name.removeprefix(PREFIX).split("_")[0]).exists() and Path("/proc/self").exists():
            drop(name)


def point_at(name: str) -> None:
    """Make Django's connection, of this thread and of the ones to come, speak to a database."""
    connections["default"].close()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


@contextlib.contextmanager
def closed_for_writing(table: str) -> Iterator[None]:
    """Take from the application its right to add rows to a table, for a block: a real fault, as a broken server has."""
    said = connections["default"].settings_dict
    names = {"table": sql.Identifier(table), "role": sql.Identifier(said["USER"])}
    with as_owner(said["NAME"]) as owner:
        owner.execute(sql.SQL("REVOKE INSERT ON {table} FROM {role}").format(**names))
        yield
        owner.execute(sql.SQL("GRANT INSERT ON {table} TO {role}").format(**names))


def as_owner(name: str = "postgres") -> psycopg.Connection[tuple[str, ...]]:
    """Open a connection of the tables' owner, for what only a fault or an administrator would do."""
    url = urlsplit(os.environ["CORTILE_OWNER_DATABASE_URL"])
    host = parse_qs(url.query).get("host", [url.hostname])[0]
    return psycopg.connect(host=host, port=url.port, user=url.username, password=url.password, dbname=name, autocommit=True)
