"""What is wrong with a flow before INPS says so: the schema takes much that SIUSS then refuses, or keeps although it is false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from cortile.benefits.siuss import beneficiary_checks, benefit_checks
from cortile.benefits.siuss.beneficiary_checks import BELFIORE, fiscal_code_faults, is_text
from cortile.benefits.siuss.records import Body, Channel, Flow, Identity
from cortile.benefits.siuss.words import SAID, Found

LONGEST_BODY_NAME = 100
HEADER = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what to do: a row (from 1; 0 is the flow itself), a stable code, a sentence, whether it stops the flow."""

    row: int
    code: str
    sentence: str
    blocks: bool


class FlowProblems(ValueError):  # noqa: N818 -- an answer rather than an error
    """A flow that may not be written; ``problems`` are those that stop it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(f"Riga {problem.row}: {problem.sentence}" for problem in problems))
        self.problems = tuple(problems)


def problems(flow: Flow) -> list[Problem]:
    """Return everything wrong with a flow, by row; one without blocking problems is valid against PS_PSA_SINA201812.xsd.

    Checked: tables 2 to 9 of the specification 2.0.1, one record a flow when INPS pulls it, the table of benefits, the codice
    fiscale against what it is sent with, dates, and records said twice. Days are compared with the flow's own, never with a clock.
    """
    found = [(HEADER, fault) for fault in _header(flow)]
    for row, record in enumerate(flow.records, 1):
        found += [(row, fault) for fault in beneficiary_checks.check(record.beneficiary, flow.day)]
        found += [(row, fault) for fault in benefit_checks.check(record, flow.day)]
    found += _duplicates(flow)
    return [_problem(row, fault) for row, fault in sorted(found, key=lambda pair: pair[0])]


def body_problems(body: Body) -> list[Problem]:
    """Return what is wrong with who transmits: it would stop every flow of theirs, so it is mended before any is made."""
    return [_problem(HEADER, fault) for fault in _body(body)]


def refuse_blocked(flow: Flow) -> None:
    """Raise ``FlowProblems`` when something stops a flow."""
    if blocking := [problem for problem in problems(flow) if problem.blocks]:
        raise FlowProblems(blocking)


def _problem(row: int, fault: Found) -> Problem:
    said = SAID[fault.code]
    return Problem(row, fault.code, said.sentence.format(fault.detail), said.blocks)


def _header(flow: Flow) -> Iterator[Found]:
    if flow.instant.utcoffset() != timedelta(0):
        yield Found("flow-instant")
    start = f"{flow.body.code}.PS.{flow.day:%Y%m%d}."
    if not re.fullmatch(f"{re.escape(start)}[0-9]{{7}}", flow.id):
        yield Found("flow-id", start)
    yield from _body(flow.body)
    if not flow.records:
        yield Found("no-record")
    if flow.channel is Channel.PULL and len(flow.records) > 1:
        yield Found("one-benefit")


def _body(body: Body) -> Iterator[Found]:
    if not BELFIORE.fullmatch(body.code):
        yield Found("body-code")
    if not is_text(body.name, LONGEST_BODY_NAME):
        yield Found("body-name")
    if not BELFIORE.fullmatch(body.seat):
        yield Found("body-seat")
    yield from fiscal_code_faults(body.operator, "operator-fiscal-code")


def _duplicates(flow: Flow) -> list[tuple[int, Found]]:
    first: dict[Identity, int] = {}
    seen = [(row, first.setdefault(record.identity, row)) for row, record in enumerate(flow.records, 1)]
    return [(row, Found("duplicate", str(earlier))) for row, earlier in seen if earlier != row]
