"""What INPS should know of money, from the ledger: what was paid, day by day, less what came back. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Moved(NamedTuple):
    """A movement of money that reached somebody or came back: cents above nought when paid, below when returned."""

    application_id: int
    decision_id: int
    day: date
    cents: int


class Paid(NamedTuple):
    """One payment as it stands: for which application, by which decision, on which day."""

    application_id: int
    decision_id: int
    day: date


def standing(moves: Iterable[Moved]) -> dict[Paid, int]:
    """Return the cents that stand for each payment, in the ledger's order: money that comes back is that of the last payment.

    Two payments of one decision on one day are one. A payment that came back whole is not there.
    """
    found: dict[Paid, int] = {}
    days: dict[tuple[int, int], list[Paid]] = {}
    for move in moves:
        key = Paid(move.application_id, move.decision_id, move.day)
        paid = days.setdefault(key[:2], [])
        if move.cents > 0:
            found[key] = found.get(key, 0) + move.cents
            paid.append(key)
        else:
            _take_back(found, paid, -move.cents)
    return {key: cents for key, cents in found.items() if cents > 0}


def _take_back(found: dict[Paid, int], paid: list[Paid], cents: int) -> None:
    for key in reversed(paid):
        taken = min(cents, found[key])
        found[key] -= taken
        cents -= taken
