"""Who the money reaches: the strategy a call names, worked out to the cent. Never «skip what does not fit».

Walking in record order and skipping what is too large gives the money to the wrong people (benefits.md §7.6: 40 % of those
funded were not those due): where the next in line does not fit, the line stops there, or the last is paid in part.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Cents: TypeAlias = NDArray[np.int64]


class Strategy(enum.StrEnum):
    """How an envelope smaller than what is asked is shared out."""

    PRIORITY = "priority"
    PROPORTIONAL = "proportional"
    FIRST_COME = "first_come"


class Last(enum.StrEnum):
    """What becomes of the first who does not fit whole: nothing, or what is left."""

    WHOLE_ONLY = "whole_only"
    PARTLY = "partly"


class Allocation(NamedTuple):
    """What each asked row gets, in cents, and its place in line (1 is first)."""

    given: Cents
    place: NDArray[np.int64]


def allocate(asked: Cents, keys: Sequence[Cents], envelope: int, strategy: Strategy, last: Last = Last.WHOLE_ONLY) -> Allocation:
    """Share an envelope out. ``keys`` order the line, the most important first (ISEE, then arrival); the last must be unique.

    Raise ``ValueError`` for an envelope below nought, or a line whose order leaves two in the same place.
    """
    if envelope < 0:
        message = "an envelope is never below nought"
        raise ValueError(message)
    line = np.lexsort(tuple(reversed(keys)))
    if _repeats(keys[-1]):
        message = "the last key must tell everybody apart: a tie is broken by a named rule"
        raise ValueError(message)
    place = np.empty(len(asked), np.int64)
    place[line] = np.arange(1, len(asked) + 1)
    given = _proportional(asked, line, envelope) if strategy == Strategy.PROPORTIONAL else _in_line(asked, line, envelope, last)
    return Allocation(given, place)


def _repeats(key: Cents) -> bool:
    # NumPy finds what is unique by hashing, several times slower than putting whole numbers in order.
    in_order = np.sort(key)
    return bool((in_order[1:] == in_order[:-1]).any())


def _in_line(asked: Cents, line: NDArray[np.int64], envelope: int, last: Last) -> Cents:
    reached = np.cumsum(asked[line])
    fit = int(np.searchsorted(reached, envelope, side="right"))
    given = np.zeros(len(asked), np.int64)
    given[line[:fit]] = asked[line[:fit]]
    if last == Last.PARTLY and fit < len(asked):
        given[line[fit]] = envelope - (int(reached[fit - 1]) if fit else 0)
    return given


def _proportional(asked: Cents, line: NDArray[np.int64], envelope: int) -> Cents:
    """Cut everybody alike, then give the cents left to the largest remainders; a tie goes to who comes first in line."""
    whole = int(asked.sum())
    if whole <= envelope:
        return asked.copy()
    # Python's own integers: cents times an envelope pass 64 bits for a large call.
    shares = [divmod(int(cents) * envelope, whole) for cents in asked]
    given = np.array([share for share, _ in shares], np.int64)
    left = envelope - int(given.sum())
    by_rest = sorted(line.tolist(), key=lambda row: -shares[row][1])
    for row in by_rest[:left]:
        given[row] += 1
    return given
