"""Count the queries of some pages in this process's database: ``python -m cortile.backstage.bench.counting /a/ /b/``."""

from __future__ import annotations

import json
import sys

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def count(paths: list[str]) -> dict[str, int]:
    """Return how many queries each page makes for Marta, transaction control left out."""
    from django.test import Client  # noqa: PLC0415 -- app ready

    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/demo/enter", {"persona": "marta"})
    return {path: _of(client.get, path) for path in paths}


def _of(get: object, path: str) -> int:
    if not callable(get):
        raise TypeError(path)
    get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = get(path)
    if answer.status_code != 200:  # noqa: PLR2004 -- a page that answers
        message = f"{path}: {answer.status_code}"
        raise RuntimeError(message)
    return sum(not query["sql"].startswith(CONTROL) for query in seen.captured_queries)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(count(sys.argv[1:])))
