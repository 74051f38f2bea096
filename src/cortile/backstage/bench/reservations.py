"""``bench reservations``: five hundred people on a call with money for two hundred, through eight processes at once.

Who has the money, and what was ever left of it, decides; the seconds are printed beside their goal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from cortile.backstage.bench import database
from cortile.backstage.bench.database import Database
from cortile.backstage.bench.figure import Figure

NAME = "cortile_bench_reservations"
PEOPLE, MONEY_FOR, WORKERS = 500, 200, 8
MODULE = ("-m", "cortile.backstage.bench.reserving")
HELD = "SELECT count(DISTINCT application_id) FROM benefits_entry WHERE move = 'reserve'"
WRONG = f"""SELECT count(*) FROM benefits_application a WHERE (a.arrival <= {MONEY_FOR}) <> EXISTS (
    SELECT FROM benefits_entry e WHERE e.application_id = a.id AND e.move = 'reserve')"""  # noqa: S608 -- our own number
LEAST = """SELECT min(left_then) FROM (SELECT sum(p.cents) OVER (ORDER BY p.entry_id) AS left_then
    FROM benefits_posting p WHERE p.account = 'available') s"""
Say = Callable[[str], None]


def measure(say: Say) -> Iterator[Figure]:
    """Measure in a database of its own."""
    say(f"making a body with {PEOPLE} people and money for {MONEY_FOR}…")
    made = database.empty(NAME)
    try:
        yield from _rush(made, say)
    finally:
        database.drop(NAME)


def _rush(made: Database, say: Say) -> Iterator[Figure]:
    prepared = made.python(*MODULE, "prepare", "first_come", str(PEOPLE), str(MONEY_FOR))
    say(f"{PEOPLE} applications, {WORKERS} processes…")
    seen = json.loads(made.python(*MODULE, "rush", prepared, str(WORKERS)))
    yield Figure("500 applications", seen["seconds"], "s")
    yield Figure("applications sent", seen["sent"], "applications")
    yield Figure("with money", made.one(HELD), "applications")
    yield Figure("money in the wrong hands", made.one(WRONG), "applications")
    yield Figure("least ever left", min(seen["least"], made.one(LEAST)), "cents")
