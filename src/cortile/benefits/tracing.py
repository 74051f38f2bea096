"""A file as its rule sees it: each requirement beside the datum it was given, and a decision worked out again years later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cortile.benefits import judging, letters
from cortile.benefits.judging import Judged, Told
from cortile.benefits.models import Application, Datum, Decision
from cortile.benefits.rules import fingerprints, sentences
from cortile.benefits.rules.deciding import State
from cortile.benefits.rules.nodes import inputs_of
from cortile.kit import clock


class Line(NamedTuple):
    """One requirement of a trace. ``found`` and ``short_by`` are said in words; ``note`` says what is odd about the datum."""

    label: str
    citation: str
    found: str
    source: str
    as_of: date | None
    state: str
    short_by: str
    note: str


class Missing(NamedTuple):
    """A datum nobody knows, or out of date, and where it can be asked for; the one that settles most comes first."""

    name: str
    label: str
    source: str
    expired_on: date | None


class Trace(NamedTuple):
    """A file as its rule sees it: a line a requirement, how the sum comes out, what is missing and what to ask first."""

    judged: Judged
    lines: list[Line]
    account: str
    missing: list[Missing]

    @property
    def outcome(self) -> str:
        """Return what the rule says: ``eligible``, ``not_eligible``, ``missing`` or ``refer``."""
        return str(self.judged.decision.outcome)


def told(applications: Iterable[int]) -> dict[int, dict[str, Told]]:
    """Return the newest of each datum, application by application, in one question."""
    found: dict[int, dict[str, Told]] = {number: {} for number in applications}
    rows = Datum.objects.filter(application_id__in=list(found)).order_by("application_id", "name", "-pk")
    for row in rows.distinct("application_id", "name"):
        found[row.application_id][row.name] = told_by(row)
    return found


def told_by(row: Datum) -> Told:
    """Return what a row of data says."""
    return Told(row.value, row.source, row.as_of, row.expires_on, row.exact, row.evidence, row.said_by)


def judged(application: Application) -> Judged:
    """Judge an application on its newest data, with the figures of the day it arrived. Raise ``FactError`` as ``judge`` does."""
    return judging.judge(application.version.rule, told([application.pk])[application.pk], arrived_on(application))


def arrived_on(application: Application) -> date:
    """Return the day whose figures and whose valid data count: the one it arrived."""
    return clock.local(application.submitted_at).date()


def trace_of(application: Application) -> Trace:
    """Return the rule beside the data it was given: what was asked, what was found, whose word it is, by how much."""
    return said(judged(application))


def said(found: Judged) -> Trace:
    """Say what a rule made of a file."""
    lines = [_line(n, found) for n in range(len(found.decision.reasons))]
    return Trace(found, lines, letters.account(found), [_missing(name, found) for name in found.decision.missing])


def _line(n: int, found: Judged) -> Line:
    reason = found.decision.reasons[n]
    names = sorted(inputs_of(reason.requirement.test), key=found.rule.position)
    by = [found.told[name] for name in names]
    first = by[0] if by else judging.NOBODY
    value = sentences.value_of(reason, found.rule)
    return Line(
        sentences.label(reason.requirement, found.rule, found.figures), reason.requirement.citation, value, first.source,
        first.as_of, str(reason.state), sentences.short_by(reason, found.rule), _note(by, found.day),
    )  # fmt: skip


def _note(by: Sequence[Told], day: date) -> str:
    if any(told.expired_on(day) for told in by):
        return "expired"
    if any(told.value is not None and not told.exact for told in by):
        return "threshold"
    return "evidence" if any(told.evidence for told in by) else ""


def _missing(name: str, found: Judged) -> Missing:
    asked, known = found.rule.input(name), found.told[name]
    return Missing(name, asked.label, asked.source, known.expires_on if known.expired_on(found.day) else None)


# --- a decision, years later ---


def of_decision(decision: Decision) -> Judged:
    """Return what a decision was worked out from, as it was then."""
    return judging.with_figures(decision.version.rule, decision.figures, judging.told_of(decision.facts), date.min)


class Recomputed(NamedTuple):
    """A decision worked out again from its own row: whether all of it is as it was, and by how many cents it is not."""

    equal: bool
    same_fingerprint: bool
    same_outcome: bool
    difference_cents: int


def recomputed(decision: Decision) -> Recomputed:
    """Compare a decision with what its own row comes to. The version's own data are fingerprinted again, too."""
    version = decision.version
    again = judging.with_figures(version.rule, decision.figures, judging.told_of(decision.facts), date.min)
    text = fingerprints.of_data([version.rule_data, version.terms_data])
    same = fingerprints.fingerprint(text, decision.figures, decision.facts) == decision.fingerprint
    masks = tuple(again.mask(state) for state in (State.FAILED, State.MISSING, State.DOUBT))
    outcome = masks == (decision.failed, decision.missing, decision.doubt)
    gives = again.award if decision.award_cents or decision.outcome in {"granted", "partly", "waiting"} else 0
    difference = gives - decision.award_cents
    return Recomputed(same and outcome and not difference, same, outcome, difference)
