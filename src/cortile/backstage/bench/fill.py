"""Fill the bench's database, in stages: a few hundred requests first, then tens of thousands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import psycopg

from cortile.backstage.bench.database import standing_everywhere
from cortile.backstage.world.plan import load
from cortile.people import rules

STATEMENTS = Path(__file__).with_name("fill.sql")
# Some six thousand surnames: a body this large has many more, so four letters find no more people than they really would.
STARTS = (
    "Ba",
    "Be",
    "Bo",
    "Ca",
    "Ce",
    "Co",
    "De",
    "Fa",
    "Fe",
    "Fo",
    "Ga",
    "Gi",
    "La",
    "Ma",
    "Mo",
    "Pa",
    "Pe",
    "Ro",
    "Sa",
    "Se",
    "Ti",
    "Va",
)
MIDDLES = ("ra", "ni", "lo", "ste", "vi", "lu", "mi", "cche", "ndo", "rgi", "tte", "zza", "gna", "ppo", "scu")
ENDS = (
    "ni",
    "sio",
    "tti",
    "lla",
    "dri",
    "zzo",
    "reto",
    "ghi",
    "bene",
    "mano",
    "rossa",
    "lini",
    "nelli",
    "roni",
    "ta",
    "co",
    "glia",
    "vasi",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """How many people and requests there are from one stage to the next."""

    first_person: int
    last_person: int
    first_thread: int
    last_thread: int


def fill(owner: psycopg.Connection[tuple[object, ...]], stage: Stage) -> None:
    """Add the rows of a stage."""
    _names(owner)
    bounds = {name: getattr(stage, name) for name in Stage.__slots__}
    for statement in STATEMENTS.read_text(encoding="utf-8").split("-----\n"):
        with standing_everywhere(owner):
            owner.execute(statement.encode(), bounds)
    owner.execute("DROP TABLE bench_given, bench_family, bench_token")
    owner.execute("ANALYZE")


def _names(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    origins = load("people").values()
    given = sorted({name for o in origins for name in (*o["women"], *o["men"])})
    family = sorted({name for o in origins for name in o["families"]} | {"".join(p) for p in product(STARTS, MIDDLES, ENDS)})
    for table, names in (("bench_given", given), ("bench_family", family)):
        owner.execute(f"CREATE TEMP TABLE {table} (k int, name text)".encode())
        _insert(owner, table, list(enumerate(names)))
    owner.execute("CREATE TEMP TABLE bench_token (word text, token text)")
    _insert(owner, "bench_token", [(w, t) for w in sorted({*given, *family}) for t in sorted(rules.name_tokens(w))])


def _insert(owner: psycopg.Connection[tuple[object, ...]], table: str, rows: list[tuple[object, ...]]) -> None:
    with owner.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
