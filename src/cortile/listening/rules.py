"""Pure decisions about threads: what the state allows, which date we may promise. No Django, no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cortile.kit import working_days
from cortile.listening.states import CHIPS, SELF_EVIDENT, TOPICS

# Working days within which we answer, when the body has not said otherwise (domain §8.5: to be confirmed).
DEFAULT_DAYS = {"danger": 0, "high": 1, "normal": 3, "low": 5}
CALL_BACK_DAYS = 3
ATTEMPTS_BEFORE_CLOSING = 2
LONGEST_PROMISE_DAYS = 60
NATURE_OF_URGENT_CHIP = {"health": "high"}

# act → (states it starts from, state it leads to, who has the ball then). Product §3.6.
TRANSITIONS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "take": (("received",), "with_us", "us"),
    "say": (("received", "with_us", "waiting_you", "waiting_other", "solved"), "with_us", "us"),
    "ask": (("received", "with_us", "waiting_other"), "waiting_you", "you"),
    "hand_over": (("received", "with_us", "waiting_you"), "waiting_other", "other"),
    "office_answers": (("waiting_other",), "with_us", "us"),
    "propose_solved": (("received", "with_us", "waiting_you", "waiting_other"), "solved", "you"),
    # A call we promised brings back the ball the person had; an office keeps its question.
    "call": (("waiting_you",), "with_us", "us"),
    "tenant_writes": (("received", "with_us", "waiting_you", "waiting_other", "solved"), "with_us", "us"),
    "not_solved": (("solved",), "with_us", "us"),
    "reopen": (("closed",), "with_us", "us"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thread stands: the facts a decision needs."""

    state: str
    ball: str
    opened_on: date
    next_date: date | None


def nature_of(chip: str) -> str:
    """Return the nature of a chip; raise ``KeyError`` for a chip that does not exist."""
    return CHIPS[chip]


def chip_of(topic: str) -> str:
    """Return the chip of a tenant's topic; raise ``KeyError`` for a topic that does not exist."""
    return TOPICS[topic]


def allowed(act: str, state: str) -> bool:
    """Tell whether an act starts from a state."""
    return state in TRANSITIONS[act][0]


def after(act: str) -> tuple[str, str]:
    """Return the state and the ball an act leads to."""
    _, state, ball = TRANSITIONS[act]
    return state, ball


def days_to_answer(table: Sequence[tuple[str, str, int]], chip: str, urgency: str) -> int:
    """Return the working days of a body's table: the chip's own line, else the line for all, else the default."""
    exact = {(c, u): days for c, u, days in table}
    return exact.get((chip, urgency), exact.get(("", urgency), DEFAULT_DAYS[urgency]))


def promised_date(reading: datetime, days: int, subdivision: str) -> date:
    """Return the date of an answer: working days count from when a person reads it, not from when it arrived."""
    return working_days.add(reading.date(), days, subdivision)


def may_promise(day: date, today: date) -> bool:
    """Tell whether a date can be promised: not past, and not further than sixty days."""
    return today <= day and (day - today).days <= LONGEST_PROMISE_DAYS


def needs_reason(current: date | None, wanted: date) -> bool:
    """Tell whether a new date moves the promise later: then it has a reason, and the tenant is told."""
    return current is not None and wanted > current


def warning_day(promised: date, subdivision: str) -> date:
    """Return the day the owner is warned: one working day before."""
    return working_days.before(promised, subdivision)


def is_late(promised: date | None, today: date) -> bool:
    """Tell whether a promise has passed: the morning after, never the day itself."""
    return promised is not None and promised < today


def may_close(state: str, outcome: str, *, tenant_said_yes: bool, attempts: int) -> bool:
    """I2: closing needs the tenant's yes, or two recorded attempts, or an act that speaks for itself."""
    if state == "closed":
        return False
    return outcome in SELF_EVIDENT or tenant_said_yes or attempts >= ATTEMPTS_BEFORE_CLOSING


def office_due(promised: date, today: date, subdivision: str) -> date:
    """Return when an office must answer: a working day before our promise, so that we hear of a silence first."""
    return max(working_days.before(promised, subdivision), today)


def keeps_office_date(office_date: date, promised: date) -> bool:
    """Tell whether an office's own date fits inside our promise; else the promise must be moved, with its reason."""
    return office_date < promised
