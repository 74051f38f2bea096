"""One file judged on the data it rests on, with who said each. Pure: the rows are somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from cortile.benefits.rules.deciding import Decision, Judge, Outcome, State, figures_on
from cortile.benefits.rules.nodes import Rule
from cortile.benefits.rules.unknowns import Known


class Told(NamedTuple):
    """One datum: its value as the rule takes it, who says it and since when. ``exact`` is false for a side of a threshold."""

    value: int | None
    source: str
    as_of: date | None = None
    expires_on: date | None = None
    exact: bool = True
    evidence: str = ""
    said_by: str = ""

    def good_on(self, day: date) -> bool:
        """Tell whether the datum is known and still good on a day."""
        return self.value is not None and not self.expired_on(day)

    def expired_on(self, day: date) -> bool:
        """Tell whether the datum was good, and is no longer on a day: nobody is refused for it, it is asked again."""
        return self.value is not None and self.expires_on is not None and self.expires_on < day


NOBODY = Told(None, "")


class Judged(NamedTuple):
    """What a rule makes of a file. ``day`` is the one whose figures were in force; ``award`` is cents, also with a doubt left."""

    rule: Rule
    figures: dict[str, int]
    told: dict[str, Told]
    day: date
    decision: Decision
    award: int

    def mask(self, state: State) -> int:
        """Return one bit a requirement, in the rule's order: those that stand in a state."""
        return sum(1 << n for n, reason in enumerate(self.decision.reasons) if reason.state == state)


def judge(rule: Rule, told: Mapping[str, Told], day: date) -> Judged:
    """Judge a file with the figures in force on a day. What is out of date by then is not known.

    Raise ``FactError`` for a value no input may have, or where a figure has no value on that day yet.
    """
    known = {found.name: told.get(found.name, NOBODY) for found in rule.inputs}
    return with_figures(rule, figures_on(rule, day), known, day)


def with_figures(rule: Rule, figures: Mapping[str, int], told: Mapping[str, Told], day: date) -> Judged:
    """Judge a file with figures already chosen: those a decision was taken with."""
    facts = {name: found.value if found.good_on(day) else None for name, found in told.items()}
    decision = _judge(rule, tuple(sorted(figures.items()))).decide(facts)
    award = decision.award
    if decision.outcome == Outcome.REFER:
        award = Known(rule, figures, facts).number(rule.award) or 0
    return Judged(rule, dict(figures), dict(told), day, decision, award)


@lru_cache(maxsize=64)
def _judge(rule: Rule, figures: tuple[tuple[str, int], ...]) -> Judge:
    """A list judges many files by the same text: its function is made once."""
    return Judge(rule, dict(figures))


def facts_of(judged: Judged) -> dict[str, dict[str, Any]]:
    """Return the data as a decision keeps them: what was used, who says it, since when and until when."""
    return {
        name: {
            "value": told.value if told.good_on(judged.day) else None, "source": told.source, "as_of": _iso(told.as_of),
            "expires_on": _iso(told.expires_on),
        }
        for name, told in judged.told.items()
    }  # fmt: skip


def told_of(facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Told]:
    """Return data as they were kept with a decision."""
    return {
        name: Told(kept["value"], kept["source"], _day(kept.get("as_of")), _day(kept.get("expires_on")))
        for name, kept in facts.items()
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
