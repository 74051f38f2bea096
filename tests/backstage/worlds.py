"""Small invented worlds, each in a database of its own, and a digest that tells two of them apart."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date

from django.db import connection

from cortile.backstage import world
from cortile.kit import wall
from tests import database

TODAY = date(2026, 3, 11)
SMALL = 0.05
# Secrets are drawn anew each time: passwords nobody has, the tokens of mailed links, the mails that carry them.
SECRET = {
    "kit_auditsubject": "event_id, person_id, recorded, agency_id",
    "kit_auditevent": "id, what, verb, agent_kind, agent_id, agency_id, thing, thing_id, fields, recorded",
    "agencies_staff": "id, email, role, agency_id, team_id, office_id, deputy_id, demo_persona",
    "listening_handoverlink": "id, hand_over_id",
    "messages_delivery": "id, channel, state, created_at",
    # All but the transaction that wrote it.
    "benefits_entry": "id, agency_id, envelope_id, move, at, by_name, reason, key, application_id, decision_id",
}


@contextlib.contextmanager
def built(name: str, *, seed: int = 42, today: date = TODAY) -> Iterator[None]:
    """Build a small world in a clone of the template, and leave when the block ends."""
    mine, theirs = database.mine(), f"{database.mine()}_{name}"
    database.drop(theirs)
    database.clone(database.template(), theirs)
    database.point_at(theirs)
    try:
        world.build(seed, today, scale=SMALL)
        with wall.within(wall.EVERY_BODY):
            yield
    finally:
        database.point_at(mine)
        database.drop(theirs)


def _told(table: str) -> list[str]:
    """Return the columns of a table that are the story's: no identifier, and no hash of a token, that is drawn anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
            " AND data_type <> 'uuid' AND column_name NOT IN ('token_hash', 'code_hash') ORDER BY ordinal_position",
            [table],
        )
        return [str(name) for (name,) in cursor.fetchall()]


def digest() -> dict[str, str]:
    """Return a digest of each table's rows, keys and all."""
    tables = [
        t for t in connection.introspection.table_names() if not t.startswith(("django_", "people_searchtoken", "kit_wallkey"))
    ]
    return {table: _of(table) for table in sorted(tables)}


def _of(table: str) -> str:
    columns = SECRET.get(table) or ", ".join(_told(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM (SELECT {columns} FROM {table}) AS row")  # noqa: S608 -- our own names
        return str(cursor.fetchone()[0])
