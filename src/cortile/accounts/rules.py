"""Pure decisions about rent accounts: what stands beside a debt, and how far a contract is behind. No Django, no clock."""

from __future__ import annotations

from datetime import date


def stands(since: date, until: date | None, ended_on: date | None, today: date) -> bool:
    """Tell whether a protection holds today: it has begun, its last day has not passed, nobody has ended it."""
    return since <= today and (until is None or today <= until) and ended_on is None


def plan_is_whole(kind: str, instalment_cents: int | None, until: date | None) -> bool:
    """Tell whether a plan says what is paid a month and until when: a promise of one cannot be checked."""
    return kind != "plan" or (until is not None and instalment_cents is not None and instalment_cents > 0)


def standing_of(balance_cents: int) -> str:
    """Return how a contract stands: ``owes``, ``even``, or ``credit`` when it has paid more."""
    return "owes" if balance_cents > 0 else "credit" if balance_cents < 0 else "even"
