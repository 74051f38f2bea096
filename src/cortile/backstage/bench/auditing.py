"""The processes of ``bench audit``: ``write`` makes audited transactions for a while, ``count`` counts statements a page."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable

import django
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

WRITES = "INSERT INTO public.kit_auditevent"
ROW = "INSERT INTO kit_receipt (action, actor, key, at) VALUES ('bench.written', 'bench', %s, now())"


def write(seconds: str, threads: str) -> float:
    """Return how many durable transactions a second some writers make: a row, its audit event with one subject, a commit."""
    from cortile.kit import audit, scopes  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import acting, system  # noqa: PLC0415 -- app ready

    job, made = system("bench"), list[int]()

    def repeat(mine: int) -> None:
        until = time.perf_counter() + float(seconds)
        with acting(job), scopes.opened(scopes.EVERYTHING):
            while time.perf_counter() < until:
                with transaction.atomic():
                    connection.cursor().execute(ROW, [f"{os.getpid()}-{mine}-{len(made)}-{until}"])
                    audit.leave("bench.written", by=job, verb="C", persons=[mine])
                made.append(mine)
        connection.close()

    return _rate(repeat, int(threads), made)


def _rate(repeat: Callable[[int], None], threads: int, made: list[int]) -> float:
    begun = time.perf_counter()
    writers = [threading.Thread(target=repeat, args=[n]) for n in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return len(made) / (time.perf_counter() - begun)


def count() -> dict[str, int]:
    """Return, for each page that can be opened, how many statements write to the audit."""
    from django.test import Client  # noqa: PLC0415 -- app ready

    from cortile.backstage import routes  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import acting, system  # noqa: PLC0415 -- app ready

    with acting(system("bench")):
        pages = [r for r in routes.every() if "GET" in r.methods and r.sample and r.shown_by not in {"", "link"}]
    found = {}
    for page in pages:
        client = Client(SERVER_NAME="127.0.0.1")
        client.post("/demo/enter", {"persona": page.shown_by})
        with CaptureQueriesContext(connection) as seen:
            client.get(page.sample)
        found[page.sample] = sum(WRITES in query["sql"] for query in seen.captured_queries)
    return found


if __name__ == "__main__":
    django.setup()
    done = write(*sys.argv[2:]) if sys.argv[1] == "write" else count()
    print(json.dumps(done))  # noqa: T201 -- read by the bench
