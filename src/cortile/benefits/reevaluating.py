"""Decisions worked out again, under corrected data or another version: a signed difference in cents each. Pure over rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cortile.benefits import judging
from cortile.benefits.judging import Judged, Told
from cortile.benefits.models import CallVersion, Decision
from cortile.benefits.rules.deciding import Outcome
from cortile.benefits.tracing import arrived_on


class Difference(NamedTuple):
    """One decision worked out again. ``cents`` is signed: above nought more is due, below nought too much was given.

    Where the rule cannot say by itself (a datum is missing, a doubt is left) ``settled`` is false and nothing changes.
    """

    decision: Decision
    judged: Judged
    before: int
    after: int
    settled: bool

    @property
    def cents(self) -> int:
        """Return the signed difference."""
        return self.after - self.before


def re_evaluate(
    decisions: Iterable[Decision], *, facts: Mapping[int, Mapping[str, Told]] | None = None, version: CallVersion | None = None
) -> list[Difference]:
    """Work decisions out again, each with the figures of the day its application arrived.

    ``facts`` are corrected data by application: what is not there stays as it was decided on. ``version`` is another text to
    judge by. Raise ``FactError`` for a value no input may have, or a figure without a value on that day.
    """
    return [_one(decision, (facts or {}).get(decision.application_id, {}), version) for decision in decisions]


def _one(decision: Decision, corrected: Mapping[str, Told], version: CallVersion | None) -> Difference:
    told = judging.told_of(decision.facts) | dict(corrected)
    by = version or decision.version
    day = arrived_on(decision.application)
    found = judging.judge(by.rule, told, day)
    settled = found.decision.outcome in {Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE}
    return Difference(decision, found, decision.award_cents, found.decision.award if settled else decision.award_cents, settled)


def total(differences: Iterable[Difference]) -> int:
    """Return the signed sum of some differences, in cents."""
    return sum(found.cents for found in differences)
