"""``bench wall``: what row-level security and the audit cost, on the database of ``bench web``.

The house without them exists in this bench only (``bench.without``), on the same rows with the walls taken down.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator

from cortile.backstage.bench import database, load, web
from cortile.backstage.bench.database import Database
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.load import Ask, Visitor
from cortile.backstage.bench.server import serving
from cortile.kit.wall import WALLED

PAIRS, WARM, TIMES = 15, 15, 100
P95 = 0.95
WITHOUT = "cortile.backstage.bench.without:application"
Say = Callable[[str], None]


def measure(say: Say) -> Iterator[Figure]:
    """Compare pages touched by the read statements, then the slow answers of some pages, taken in turn."""
    web.ready(say)
    made = database.stands()
    try:
        walls(made, up=False)
        before = _touched(made)
        walls(made, up=True)
        for name, pages in _touched(made).items():
            yield Figure(f"{name} pages", pages, "pages", reference=before[name])
        yield from _answers(made, say)
    finally:
        walls(made, up=True)


def walls(made: Database, *, up: bool) -> None:
    """Put the wall of every table up, or take it down."""
    with made.connect() as owner, owner.transaction():
        for table in WALLED:
            owner.execute(f"ALTER TABLE {table} {'ENABLE' if up else 'DISABLE'} ROW LEVEL SECURITY".encode())


def _touched(made: Database) -> dict[str, int]:
    return dict(json.loads(made.python("-m", "cortile.backstage.bench.explaining")))


def _answers(made: Database, say: Say) -> Iterator[Figure]:
    thread, person = web.a_thread(made), web.a_person(made)
    asks = {
        "list": Ask(web.LIST), "thread": Ask(f"/scrivania/richieste/{thread}/"),
        "create": Ask(web.CREATE, lambda: web.request(person)),
    }  # fmt: skip
    with serving(made.env) as port, serving(made.env, WITHOUT) as bare_port:
        visitors = {True: _marta(port), False: _marta(bare_port)}
        for name, ask in asks.items():
            say(f"{name}…")
            ratios, slow = [], []
            for turn in range(PAIRS):
                # Each goes first every other time: a machine that slows down slows both.
                order = (True, False) if turn % 2 else (False, True)
                found = {up: _p95(made, visitors[up], ask, up=up) for up in order}
                ratios.append(found[True] / found[False])
                slow.append(found[True])
            yield Figure(f"{name} p95 with/without", statistics.median(ratios), "ratio")
            yield Figure(f"{name} p95", statistics.median(slow), "ms")


def _marta(port: int) -> Visitor:
    visitor = Visitor(port)
    visitor.enter("marta")
    visitor.read(web.CREATE)
    return visitor


def _p95(made: Database, visitor: Visitor, ask: Ask, *, up: bool) -> float:
    walls(made, up=up)
    load.times_ms(visitor, ask, times=WARM)
    taken = sorted(load.times_ms(visitor, ask, times=TIMES))
    return taken[int(P95 * len(taken))]
