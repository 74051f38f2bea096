"""``bench referrals``: a store of 100,000 referrals with the permissions on, and what the nightly figures cost.

The list of fifty is counted at 1,000 referrals and at 100,000: queries, and the 8 kB pages its heaviest statement touches.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from cortile.backstage.bench import database, fill
from cortile.backstage.bench.database import SCALE, Database, standing_everywhere
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.fill import Stage

NAME = "cortile_bench_referrals"
PEOPLE, FEW, MANY, SERVICES = Stage(1, 20_000, 1, 50_000), 1_000, 100_000, 1_000
STATEMENT = Path(__file__).with_name("referrals.sql")
Say = Callable[[str], None]


def measure(say: Say) -> Iterator[Figure]:
    """Measure in a database of its own."""
    made = database.empty(NAME)
    try:
        say("a small world, 20,000 people, 50,000 requests, 1,000 services…")
        made.django("seed", "--scale", SCALE)
        with made.connect() as owner:
            fill.fill(owner, PEOPLE)
        made.python("-m", "cortile.backstage.bench.services", str(SERVICES))
        yield from _two_sizes(made, say)
    finally:
        database.drop(NAME)


def _two_sizes(made: Database, say: Say) -> Iterator[Figure]:
    say(f"{FEW} referrals…")
    few = _seen(made, 0, FEW)
    say(f"{MANY} referrals…")
    many = _seen(made, FEW, MANY)
    for name in ("list", "figures"):
        yield Figure(f"{name} queries", many[f"{name} queries"], "queries")
        yield Figure(f"{name} queries growth", many[f"{name} queries"], "queries", reference=few[f"{name} queries"])
    yield Figure("list pages growth", many["list pages"], "pages", reference=few["list pages"])
    yield Figure("figures learned", many["learned"], "services")
    yield Figure("learning", many["seconds"], "s")


def _seen(made: Database, first: int, last: int) -> dict[str, float]:
    with made.connect() as owner, standing_everywhere(owner):
        owner.execute(STATEMENT.read_text(encoding="utf-8").encode(), {"first": first, "last": last})
    with made.connect() as owner:
        owner.execute("ANALYZE")
    return dict(json.loads(made.python("-m", "cortile.backstage.bench.referring")))
