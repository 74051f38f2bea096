"""What Paola's list of referrals costs in this process's database, and the figures of the night. Run with ``python -m``."""

from __future__ import annotations

import json
import sys
import time
from functools import partial

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.backstage.bench.counting import CONTROL
from cortile.backstage.bench.explaining import heaviest


def seen() -> dict[str, float]:
    """Return queries and pages of the list, the queries of the figures of fifty services, and the seconds of the night's work."""
    from cortile.agencies import reads as agencies  # noqa: PLC0415 -- app ready
    from cortile.homes.access import at_work  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import acting, system  # noqa: PLC0415 -- app ready
    from cortile.referrals import actions, reads  # noqa: PLC0415 -- app ready

    paola = at_work(agencies.personas()["paola"])
    body = agencies.agency_by_id(paola.agency_id or 0)
    begun = time.perf_counter()
    learned = actions.learn(body, by=system("bench", agency_id=body.pk))
    found: dict[str, float] = {"learned": learned, "seconds": time.perf_counter() - begun}
    with acting(paola):
        services = [row.service_id for row in reads.sent(by=paola).rows]
        figures = partial(reads.figures_of, services, agency_id=body.pk)
        for name, read in (("list", lambda: reads.sent(by=paola)), ("figures", figures)):
            with CaptureQueriesContext(connection) as said:
                read()
            found[f"{name} queries"] = sum(not query["sql"].startswith(CONTROL) for query in said.captured_queries)
        found["list pages"] = heaviest(lambda: reads.sent(by=paola))
    return found


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(seen()))
