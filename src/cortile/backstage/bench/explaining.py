"""Pages of 8 kB the read statements touch, for Marta in this process's database. Run with ``python -m``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django
from django.db import connection, transaction


def touched() -> dict[str, int]:
    """Return, for each read, the pages its heaviest statement touches while it runs."""
    from cortile.agencies import reads as agencies  # noqa: PLC0415 -- app ready
    from cortile.homes.access import at_work  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import acting  # noqa: PLC0415 -- app ready
    from cortile.listening import reads as listening  # noqa: PLC0415 -- app ready
    from cortile.people import reads as people  # noqa: PLC0415 -- app ready

    marta = at_work(agencies.personas()["marta"])
    reads: dict[str, Callable[[], object]] = {
        "list": lambda: listening.thread_page(by=marta),
        "today": lambda: listening.today_of(by=marta),
        "search": lambda: people.search("bara", by=marta),
    }
    with acting(marta):
        return {name: heaviest(read) for name, read in reads.items()}


def heaviest(read: Callable[[], object]) -> int:
    """Return the 8 kB pages the heaviest statement of a read touches."""
    read()
    heard: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001 -- the signature of a Django execute wrapper
        if isinstance(sql, str) and sql.startswith("SELECT"):
            heard.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(listen):
            read()
        return max(_pages(sql, params) for sql, params in heard)


def _pages(sql: str, params: Any) -> int:  # noqa: ANN401 -- what Django gave its cursor
    with connection.cursor() as cursor:
        cursor.execute(sql, params)  # once before: every plan and page is known
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        (found,) = cursor.fetchone()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(touched()))
