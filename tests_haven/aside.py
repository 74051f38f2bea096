"""A database beside the test's own: an empty one, and what only an administrator could do to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psycopg
from django.db import connections

from tests import database

Owner = psycopg.Connection[tuple[str, ...]]


@contextlib.contextmanager
def another() -> Iterator[Owner]:
    """Turn to a new, empty database for a block; yield a connection of who owns its tables."""
    own, before = f"{database.mine()}_aside", connections["default"]
    database.drop(own)
    database.clone(database.template(), own)
    fresh = before.copy()
    fresh.settings_dict = {**fresh.settings_dict, "NAME": own}
    connections["default"] = fresh
    try:
        with database.as_owner(own) as owner:
            yield owner
    finally:
        fresh.close()
        connections["default"] = before
        database.drop(own)
