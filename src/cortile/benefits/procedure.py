"""What a file lets be done, and its legal clock. Pure: no database, and no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cortile.benefits.rules.deciding import Outcome

# Papers stop the clock once, for thirty days at most (L. 241/1990 art. 2 c. 7).
LONGEST_FOR_PAPERS = 30
# After observations, or after the days for them, the clock starts again ten days later (art. 10-bis c. 1, as in D.L. 76/2020).
AFTER_OBSERVATIONS = 10
LONGEST_FOR_AN_ANSWER = 90
# What may be given, taken back or worked out again: what ended with the requirements met.
WITH_MONEY = ("granted", "partly", "waiting")

# act: the states it starts from. What is decided stays in force while it is looked at again.
STARTS: dict[str, tuple[str, ...]] = {
    "ask_documents": ("submitted", "documents"),
    "receive_documents": ("documents",),
    "correct_datum": ("submitted", "documents", "notice"),
    "send_notice": ("submitted",),
    "take_observations": ("notice",),
    "note_receipt": ("notice",),
    "propose": ("submitted", "notice"),
    "decide": ("proposed",),
    "send_back": ("proposed",),
    "withdraw": ("submitted", "documents", "notice", "proposed"),
    "ask_review": ("decided",),
    "revoke": ("decided",),
    "correct": ("decided",),
}
# Also of a file that was decided, while a new look at it was asked for.
IN_REVIEW = ("correct_datum", "propose")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands: its state, how it ended, whether a new look was asked for, whether a proposal waits for a signature."""

    state: str
    outcome: str = ""
    in_review: bool = False
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice before a no, as far as it went: until when it may be answered, and whether it was."""

    due: date
    answered: bool


def allowed(act: str, standing: Standing) -> bool:
    """Tell whether an act starts from where a file stands. While a proposal waits, only its two answers do."""
    if act in {"decide", "send_back"}:
        return standing.proposed
    if standing.proposed:
        return act == "withdraw" and standing.state == "proposed"
    if standing.state == "decided" and standing.in_review:
        return act in IN_REVIEW
    if act == "revoke":
        return standing.state == "decided" and standing.outcome in WITH_MONEY
    return standing.state in STARTS[act] and not (act == "correct" and standing.outcome == "revoked")


def why_not(outcome: str, found: Outcome, *, grounds: str, switch: bool, notice: Notice | None, today: date, award: int) -> str:
    """Return the code of what keeps an outcome from being proposed, or nothing.

    ``switch`` is the call's: with it, nobody is told no before a notice whose days ran out, or that was answered.
    """
    if found == Outcome.MISSING:
        return "datum-missing"
    if outcome == "granted":
        return _why_not_granted(found, grounds, award)
    if found == Outcome.ELIGIBLE:
        return "rule-says-yes"
    if found == Outcome.REFER and not grounds.strip():
        return "grounds-missing"
    waited = not switch or (notice is not None and (notice.answered or notice.due < today))
    return "" if waited else "notice-first"


def _why_not_granted(found: Outcome, grounds: str, award: int) -> str:
    if found == Outcome.NOT_ELIGIBLE or award <= 0:
        return "rule-says-no"
    return "grounds-missing" if found == Outcome.REFER and not grounds.strip() else ""


def papers_stop(asked: date, brought: date, *, earlier: bool) -> int:
    """Return the days papers stop the clock for: once, and thirty at most (L. 241/1990 art. 2 c. 7)."""
    return 0 if earlier else max(0, min((brought - asked).days, LONGEST_FOR_PAPERS))


def notice_stops(sent: date, until: date, answered: date | None) -> int:
    """Return the days a notice stops the clock for: up to ten days after the answer, or after its last day (art. 10-bis)."""
    return max(0, ((answered or until) - sent).days + AFTER_OBSERVATIONS)


def days_after(day: date, days: int) -> date:
    """Return the last of some days after a day, which itself does not count (c.c. art. 2963)."""
    return day + timedelta(days=days)
