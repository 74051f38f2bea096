"""A connection of the application's own role, without the application: what injected SQL would have in its hands."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connection

from cortile.kit import wall
from cortile.kit.actor import Actor

# What stands in the rows of Lodi and nowhere else (tests/cast.py): none of it may come out of Milano's transactions.
LODI = ("Teresa", "Bassani", "333 5550 103", "C-teresa", "N-teresa", "Segreto di Lodi", "Commercialista")
PATIENCE = "SET LOCAL statement_timeout = '5s'"


@contextlib.contextmanager
def application() -> Iterator[psycopg.Connection[Any]]:
    """Open one, to this worker's database."""
    said = connection.settings_dict
    with psycopg.connect(
        host=said["HOST"], port=said["PORT"] or None, user=said["USER"], password=said["PASSWORD"], dbname=said["NAME"]
    ) as raw:
        yield raw
        raw.rollback()


def standing(raw: psycopg.Connection[Any], actor: Actor) -> None:
    """Begin a transaction that works for an actor, as the application does."""
    raw.rollback()
    wall.enter(raw, wall.of(actor))
    raw.execute(PATIENCE)


def answers(raw: psycopg.Connection[Any], statement: str) -> str:
    """Run one statement and return everything that comes back: rows, refusals and notices alike."""
    heard: list[str] = []
    raw.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
    try:
        with raw.transaction(), raw.cursor() as cursor:
            heard += _copied(cursor, statement) if "TO STDOUT" in statement else _rows(cursor, statement)
    except psycopg.Error as refused:
        heard.append(str(refused))
    return "\n".join(heard)


def _rows(cursor: psycopg.Cursor[Any], statement: str) -> list[str]:
    cursor.execute(statement.encode())
    return [str(row) for row in cursor.fetchall()] if cursor.description else [str(cursor.statusmessage)]


def _copied(cursor: psycopg.Cursor[Any], statement: str) -> list[str]:
    with cursor.copy(statement.encode()) as copy:
        return [bytes(part).decode() for part in copy]
