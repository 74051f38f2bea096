"""Money leaves, once: a signed batch goes out with its file, and what the bank or the landlord answers is taken in row by row."""

from __future__ import annotations

import hashlib

from cortile.benefits import access, payable
from cortile.benefits.actions import ledger, sending
from cortile.benefits.actions.batches import people_of, unless_changed
from cortile.benefits.actions.steps import check, refused, staff_id, step
from cortile.benefits.models import Application, Batch, BatchLine, OutcomeFile, OutcomeRow
from cortile.benefits.rules import paying
from cortile.benefits.rules.paying import Row
from cortile.benefits.stages import PAID_BY
from cortile.kit import clock, files
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible

ROOM = "benefits.batch"


@action("batch.sent")
def send_batch(batch_id: int, *, by: Actor) -> Batch:
    """Write the file of a signed batch, keep it, and move its money from committed to paid: all of it, or nothing.

    A batch that left already is the same batch, with the same file: nothing moves twice (I12). Raise ``NotVisible``, or
    ``Refused`` with ``not-allowed-to-pay``, ``batch-not-signed``, ``batch-changed``, ``bank-missing`` or ``order-not-sound``.
    """
    access.require_to(by, "pay batches", "not-allowed-to-pay")
    batch = access.the_batch(by, batch_id)
    lines = payable.lines_of(batch)
    if batch.state not in {"sent", "settled"}:
        check(batch.state == "signed", "batch-not-signed")
        unless_changed(batch, lines)
        _leave(batch, lines, by)
    done("U", batch, persons=people_of(lines), fields=["payment"], reason=batch.reason)
    return batch


@action("batch.answered")
def take_in_outcomes(batch_id: int, content: bytes, *, by: Actor) -> OutcomeFile:
    """Take in what the bank or the landlord answered: each row is applied to its line, or says why not.

    Money that came back is committed again. The same file twice is one. Raise ``NotVisible``, or ``Refused`` with
    ``not-allowed-to-pay``, ``batch-not-sent`` or ``answer-unreadable``.
    """
    access.require_to(by, "pay batches", "not-allowed-to-pay")
    batch = access.the_batch(by, batch_id)
    check(batch.state in {"sent", "settled"}, "batch-not-sent")
    digest = hashlib.sha256(content).hexdigest()
    earlier = batch.outcome_files.filter(digest=digest).first()
    lines = {line.reference: line for line in payable.lines_of(batch)}
    file = earlier or _answered(batch, lines, content, digest, by)
    done("C" if earlier is None else "U", file, persons=people_of(list(lines.values())), fields=["payment"])
    return file


@action("payment.mended")
def mend_account(number: int, *, by: Actor, reason: str, paid_by: str = "transfer", iban: str = "") -> Application:
    """Write how an application is paid from now on: another IBAN, or the tenant's account. Who writes it signs no batch of it.

    Raise ``NotVisible``, or ``Refused`` with ``reason-missing`` or ``account-wrong``.
    """
    found = access.applications_visible_to(by, "pay").filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible
    application = access.held(by, found, "pay")
    check(reason.strip(), "reason-missing")
    bare = "".join(iban.split()).upper()
    check(paid_by in PAID_BY and (paid_by != "transfer" or payable.holds(bare)), "account-wrong")
    application.paid_by, application.iban = paid_by, bare if paid_by == "transfer" else ""
    application.save(update_fields=["paid_by", "iban"])
    step(application, "note", by, reason.strip(), account_by=staff_id(by))
    done("U", application, persons=[application.applicant_id], fields=["account"], reason=reason.strip())
    return application


# --- inner steps ---


def _leave(batch: Batch, lines: list[BatchLine], by: Actor) -> None:
    """Send every line of a batch. The batch goes first: the database lets no line, and no money, leave before it."""
    at = clock.now()
    content = sending.content(batch, lines, at)
    batch.file = files.store(
        ROOM, batch.pk, content, agency_id=batch.agency_id, name=f"{batch.number}", media_type=sending.media_type(batch)
    )
    batch.file_digest, batch.state, batch.sent_at = hashlib.sha256(content).hexdigest(), "sent", at
    batch.sent_by_name = by.name
    batch.save(update_fields=["file", "file_digest", "state", "sent_at", "sent_by_name"])
    batch.rows.update(state="sent")
    for line in lines:
        _pay(batch, line, by)


def _pay(batch: Batch, line: BatchLine, by: Actor) -> None:
    """Move a line's money, once for its reference: a retry finds the first movement."""
    ledger.post(
        batch.envelope, "pay", line.cents, by=by, reason=batch.reason, key=f"pay:{line.reference}", application=line.application,
        decision=line.decision,
    )  # fmt: skip


def _answered(batch: Batch, lines: dict[str, BatchLine], content: bytes, digest: str, by: Actor) -> OutcomeFile:
    try:
        rows = paying.read_answer(content, clock.today())
    except paying.AnswerUnreadableError as broken:
        raise refused("answer-unreadable") from broken
    file = OutcomeFile.objects.create(agency_id=batch.agency_id, batch=batch, digest=digest, at=clock.now(), by_name=by.name)
    taken = [(row, _applied(batch, lines.get(row.reference), row, by)) for row in rows]
    OutcomeRow.objects.bulk_create(
        OutcomeRow(
            agency_id=batch.agency_id, file=file, line_number=row.line_number, reference=row.reference, outcome=row.outcome,
            state="explained" if problem else "applied", problem=problem,
        )
        for row, problem in taken
    )  # fmt: skip
    if batch.state == "sent" and not batch.rows.filter(state="sent").exists():
        batch.state = "settled"
        batch.save(update_fields=["state"])
    return file


def _applied(batch: Batch, line: BatchLine | None, row: Row, by: Actor) -> str:
    """Apply a row to its line and return nothing, or why it was not applied."""
    if row.problem:
        return row.problem
    if line is None:
        return "unknown"
    if row.cents is not None and row.cents != line.cents:
        return "sum-other"
    # What arrived may still come back, days later; nothing else follows an outcome.
    if line.state != "sent" and (line.state, row.outcome) != ("paid", paying.RETURNED):
        return "settled-already"
    line.state, line.reason_code, line.settled_at = row.outcome, row.code, row.day
    line.save(update_fields=["state", "reason_code", "settled_at"])
    if row.outcome == paying.RETURNED:
        ledger.post(
            batch.envelope, "return", line.cents, by=by, reason=f"esito {row.code}".strip(), key=f"return:{line.reference}",
            application=line.application, decision=line.decision,
        )  # fmt: skip
    return ""
