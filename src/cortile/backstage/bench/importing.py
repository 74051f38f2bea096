"""The process that imports for ``bench import``: its own, so that its memory is the import's and nobody else's."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import django

BODY = "banco"


def imported(folder: Path) -> dict[str, float]:
    """Import a folder twice, and say how long and how large."""
    from cortile.accounts import registry  # noqa: PLC0415 -- app ready
    from cortile.agencies import actions as agencies  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import system  # noqa: PLC0415 -- app ready

    job = system("bench")
    body = agencies.open_agency(by=job, code=BODY, name="Banco", short_name="Banco", kind="aler", hours=[])
    took = []
    for _ in range(2):
        begun = time.perf_counter()
        report = registry.run(body, folder, by=job)
        took.append(time.perf_counter() - begun)
        if report.rejected:
            raise ValueError(report.lines)
    return {"first": took[0], "unchanged": took[1], "memory": peak()}


def peak() -> float:
    """Return the largest memory of this process in MB. Linux counts in KB, macOS in bytes."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    django.setup()
    print(json.dumps(imported(Path(sys.argv[1]))))  # noqa: T201 -- read by the bench
