"""Processor time of things done in turn, so that whatever else the machine does falls on all of them. Pure."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence

Work = Callable[[], object]


def medians(works: Sequence[Work], turns: int) -> list[float]:
    """Return the median seconds of CPU of each, over several turns; who goes first changes every turn."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(turns):
        for n in sorted(range(len(works)), key=lambda n: (n + turn) % len(works)):
            taken[n].append(seconds(works[n]))
    return [statistics.median(one) for one in taken]


def seconds(work: Work) -> float:
    """Return the seconds of CPU a piece of work takes, with nothing of before left to be swept up."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun
