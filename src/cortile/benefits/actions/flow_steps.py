"""Steps the acts about INPS share: who transmits is held, the next name and instant are given, a flow is written or stopped."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from cortile.benefits import transmissions
from cortile.benefits.actions.steps import check
from cortile.benefits.models import Application, Datum, Decision, SiussFlow, SiussSettings
from cortile.benefits.siuss import checks, rows
from cortile.benefits.siuss.flow import encoded
from cortile.benefits.siuss.outcomes import next_instant
from cortile.benefits.siuss.records import ITALY, Body, Flow, MeansTest, Operation, flow_id
from cortile.kit import clock

# ISO 3166-1 has no number for it: INPS's own code for a citizenship nobody knows.
UNKNOWN_CITIZENSHIP = "990"
USUAL_CODE = "A1.05"
SERIAL_FROM = -7


class Told(NamedTuple):
    """What a flow is about: a payment in cents on a day, and whether it is said or taken back."""

    application: Application
    decision: Decision
    amount_cents: int
    paid_on: date
    operation: Operation = Operation.INSERT


def locked(agency_id: int) -> SiussSettings:
    """Hold a body's settings for this transaction: its flows get their instants one after the other, and are committed in order.

    Raise ``Refused`` with ``siuss-not-set`` when nobody wrote them, or what they say of the body would stop every flow.
    """
    kept = SiussSettings.objects.select_for_update().filter(agency_id=agency_id).first()
    check(kept is not None, "siuss-not-set")
    assert kept is not None  # noqa: S101 -- said to the type checker: just checked
    check(not checks.body_problems(body_of(kept)), "siuss-not-set")
    return kept


def body_of(kept: SiussSettings) -> Body:
    """Return who transmits, as a flow names them."""
    return Body(kept.body_code, kept.body_name, kept.seat, kept.operator)


def write(kept: SiussSettings, told: Told, said: dict[str, str], **links: Any) -> SiussFlow:  # noqa: ANN401 -- the row's own links
    """Write a flow to be pulled; one our checks stop is kept without a name, with what is wrong. The settings are held."""
    record = rows.record(said, amount_cents=told.amount_cents, paid_on=told.paid_on, operation=told.operation)
    flow = _named(kept, record)
    found = checks.problems(flow)
    stopped = any(problem.blocks for problem in found)
    whole = {} if stopped else {"name": flow.id, "instant": flow.instant, "content": encoded(flow)}
    return SiussFlow.objects.create(
        agency_id=kept.agency_id, application=told.application, decision=told.decision, person_id=told.application.applicant_id,
        operation=told.operation, amount_cents=told.amount_cents, paid_on=told.paid_on,
        due=transmissions.due_on(told.paid_on, kept.deadline_days), said=said, problems=[asdict(problem) for problem in found],
        body_code=kept.body_code, body_name=kept.body_name, state="blocked" if stopped else "ready", created_at=clock.now(),
        **whole, **links,
    )  # fmt: skip


def bring(kept: SiussSettings, told: Told, standing: SiussFlow | None) -> SiussFlow | None:
    """Let what INPS has of a payment be what was paid: nothing is done twice, a wrong sum is taken back and said anew.

    ``told.amount_cents`` of nought says that the money came back. Return the flow that stands, if one does.
    """
    if standing is not None and standing.amount_cents == told.amount_cents:
        return standing
    if standing is not None:
        _take_back(kept, standing)
    return write(kept, told, said_of(told, kept), mended=_mended_before(told)) if told.amount_cents else None


def standing_of(told: Told) -> SiussFlow | None:
    """Return the flow that says a payment now, or None."""
    return transmissions.standing_flows().filter(decision=told.decision, paid_on=told.paid_on).first()


def said_of(told: Told, kept: SiussSettings) -> dict[str, str]:
    """Return what is known of a contribution today, field by field; what was mended for the same person stays mended."""
    person, application = told.application.applicant, told.application
    town = application.tenancy.dwelling.stair.building.municipality.strip().lower()
    isee = Datum.objects.filter(application=application, name="isee").order_by("-pk").first()
    on_isee = any(asked.name == "isee" for asked in application.version.rule.inputs)
    decided = told.decision.decided_at
    said = {
        "fiscal_code": person.fiscal_code.upper(), "family_name": person.family_name, "given_name": person.given_name,
        "birth_year": str(person.birth_date.year) if person.birth_date else "", "birthplace": "", "sex": "",
        "citizenship": UNKNOWN_CITIZENSHIP, "country": ITALY, "region": kept.region,
        "municipality": kept.municipalities.get(town, ""), "application": application.protocol or str(application.number),
        "code": kept.codes.get(application.programme, USUAL_CODE), "means_test": MeansTest.ISEE if on_isee else MeansTest.NONE,
        "decided_on": clock.local(decided).date().isoformat() if decided else "",
        "isee_protocol": isee.evidence if isee else "", "isee_day": isee.as_of.isoformat() if isee and isee.as_of else "",
    }  # fmt: skip
    earlier = _newest_mended(told)
    return said | {name: earlier.said[name] for name in earlier.mended if name in rows.PERSONAL} if earlier else said


def _named(kept: SiussSettings, record: Any) -> Flow:  # noqa: ANN401 -- a record of the pure part
    last = SiussFlow.objects.filter(agency_id=kept.agency_id, instant__isnull=False).order_by("-instant").first()
    instant = next_instant(clock.now(), last.instant if last else None)
    day = clock.local(instant).date()
    start = flow_id(kept.body_code, day, 0)[:SERIAL_FROM]
    rows_of_day = SiussFlow.objects.filter(agency_id=kept.agency_id, name__startswith=start).order_by("-name")
    newest = rows_of_day.values_list("name", flat=True).first()
    serial = int(newest[SERIAL_FROM:]) + 1 if newest else 1
    return Flow(flow_id(kept.body_code, day, serial), instant, body_of(kept), (record,))


def _take_back(kept: SiussSettings, flow: SiussFlow) -> None:
    """Cancel what INPS has or may have, in the very words it was said with; what it never took is dropped."""
    if flow.state in {"blocked", "rejected"}:
        SiussFlow.objects.filter(pk=flow.pk).update(state="dropped")
        return
    told = Told(flow.application, flow.decision, flow.amount_cents, flow.paid_on, Operation.CANCEL)
    write(kept, told, flow.said, mended=flow.mended, cancels=flow)


def _newest_mended(told: Told) -> SiussFlow | None:
    rows_of = SiussFlow.objects.filter(person_id=told.application.applicant_id, agency_id=told.application.agency_id)
    return rows_of.exclude(mended=[]).order_by("-pk").first()


def _mended_before(told: Told) -> list[str]:
    earlier = _newest_mended(told)
    return [name for name in earlier.mended if name in rows.PERSONAL] if earlier else []
