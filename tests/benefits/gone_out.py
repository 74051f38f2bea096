"""A payment that left, and one that came back, written row by row as the database itself allows: for rooms that only read them."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction

from cortile.agencies.models import Staff
from cortile.benefits.actions import ledger
from cortile.benefits.models import Batch, BatchLine, Decision, Entry, Envelope, Signature
from cortile.kit import clock, files, scopes
from tests import cast


def pay(decision: Decision, cents: int, on: date) -> Entry:
    """Put one line in a batch of its own, signed by somebody else, and send it on a day."""
    application, (maker, signer) = decision.application, Staff.objects.filter(agency_id=decision.agency_id).order_by("pk")[:2]
    with transaction.atomic(), scopes.opened(scopes.EVERYTHING), clock.frozen(clock.at(on, time(9))):
        envelope = Envelope.objects.get(call=application.call)
        batch = Batch.objects.create(
            agency_id=decision.agency_id, envelope=envelope, way="transfer", execution_date=on, reason="prova", made_by=maker,
            made_at=clock.now(),
        )  # fmt: skip
        line = BatchLine.objects.create(
            agency_id=decision.agency_id, batch=batch, application=application, decision=decision, cents=cents,
            reference=f"{application.number}-{batch.pk}-1", payee_name="Prova", iban="IT60X0542811101000000123456",
        )  # fmt: skip
        _leave(batch, signer, cents)
        BatchLine.objects.filter(pk=line.pk).update(state="sent")
        return _posted(envelope, line, "pay")


def _leave(batch: Batch, signer: Staff, cents: int) -> None:
    rows, now = Batch.objects.filter(pk=batch.pk), clock.now()
    rows.update(state="closed", closed_at=now, total_cents=cents, count=1, signatures_needed=1, digest="x")
    Signature.objects.create(
        agency_id=batch.agency_id, batch=batch, staff=signer, by_name="Prova", at=now, total_cents=cents, digest="x"
    )
    rows.update(state="signed")
    sheet = files.store("benefits.batch", batch.pk, b"x", agency_id=batch.agency_id, name="x.csv", media_type="text/csv")
    rows.update(state="sent", sent_at=now, file=sheet, file_digest="x")


def come_back(decision: Decision, on: date) -> Entry:
    """Let the last payment of a decision come back on a day."""
    with transaction.atomic(), scopes.opened(scopes.EVERYTHING), clock.frozen(clock.at(on, time(9))):
        line = BatchLine.objects.filter(decision=decision, state="sent").latest("pk")
        BatchLine.objects.filter(pk=line.pk).update(state="returned")
        return _posted(line.batch.envelope, line, "return")


def _posted(envelope: Envelope, line: BatchLine, move: str) -> Entry:
    return ledger.post(
        envelope, move, line.cents, by=cast.machine(), reason="prova", key=f"{move}:{line.reference}",
        application=line.application, decision=line.decision,
    )  # fmt: skip
