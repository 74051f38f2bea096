"""``bench hsds``: the public directory of 1,000 services, against its official description and against a bare view.

Schemathesis asks whatever the description allows, and much that it does not, in an environment of its own. To the
description one thing is added, and written in ``docs/hsds.md``: every operation may answer 404.
"""

from __future__ import annotations

import gzip
import http.client
import json
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import count, cycle
from pathlib import Path
from typing import Any

from django.conf import settings

from cortile.backstage.bench import database, load
from cortile.backstage.bench.database import Database
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.load import Ask, Visitor
from cortile.backstage.bench.server import HOST, serving
from cortile.backstage.bench.web import BARE, SLICE, TURNS, Say

SERVICES, PAGES, ALONE = 1000, 20_000, 120
ROOT = "/api/hsds"
DESCRIPTION = Path("tests") / "api" / "hsds-3.1-openapi-bundled.json.gz"
EXAMPLES, SEED = 40, 20260311
NOT_FOUND = {"description": "Nothing of that name, or a parameter that says nothing."}
_TESTED = re.compile(r"Tested: (\d+)")
_FAILURES = re.compile(r"(\d+) (?:unique )?failures?")
# The lists that single answers come from: an invented id alone would try nothing but the 404.
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


class MissingError(Exception):
    """Raised where Schemathesis cannot be had, with the sentence to say."""


def measure(say: Say) -> Iterator[Figure]:
    """Measure shapes, pages and speed."""
    made = database.stands() if database.remembered() else database.fresh()
    say(f"{SERVICES} services…")
    few = _filled(made, 10)
    many = _filled(made, SERVICES)
    yield Figure("services growth", many, "queries", reference=few)
    with serving(made.env) as port:
        yield from _speeds(port, say)
        yield from _walked(port, say)
        yield from _described(port, say)


def _filled(made: Database, many: int) -> int:
    """Bring so many services in, and return how many queries a page of them costs."""
    return int(made.python("-m", "cortile.backstage.bench.services", str(many)).split()[-1])


# --- speed ---


def _speeds(port: int, say: Say) -> Iterator[Figure]:
    """Measure a page of fifty that the minute remembers, and one that nobody asked for yet."""
    nobody, marta = Visitor(port), Visitor(port)
    marta.enter("marta")
    say("services…")
    turns = [
        (load.rate(nobody, Ask(f"{ROOT}/services"), seconds=SLICE), load.rate(marta, BARE, seconds=SLICE / 2)) for _ in range(TURNS)
    ]
    yield Figure("services", _mean(t[0] for t in turns), "requests/s", reference=_mean(t[1] for t in turns))
    # An address is new to the memory as long as its query is, whatever it says.
    fresh = (Ask(f"{ROOT}/services?new={n}") for n in count())
    pairs = [(_one_ms(nobody, next(fresh)), _one_ms(marta, BARE)) for _ in range(ALONE)]
    one, bare = (statistics.median(p[n] for p in pairs) for n in (0, 1))
    yield Figure("services first", 1000 / one, "requests/s", reference=1000 / bare)


def _mean(values: Iterator[float]) -> float:
    return statistics.mean(values)


def _one_ms(visitor: Visitor, ask: Ask) -> float:
    return load.times_ms(visitor, ask, times=2)[-1] if ask is BARE else load.times_ms(visitor, ask, times=1)[-1]


# --- pages ---


def _walked(port: int, say: Say) -> Iterator[Figure]:
    """Walk the lists again and again, in pages of one and of many, until enough pages were opened."""
    say(f"walking {PAGES:,} pages…")
    talk = http.client.HTTPConnection(HOST, port, timeout=60)
    every = {row["id"] for row in _get(talk, f"{ROOT}/services?minimal=true")["contents"]}
    pages = wrong = 0
    for size in cycle((1, 1, 1, 7, 1, 1, 50)):
        found, opened = _walk(talk, size)
        pages += opened
        wrong += len(every - set(found)) + len(found) - len(set(found))
        if pages >= PAGES:
            break
    talk.close()
    yield Figure("services walked", len(every), "services")
    yield Figure("pages walked", pages, "pages")
    yield Figure("gaps and duplicates", wrong, "cards")


def _walk(talk: http.client.HTTPConnection, size: int) -> tuple[list[str], int]:
    found: list[str] = []
    for number in count(1):
        page = _get(talk, f"{ROOT}/services?page={number}&per_page={size}")
        found += [row["id"] for row in page["contents"]]
        if page["last_page"]:
            return found, number
    return found, 0


def _get(talk: http.client.HTTPConnection, path: str) -> Any:  # noqa: ANN401 -- JSON
    talk.request("GET", path)
    return json.loads(talk.getresponse().read())


# --- the description ---


def _described(port: int, say: Say) -> Iterator[Figure]:
    try:
        tried, failures = described(port, say)
    except MissingError as missing:
        say(str(missing))
        return
    yield Figure("operations tried", tried, "operations")
    yield Figure("failures", failures, "failures")


def described(port: int, say: Say) -> tuple[int, int]:
    """Let Schemathesis ask everything of a server. Return how many operations it tried and how often it was answered wrongly.

    Raise ``MissingError`` where it cannot be installed, or says nothing we can read.
    """
    python = _prepared()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hsds.json"
        file.write_text(json.dumps(description(_known(port))), encoding="utf-8")
        say("schemathesis…")
        command = [
            python, "-m", "schemathesis.cli", "run", str(file), "--url", f"http://{HOST}:{port}{ROOT}", "--checks", "all",
            "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--seed", str(SEED),
            "--suppress-health-check", "all", "--continue-on-failure", "--no-color",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    tested = _TESTED.search(done.stdout)
    if tested is None:
        raise MissingError(done.stdout[-2000:] + done.stderr[-2000:])
    found = [int(n) for n in _FAILURES.findall(done.stdout)]
    failures = max(found, default=0 if done.returncode == 0 else 1)
    if failures:
        say(done.stdout)
    return int(tested.group(1)), failures


def description(known: Mapping[str, str]) -> dict[str, Any]:
    """Return the official description, with a 404 for every operation and an example of each id."""
    found: dict[str, Any] = json.loads(gzip.decompress((settings.BASE_DIR / DESCRIPTION).read_bytes()))
    for address, path in found["paths"].items():
        for method in ("get", "post"):
            if method in path:
                path[method]["responses"]["404"] = NOT_FOUND
        for parameter in path.get("parameters", []):
            parameter["example"] = known[address.split("/")[1]]
    return found


def _known(port: int) -> dict[str, str]:
    talk = http.client.HTTPConnection(HOST, port, timeout=60)
    return {name: _get(talk, f"{ROOT}/{name}?per_page=1")["contents"][0]["id"] for name in LISTS}


def _prepared() -> str:
    command = [sys.executable, str(settings.BASE_DIR / "run"), "prepare", "schemathesis"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        message = "Schemathesis cannot be put in an environment of its own (no network?): its figures are missing."
        raise MissingError(message)
    return done.stdout.strip().splitlines()[-1]
