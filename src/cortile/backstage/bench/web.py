"""``bench web``: 62,000 requests and 150,000 people, against a bare view of the same server."""

from __future__ import annotations

import json
import secrets
import statistics
from collections.abc import Callable, Iterator

from cortile.backstage.bench import database, fill, load
from cortile.backstage.bench.database import Database
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.fill import Stage
from cortile.backstage.bench.load import Ask, Visitor
from cortile.backstage.bench.server import serving

SMALL = Stage(1, 1500, 1, 620)
LARGE = Stage(1501, 150_000, 621, 62_000)
BARE = Ask("/bench/bare/")
LIST, SEARCH, TODAY = "/scrivania/richieste/", "/scrivania/cerca/?q=bara", "/scrivania/"
CREATE = "/scrivania/contatto/"
SLICE, TURNS = 1.2, 5
Say = Callable[[str], None]


def measure(say: Say) -> Iterator[Figure]:
    """Measure the pages of a community manager."""
    facts = ready(say)
    made = database.stands()
    small, large = _counts(facts["small"]), _counts(facts["large"])
    for name, path in (("list", LIST), ("today", TODAY), ("search", SEARCH)):
        yield Figure(f"{name} queries", large[path], "queries")
        yield Figure(f"{name} queries growth", large[path], "queries", reference=small[path])
    with serving(made.env) as port:
        yield from _speeds(port, a_thread(made), a_person(made), say)
        yield from _tenants(port, adeles_thread(made), say)


def ready(say: Say) -> dict[str, object]:
    """Make the database of this bench, unless today's stands, and return what was counted while it was filled."""
    return database.remembered() or _make(say)


def _make(say: Say) -> dict[str, object]:
    say("making the database: a small world…")
    made = database.fresh()
    with made.connect() as owner:
        fill.fill(owner, SMALL)
        small = _counted(made)
        say("…then 150,000 people and 62,000 requests")
        fill.fill(owner, LARGE)
    facts: dict[str, object] = {"small": small, "large": _counted(made)}
    database.remember(facts)
    return facts


def _counted(made: Database) -> dict[str, int]:
    return dict(json.loads(made.python("-m", "cortile.backstage.bench.counting", LIST, TODAY, SEARCH)))


def _counts(found: object) -> dict[str, int]:
    return dict(found) if isinstance(found, dict) else {}


def _speeds(port: int, thread: int, person: int, say: Say) -> Iterator[Figure]:
    visitor = Visitor(port)
    visitor.enter("marta")
    visitor.read(CREATE)
    asks = {
        "list": Ask(LIST),
        "search": Ask(SEARCH),
        "thread": Ask(f"/scrivania/richieste/{thread}/"),
        "create": Ask(CREATE, lambda: request(person)),
    }
    for name, ask in asks.items():
        say(f"{name}…")
        load.rate(visitor, ask, seconds=SLICE)
        found, bare = _in_turn(visitor, ask, visitor)
        yield Figure(name, found, "requests/s", reference=bare)
        if name != "thread":
            yield Figure(f"{name} p50", load.median_ms(visitor, ask), "ms")


def _tenants(port: int, thread: int, say: Say) -> Iterator[Figure]:
    """Measure what a tenant opens, signed in, against the same bare view."""
    adele, marta = Visitor(port), Visitor(port)
    adele.enter("adele")
    marta.enter("marta")
    for name, ask in (("tenant home", Ask("/casa/")), ("tenant request", Ask(f"/casa/richieste/{thread}/"))):
        say(f"{name}…")
        load.rate(adele, ask, seconds=SLICE)
        found, bare = _in_turn(adele, ask, marta)
        yield Figure(name, found, "requests/s", reference=bare)


def _in_turn(visitor: Visitor, ask: Ask, other: Visitor) -> tuple[float, float]:
    """Return the rates of a page and of the bare view, taken in turn: whatever else the machine does falls on both."""
    turns = [(load.rate(visitor, ask, seconds=SLICE), load.rate(other, BARE, seconds=SLICE / 2)) for _ in range(TURNS)]
    pages, bares = zip(*turns, strict=True)
    return statistics.mean(pages), statistics.mean(bares)


def request(person: int) -> dict[str, str]:
    """Return what opening a request sends, another one each time."""
    return {
        "persons": str(person), "chip": "faults", "done_what": "opened_request", "title": "Ascensore fermo",
        "wants": "Abito al quarto piano.", "urgency": "normal", "answer_by": "phone", "channel": "in_person", "minutes": "10",
        "once": secrets.token_hex(8),
    }  # fmt: skip


def a_thread(made: Database) -> int:
    """Return the number of an open request of Marta's quarter."""
    words = """SELECT t.number FROM listening_thread t JOIN homes_neighbourhood n ON n.id = t.neighbourhood_id
               WHERE n.name = 'San Siro' AND t.state = 'with_us' AND t.number > 10000000 ORDER BY t.number LIMIT 1"""
    return made.one(words)


def a_person(made: Database) -> int:
    """Return a person of Marta's quarter."""
    words = """SELECT p.id FROM people_person p JOIN homes_neighbourhood n ON n.id = p.home_neighbourhood_id
               WHERE n.name = 'San Siro' AND p.code LIKE 'X%' ORDER BY p.id LIMIT 1"""
    return made.one(words)


def adeles_thread(made: Database) -> int:
    """Return the number of a request a phone shows Adele."""
    words = """SELECT t.number FROM listening_thread t JOIN people_person p ON p.id = t.person_id
               WHERE p.demo_persona = 'adele' AND NOT t.delicate AND NOT t.only_in_person ORDER BY t.number DESC LIMIT 1"""
    return made.one(words)
