"""The only writes about INPS's SIUSS: flows prepared from the ledger, answers taken in, what was stopped or refused mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cortile.agencies.models import Agency
from cortile.benefits import access, transmissions, untold
from cortile.benefits.actions import flow_steps
from cortile.benefits.actions.flow_steps import Told
from cortile.benefits.actions.steps import check
from cortile.benefits.models import Application, Decision, SiussFlow, SiussOutcome, SiussSettings
from cortile.benefits.siuss import rows
from cortile.benefits.siuss.outcomes import ACCEPTED, KIND, Outcome, Row
from cortile.benefits.siuss.records import Operation
from cortile.benefits.siuss.standing import Paid
from cortile.benefits.stages import FLOWS_ANSWERABLE
from cortile.kit import audit, clock, wall
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


@action("siuss.set")
def set_siuss(agency: Agency, *, by: Actor, **values: object) -> SiussSettings:
    """Write who transmits for a body, and how INPS is known to it: any field of ``SiussSettings``.

    Raise ``Refused`` with ``not-allowed`` or ``audience-taken``.
    """
    access.require(by, "set siuss")
    check(by.agency_id in {None, agency.pk}, "not-allowed")
    audience = str(values.get("audience") or "") or None
    check(not (audience and _taken_elsewhere(audience, agency.pk)), "audience-taken")
    kept, _made = SiussSettings.objects.update_or_create(agency=agency, defaults={**values, "audience": audience})
    done("U", kept, fields=sorted(values))
    return kept


@action("siuss.prepared")
def prepare_flow(application_id: int, decision_id: int, amount_cents: int, day: date, *, by: Actor) -> SiussFlow:
    """Tell INPS of a payment, in cents, on a day of Rome. Told already, it is the same flow; another sum takes that one back.

    What our checks find stops the flow and is shown as work: nothing is lost. SOURCE: D.M. 206/2014; D.Lgs. 147/2017, art. 24;
    fifteen days, to be confirmed. Raise ``Refused`` with ``not-allowed``, ``siuss-not-set``, ``flow-not-granted`` or
    ``sum-missing``; ``NotVisible``.
    """
    access.require(by, "send to inps")
    application, decision = _granted(application_id, decision_id, by=by)
    kept = flow_steps.locked(application.agency_id)
    told = Told(application, decision, amount_cents, day)
    flow = flow_steps.bring(kept, told, flow_steps.standing_of(told))
    check(flow, "sum-missing")
    assert flow is not None  # noqa: S101 -- said to the type checker: just checked
    done("C", flow, persons=[flow.person_id], fields=["flow"])
    return flow


@action("siuss.prepared_due")
def prepare_due(agency: Agency, *, by: Actor) -> int:
    """Bring what INPS has to what the ledger says was paid and stayed paid; return how many payments were told or taken back.

    It may run as often as one likes: what is right already is left alone. Raise ``Refused`` with ``siuss-not-set``.
    """
    access.require(by, "send to inps")
    check(by.agency_id in {None, agency.pk}, "not-allowed")
    kept = flow_steps.locked(agency.pk)
    found = untold.wrong(agency.pk)
    for one in found:
        told = Told(one.decision.application, one.decision, one.cents, one.paid.day)
        flow = flow_steps.bring(kept, told, one.standing) or one.standing
        # Each with its own flow: what is kept apart from phones is kept apart here too.
        audit.leave("siuss.prepared", by=by, verb="C", thing=flow, persons=[told.application.applicant_id], fields=["flow"])
    done("C", kept, fields=["flow"])
    return len(found)


@action("siuss.marked_pulled")
def mark_pulled(agency: Agency, *, by: Actor) -> int:
    """Mark the flows INPS has pulled, and return how many. A pull changes nothing itself: it leaves its trace in the audit.

    Raise ``Refused`` with ``not-allowed``.
    """
    access.require(by, "send to inps")
    check(by.agency_id in {None, agency.pk}, "not-allowed")
    found = untold.newly_pulled(agency.pk)
    for flow, at in found:
        SiussFlow.objects.filter(pk=flow.pk, state="ready").update(state="pulled", pulled_at=at)
    done("U", None, persons=[flow.person_id for flow, _at in found], fields=["flow"])
    return len(found)


@action("siuss.answered")
def take_in_results(outcome: Outcome, *, by: Actor) -> list[str]:
    """Take in what INPS says of our flows, each answer once; of two the later stands. Return the names that are none of ours.

    Those are kept too and shown to the office: INPS would repeat them for ever if the whole message were refused. SOURCE:
    specification 2.0.1, 3.3. Raise ``NotVisible`` for whoever is not INPS.
    """
    if access.INPS not in by.scopes:
        raise NotVisible
    said = sorted((*outcome.accepted, *outcome.rejected), key=lambda row: row.acquired_at)
    names = {row.flow_id for row in said if row.kind == KIND}
    held = access.flows_visible_to(by, "answer").filter(name__in=names).order_by("pk").select_for_update()
    flows = {flow.name: flow for flow in held}
    SiussOutcome.objects.bulk_create([_kept(row, flows.get(row.flow_id), by.agency_id or 0) for row in said], ignore_conflicts=True)
    changed = {flow.pk: flow for row in said if (flow := flows.get(row.flow_id)) and _answer(flow, row)}
    SiussFlow.objects.bulk_update(
        changed.values(), ["state", "siuss_id", "reason_code", "reason", "acquired_at", "answered_at", "pulled_at"]
    )
    done("U", None, persons=[flow.person_id for flow in changed.values()], fields=["flow"])
    return [row.flow_id for row in said if row.flow_id not in flows]


@action("siuss.corrected")
def correct_and_resend(flow_id: int, *, by: Actor, corrections: Mapping[str, str], once: str = "") -> SiussFlow:
    """Mend a flow that was stopped or refused, and send another in its place: fields of ``siuss.rows.FIELDS``.

    It gets a later instant. If something still stops it, it waits again with what is wrong. Raise ``Refused`` with
    ``flow-not-to-mend``, ``flow-unchanged`` or ``siuss-not-set``; ``NotVisible``.
    """
    seen = access.flows_visible_to(by, "mend").filter(pk=flow_id).first()
    if seen is None:
        raise NotVisible
    kept = flow_steps.locked(seen.agency_id)
    old = SiussFlow.objects.select_for_update(of=("self",)).select_related("application", "decision").get(pk=flow_id)
    check(transmissions.may_mend(old), "flow-not-to-mend")
    told = Told(old.application, old.decision, old.amount_cents, old.paid_on, Operation(old.operation))
    said, changed = _mended(old, told, kept, corrections)
    # A fault of INPS's own may be answered with the same words; a fault of ours may not.
    check(said != old.said or old.reason_code == "ERRORE_GENERICO", "flow-unchanged")
    SiussFlow.objects.filter(pk=old.pk).update(state="replaced")
    mended = sorted({*old.mended, *changed})
    new = flow_steps.write(kept, told, said, mended=mended, replaces=old, cancels_id=old.cancels_id)
    done("C", new, persons=[new.person_id], fields=changed)
    return new


def _taken_elsewhere(audience: str, agency_id: int) -> bool:
    return wall.asked("benefits_body_of_audience", audience) not in {None, agency_id}


def _granted(application_id: int, decision_id: int, *, by: Actor) -> tuple[Application, Decision]:
    application = access.applications_visible_to(by, "pay").filter(pk=application_id).first()
    if application is None:
        raise NotVisible
    decision = untold.granting([Paid(application_id, decision_id, clock.today())]).get(decision_id)
    check(decision is not None and decision.application_id == application_id, "flow-not-granted")
    assert decision is not None  # noqa: S101 -- said to the type checker: just checked
    return decision.application, decision


def _kept(row: Row, flow: SiussFlow | None, agency_id: int) -> SiussOutcome:
    return SiussOutcome(
        agency_id=agency_id, flow=flow, flow_name=row.flow_id, kind=row.kind, code=row.code, reason=row.reason,
        siuss_id=row.siuss_id, acquired_at=row.acquired_at, received_at=clock.now(),
    )  # fmt: skip


def _answer(flow: SiussFlow, row: Row) -> bool:
    """Put a later answer on a flow; tell whether it changed."""
    if flow.state not in FLOWS_ANSWERABLE or (flow.acquired_at is not None and row.acquired_at <= flow.acquired_at):
        return False
    flow.state = "accepted" if row.code == ACCEPTED else "rejected"
    flow.siuss_id, flow.reason_code, flow.reason = row.siuss_id, "" if row.code == ACCEPTED else row.code, row.reason
    flow.acquired_at, flow.answered_at = row.acquired_at, clock.now()
    flow.pulled_at = flow.pulled_at or row.acquired_at
    return True


def _mended(old: SiussFlow, told: Told, kept: SiussSettings, corrections: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return what a flow says once mended: what somebody wrote, now or before, over what the registry and the body say today.

    What takes another flow back says what that one said, but for what is mended now.
    """
    edited, changed = rows.mended(old.said, corrections)
    if told.operation is Operation.CANCEL:
        return edited, changed
    by_hand = {name: edited[name] for name in {*old.mended, *changed}}
    return flow_steps.said_of(told, kept) | by_hand, changed
