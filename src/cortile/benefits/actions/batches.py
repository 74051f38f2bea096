"""A batch until it leaves: made by one person with a reason, closed, signed by others, or cancelled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from cortile.benefits import access, payable
from cortile.benefits.actions import sending
from cortile.benefits.actions.steps import check
from cortile.benefits.models import Batch, BatchLine, Envelope, Signature, Step
from cortile.benefits.payable import Standing
from cortile.benefits.rules import paying
from cortile.benefits.stages import PAID_BY
from cortile.benefits.words import REFUSALS
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused


@action("batch.made")
def make_batch(
    envelope_id: int, *, by: Actor, way: str, execution_date: date, reason: str, applications: Collection[int] | None = None,
    parts: int = 1, once: str = "",
) -> Batch:  # fmt: skip
    """Put together what can be paid of an envelope in one way: of the applications with these numbers, or of all.

    ``parts`` pays one tranche of so many equal parts; the last takes the rest, to the cent. Raise ``Refused`` with
    ``not-allowed-to-pay``, ``reason-missing``, ``day-past``, ``parts-wrong``, ``cannot-be-paid`` or ``nothing-to-pay``.
    """
    access.require_to(by, "pay batches", "not-allowed-to-pay")
    envelope = _held(by, envelope_id)
    check(way in PAID_BY and 1 <= parts <= paying.MOST_PARTS, "parts-wrong")
    found = payable.standings(envelope, way, parts)
    if applications is not None:
        found = [one for one in found if one.application.number in set(applications)]
        check(len(found) == len(set(applications)) and not any(one.problem for one in found), "cannot-be-paid")
    batch = batch_of(envelope, by=by, way=way, execution_date=execution_date, reason=reason)
    return _filled(batch, [one for one in found if not one.problem])


@action("batch.made_again")
def follow_up(
    batch_id: int, *, by: Actor, execution_date: date, reason: str, way: str = "transfer", once: str = "",
) -> Batch:  # fmt: skip
    """Put together again what came back of a batch, once its cause is mended: the same tranches and cents, new references.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed-to-pay``, ``reason-missing``, ``day-past`` or ``nothing-came-back``.
    """
    access.require_to(by, "pay batches", "not-allowed-to-pay")
    earlier = access.the_batch(by, batch_id)
    found = payable.again(came_back_of(earlier))
    ready = [one for one in found if not one.problem and one.application.paid_by == way]
    check(ready, "nothing-came-back")
    batch = batch_of(earlier.envelope, by=by, way=way, execution_date=execution_date, reason=reason, follows=earlier)
    return _filled(batch, ready)


@action("batch.closed")
def close_batch(batch_id: int, *, by: Actor) -> Batch:
    """Close a batch for its signatures: from now on its lines never change, and its file is known to be sound.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed-to-pay``, ``batch-not-open``, ``day-past``, ``batch-changed``,
    ``text-not-neutral``, ``bank-missing`` or ``order-not-sound``.
    """
    access.require_to(by, "pay batches", "not-allowed-to-pay")
    batch = access.the_batch(by, batch_id)
    check(batch.state == "open", "batch-not-open")
    check(batch.execution_date >= clock.today(), "day-past")
    lines = payable.lines_of(batch)
    unless_changed(batch, lines)
    sending.content(batch, lines, clock.now())
    batch.total_cents, batch.count = sum(line.cents for line in lines), len(lines)
    batch.signatures_needed = paying.signatures_for(batch.total_cents, payable.bands_of(batch.agency_id)[0])
    batch.digest, batch.state, batch.closed_at = payable.fingerprint(lines), "closed", clock.now()
    batch.save(update_fields=["total_cents", "count", "signatures_needed", "digest", "state", "closed_at"])
    done("U", batch, persons=people_of(lines), fields=["payment"], reason=batch.reason)
    return batch


@action("batch.signed")
def sign_batch(batch_id: int, *, by: Actor) -> Batch:
    """Sign a closed batch that somebody else made. With the last signature it may leave.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed-to-sign``, ``batch-not-closed``, ``own-batch``, ``helped-one``,
    ``signed-already`` or ``batch-changed``.
    """
    access.require_to(by, "sign batches", "not-allowed-to-sign")
    batch = access.the_batch(by, batch_id)
    check(batch.state == "closed", "batch-not-closed")
    check(batch.made_by_id != by.id, "own-batch")
    check(not batch.signatures.filter(staff_id=by.id or 0).exists(), "signed-already")
    lines = payable.lines_of(batch)
    check(not _has_a_hand_in(lines, by), "helped-one")
    unless_changed(batch, lines)
    Signature.objects.create(
        agency_id=batch.agency_id, batch=batch, staff_id=by.id or 0, by_name=by.name, at=clock.now(),
        total_cents=batch.total_cents, digest=batch.digest,
    )  # fmt: skip
    if batch.signatures.count() >= batch.signatures_needed:
        batch.state = "signed"
        batch.save(update_fields=["state"])
    done("U", batch, persons=people_of(lines), fields=["signature"])
    return batch


@action("batch.cancelled")
def cancel_batch(batch_id: int, *, by: Actor, reason: str) -> Batch:
    """Cancel a batch that has not left: its lines are free for another one.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed-to-pay``, ``reason-missing`` or ``batch-gone``.
    """
    access.require_to(by, "pay batches", "not-allowed-to-pay")
    batch = access.the_batch(by, batch_id)
    check(reason.strip(), "reason-missing")
    check(batch.state in {"open", "closed", "signed"}, "batch-gone")
    batch.state = "cancelled"
    batch.save(update_fields=["state"])
    lines = payable.lines_of(batch)
    batch.rows.update(state="dropped")
    done("U", batch, persons=people_of(lines), fields=["payment"], reason=reason.strip())
    return batch


# --- inner steps ---


def batch_of(envelope: Envelope, *, by: Actor, way: str, execution_date: date, reason: str, follows: Batch | None = None) -> Batch:
    """Begin a batch, empty. Raise ``Refused`` with ``reason-missing`` or ``day-past``."""
    check(reason.strip(), "reason-missing")
    check(execution_date >= clock.today(), "day-past")
    batch = Batch.objects.create(
        agency_id=envelope.agency_id, envelope=envelope, way=way, execution_date=execution_date, reason=reason.strip(),
        made_by_id=by.id or 0, made_at=clock.now(), follows=follows,
    )  # fmt: skip
    batch.refresh_from_db(fields=["number"])
    return batch


def people_of(lines: Sequence[BatchLine]) -> list[int]:
    """Return the applicants of some lines."""
    return [line.application.applicant_id for line in lines]


def came_back_of(batch: Batch) -> list[BatchLine]:
    """Return the lines of a batch that came back and are in no other batch since."""
    ours = [line for line in payable.lines_of(batch) if line.state == "returned"]
    live = BatchLine.objects.filter(application__in=[line.application_id for line in ours]).exclude(state="dropped").order_by("pk")
    still = {line.pk for line in payable.came_back(live)}
    return [line for line in ours if line.pk in still]


def unless_changed(batch: Batch, lines: Sequence[BatchLine]) -> None:
    """Raise ``Refused`` with ``batch-changed``, naming the applications, when what was written no longer stands."""
    changed = payable.changed_since(batch, lines)
    altered = batch.digest and batch.digest != payable.fingerprint(lines)
    if changed or altered:
        named = ", ".join(map(str, changed))
        raise Refused("batch-changed", f"{REFUSALS['batch-changed'][0]} {named}".strip(), str(REFUSALS["batch-changed"][1]))


def _held(by: Actor, envelope_id: int) -> Envelope:
    found = access.envelopes_visible_to(by).filter(pk=envelope_id).exists()
    if not found:
        raise NotVisible
    return Envelope.objects.select_for_update().get(pk=envelope_id)


def _filled(batch: Batch, found: Sequence[Standing]) -> Batch:
    """Write the lines of a batch; each has a reference of its own, which names nobody."""
    check(found, "nothing-to-pay")
    rows: list[dict[str, Any]] = [
        {
            "application": one.application, "decision": one.decision, "tranche": one.tranche, "parts": one.parts,
            "cents": one.cents, "payee_name": one.application.applicant.full_name,
            "iban": one.application.iban if batch.way == "transfer" else "",
            "account_code": one.account_code if batch.way == "account" else "",
        }
        for one in found
    ]  # fmt: skip
    BatchLine.objects.bulk_create(
        BatchLine(agency_id=batch.agency_id, batch=batch, reference=f"{batch.number}-{row}", **values)
        for row, values in enumerate(rows, start=1)
    )
    done("C", batch, persons=[one.application.applicant_id for one in found], fields=["payment"], reason=batch.reason)
    return batch


def _has_a_hand_in(lines: Sequence[BatchLine], by: Actor) -> bool:
    """Tell whether somebody filled in an application of these with her, or wrote the account its money goes to."""
    if any(line.application.helped_by_id == by.id for line in lines):
        return True
    mended = Step.objects.filter(application__in=[line.application_id for line in lines], kind="note", data__account_by=by.id)
    return mended.exists()
