"""Who of an envelope can be paid now, how much, and why the others cannot. Asked by the acts and by the pages alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet, Sum
from stdnum import iban
from stdnum.exceptions import ValidationError

from cortile.accounts.models import Account
from cortile.benefits.models import Application, Batch, BatchLine, Decision, Envelope, Posting, SignatureBand
from cortile.benefits.registers import GIVEN
from cortile.benefits.rules import paying
from cortile.benefits.stages import LIVE

# What a bank says of an account, of a name or of a bank code (ISO 20022, ExternalReturnReason1Code): paying again what is
# written now would only come back again.
OF_THE_ACCOUNT = ("AC", "BE", "RC", "MD07")


class Standing(NamedTuple):
    """An application beside what would be paid for it now, in cents; ``problem`` is why nothing is, from ``words.EXCLUSIONS``."""

    application: Application
    decision: Decision | None
    tranche: int
    cents: int
    account_code: str
    problem: str
    parts: int = 1


class _Known(NamedTuple):
    decisions: dict[int, Decision]
    lines: dict[int, list[BatchLine]]
    committed: dict[int, int]
    accounts: dict[int, str]


def standings(envelope: Envelope, way: str, parts: int = 1) -> list[Standing]:
    """Return every application of an envelope that ended with money, in the order of arrival, with what may be paid of it now."""
    rows = list(_granted(envelope).select_related("applicant", "tenancy"))
    known = _known(rows)
    return [_standing(row, known, way, parts) for row in rows]


def again(lines: Iterable[BatchLine]) -> list[Standing]:
    """Return lines that came back as they may be paid again: the same tranche and cents, the way and account of today."""
    returned = list(lines)
    known = _known([line.application for line in returned])
    return [_again(line, known) for line in returned]


def came_back(lines: Iterable[BatchLine]) -> list[BatchLine]:
    """Return the lines of an application whose money came back and was not sent again."""
    rows = list(lines)
    live = {(line.decision_id, line.tranche) for line in rows if line.state in LIVE}
    last = {(line.decision_id, line.tranche): line for line in rows if line.state == "returned"}
    return [line for key, line in last.items() if key not in live]


def holds(number: str) -> bool:
    """Tell whether an IBAN holds (ISO 13616: the country's form and the check digits), written without spaces."""
    try:
        return bool(iban.validate(number) == number)
    except ValidationError:
        return False


def committed_for(applications: Iterable[Application]) -> dict[int, int]:
    """Return what stands committed for each application now, in cents."""
    sides = Posting.objects.filter(entry__application__in=list(applications), account="committed")
    return dict(sides.values_list("entry__application_id").annotate(cents=Sum("cents")))


def current_decisions(applications: Iterable[Application]) -> dict[int, Decision]:
    """Return the decision each application stands on: the last one that was taken."""
    rows = Decision.objects.filter(application__in=list(applications), decided_at__isnull=False)
    return {row.application_id: row for row in rows.order_by("application_id", "number")}


def account_codes(applications: Iterable[Application]) -> dict[int, str]:
    """Return the landlord's code of the open account of each contract."""
    tenancies = [row.tenancy_id for row in applications]
    return dict(Account.objects.filter(tenancy__in=tenancies, closed_on=None).order_by("-code").values_list("tenancy_id", "code"))


def _granted(envelope: Envelope) -> QuerySet[Application]:
    return Application.objects.filter(call_id=envelope.call_id or 0, state="decided", outcome__in=GIVEN)


def _known(rows: list[Application]) -> _Known:
    lines: dict[int, list[BatchLine]] = defaultdict(list)
    for line in BatchLine.objects.filter(application__in=rows).exclude(state="dropped").order_by("pk"):
        lines[line.application_id].append(line)
    return _Known(current_decisions(rows), lines, committed_for(rows), account_codes(rows))


def _standing(row: Application, known: _Known, way: str, parts: int) -> Standing:
    decision, lines = known.decisions.get(row.pk), known.lines.get(row.pk, [])
    code = known.accounts.get(row.tenancy_id, "")
    granted = decision.granted_cents if decision else 0
    back = came_back(lines)
    assigned = sum(line.cents for line in lines if line.state in LIVE) + sum(line.cents for line in back)
    free = known.committed.get(row.pk, 0) - sum(line.cents for line in lines if line.state == "queued") - sum(b.cents for b in back)
    tranche = _next_tranche(decision, lines)
    cents = paying.tranche_cents(granted, assigned, tranche, parts)
    problem = (
        "other-way" if row.paid_by != way
        else ("came-back" if back else "in-a-batch") if not cents
        else "not-committed" if free < cents
        else _cannot_receive(row, way, code)
    )  # fmt: skip
    return Standing(row, decision, tranche, cents, code, problem, parts)


def _cannot_receive(row: Application, way: str, account_code: str) -> str:
    if way == "transfer":
        return "" if holds(row.iban) else "iban-wrong"
    return "" if account_code else "no-account"


def _next_tranche(decision: Decision | None, lines: list[BatchLine]) -> int:
    taken = {line.tranche for line in lines if decision is not None and line.decision_id == decision.pk}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _again(line: BatchLine, known: _Known) -> Standing:
    row, decision = line.application, known.decisions.get(line.application_id)
    code = known.accounts.get(row.tenancy_id, "")
    same = line.batch.way == row.paid_by == "transfer" and line.iban == row.iban
    problem = (
        "decision-old" if decision is None or decision.pk != line.decision_id or row.outcome not in GIVEN
        else "not-committed" if known.committed.get(row.pk, 0) < line.cents
        else "account-same" if same and line.reason_code.upper().startswith(OF_THE_ACCOUNT)
        else _cannot_receive(row, row.paid_by, code)
    )  # fmt: skip
    return Standing(row, decision, line.tranche, line.cents, code, problem, line.parts)


# --- a batch that is there ---


def lines_of(batch: Batch) -> list[BatchLine]:
    """Return a batch's lines in the order they were written, with their applications."""
    rows = batch.rows.select_related("application__applicant", "application__tenancy", "application__agency", "decision", "batch")
    return list(rows.order_by("pk"))


def fingerprint(lines: Iterable[BatchLine]) -> str:
    """Return the SHA-256 of what is signed: who is paid how much, where, by which reference."""
    return paying.fingerprint(
        [line.reference, line.application_id, line.decision_id, line.cents, line.payee_name, line.iban, line.account_code]
        for line in lines
    )


def changed_since(batch: Batch, lines: Iterable[BatchLine]) -> list[int]:
    """Return the numbers of applications that no longer stand as they were written: decision, money, way or account."""
    rows = list(lines)
    known = _known([line.application for line in rows])
    return [line.application.number for line in rows if not _as_written(batch, line, known)]


def _as_written(batch: Batch, line: BatchLine, known: _Known) -> bool:
    row, decision = line.application, known.decisions.get(line.application_id)
    stands = row.state == "decided" and row.outcome in GIVEN and decision is not None and decision.pk == line.decision_id
    account = line.iban == row.iban if batch.way == "transfer" else line.account_code == known.accounts.get(row.tenancy_id, "")
    money = known.committed.get(row.pk, 0) >= line.cents and row.paid_by == batch.way
    return stands and account and money


def bands_of(agency_id: int) -> tuple[Sequence[paying.Band], bool]:
    """Return a body's bands of signatures, and whether it confirmed them; until it does, the usual ones."""
    rows = SignatureBand.objects.filter(agency_id=agency_id)
    own = [paying.Band(row.up_to_cents, row.signatures) for row in rows]
    return (own, True) if own else (paying.USUAL_BANDS, False)


def warnings(batch: Batch, lines: Iterable[BatchLine]) -> dict[int, list[str]]:
    """Return, line by line, what whoever signs should look at: an account of two families, of another name, or a new one."""
    rows = [line for line in lines if line.iban]
    numbers = {line.iban for line in rows}
    applied = Application.objects.filter(agency_id=batch.agency_id, iban__in=numbers).values_list("iban", "household_id")
    families: dict[str, set[int]] = defaultdict(set)
    for number, household in [*applied, *((line.iban, line.application.household_id) for line in rows)]:
        families[number].add(household)
    names, last = _paid_before(batch, rows)
    return {line.pk: [code for code, found in (
        ("shared", len(families[line.iban]) > 1),
        ("other-name", bool(names[line.iban] - {line.payee_name.casefold()})),
        ("changed", last.get(line.application.applicant_id, line.iban) != line.iban),
    ) if found] for line in rows}  # fmt: skip


def _paid_before(batch: Batch, rows: list[BatchLine]) -> tuple[dict[str, set[str]], dict[int, str]]:
    """Return the names each account was paid with, and the last account of each applicant, in batches that left before."""
    before = BatchLine.objects.filter(agency_id=batch.agency_id, state__in=["sent", "paid", "returned"]).exclude(batch=batch)
    before = before.filter(batch__number__lt=batch.number)
    names: dict[str, set[str]] = defaultdict(set)
    for number, name in before.filter(iban__in={line.iban for line in rows}).values_list("iban", "payee_name"):
        names[number].add(name.casefold())
    people = {line.application.applicant_id for line in rows}
    last = before.filter(application__applicant__in=people).exclude(iban="").order_by("pk")
    return names, dict(last.values_list("application__applicant_id", "iban"))
