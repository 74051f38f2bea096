"""Batches of payments: lines that never change, signatures of different people, and what the bank or the landlord answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from cortile.agencies.models import Agency, Staff
from cortile.benefits import words
from cortile.benefits.models.applications import Application, known
from cortile.benefits.models.decisions import Decision
from cortile.benefits.models.ledger import Envelope
from cortile.benefits.stages import BATCHES, LINES, LIVE, PAID_BY, ROWS
from cortile.kit.models import StoredFile


class SignatureBand(models.Model):
    """How many people sign a batch beside who made it, up to a total in cents; ``up_to_cents`` is empty for any above."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="signature_bands")
    up_to_cents = models.BigIntegerField(null=True, blank=True)
    signatures = models.SmallIntegerField()

    class Meta:
        ordering = [F("up_to_cents").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["agency", "up_to_cents"], nulls_distinct=False, name="signature_band_once"),
            models.CheckConstraint(condition=Q(signatures__gte=1), name="signature_band_at_least_one"),
        ]


class BankAccount(models.Model):
    """The account a body pays from, and the words its payees read. ``unconfirmed`` says what the bank is still to confirm."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="bank_account")
    debtor_name = models.TextField()
    iban = models.TextField()
    abi = models.TextField()
    cuc = models.TextField()
    category_purpose = models.TextField(default="GOVT")
    unconfirmed = models.TextField(blank=True)


class Batch(models.Model):
    """Payments of one envelope that leave together, in one way, on one day. Once closed, only its state goes on.

    ``digest`` is the SHA-256 of its lines when it was closed; ``file_digest`` that of the file that left.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="batches")
    number = models.BigIntegerField(unique=True, db_default=RawSQL("nextval('benefits_batch_number')", ()), editable=False)
    way = models.TextField()
    state = models.TextField(default="open")
    execution_date = models.DateField()
    reason = models.TextField()
    total_cents = models.BigIntegerField(default=0)
    count = models.IntegerField(default=0)
    signatures_needed = models.SmallIntegerField(default=0)
    digest = models.TextField(blank=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by_name = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    file_digest = models.TextField(blank=True)
    # The batch whose returned lines it pays again.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            known("way", PAID_BY, "batch_way_known"),
            known("state", BATCHES, "batch_state_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="batch_says_why"),
            # Whoever made it and at least one more: no euro leaves on one person's word (I11).
            models.CheckConstraint(
                condition=Q(state__in=["open", "cancelled"])
                | Q(signatures_needed__gte=1, total_cents__gt=0, count__gt=0, closed_at__isnull=False) & ~Q(digest=""),
                name="batch_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "settled"]) | Q(sent_at__isnull=False, file__isnull=False) & ~Q(file_digest=""),
                name="batch_sent_with_its_file",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-number"], name="batch_of_body")]

    @property
    def state_label(self) -> str:
        """Return where it stands, in words."""
        return str(words.BATCH_LABELS[self.state])

    @property
    def way_label(self) -> str:
        """Return how it is paid, in words."""
        return str(words.WAY_LABELS[self.way])


class BatchLine(models.Model):
    """One payment: written once, then only its state goes on. ``reference`` is the end-to-end id, and names nobody.

    ``account_code`` is the landlord's code of the contract's account, for what is set off against it.
    """

    agency_id = models.BigIntegerField(editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="payments")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="payments")
    tranche = models.SmallIntegerField(default=1)
    # Of how many parts, as the batch was made; the last takes the rest.
    parts = models.SmallIntegerField(default=1)
    cents = models.BigIntegerField()
    reference = models.TextField(unique=True)
    payee_name = models.TextField()
    iban = models.TextField(blank=True)
    account_code = models.TextField(blank=True)
    state = models.TextField(default="queued")
    reason_code = models.TextField(blank=True)
    settled_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["batch_id", "pk"]
        constraints = [
            known("state", LINES, "batch_line_state_known"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="batch_line_above_nought"),
            models.CheckConstraint(condition=Q(reference__regex=r"^[0-9]+(-[0-9]+)+$"), name="batch_line_reference_neutral"),
            # A tranche of a decision is paid once: it is in one batch at a time, unless it came back.
            models.UniqueConstraint(fields=["decision", "tranche"], condition=Q(state__in=LIVE), name="batch_line_once"),
        ]

    @property
    def state_label(self) -> str:
        """Return where it stands, in words."""
        return str(words.LINE_LABELS[self.state])


class Signature(models.Model):
    """Somebody else's name on a closed batch. Append-only; never its maker's, nor of who helped with an application in it."""

    agency_id = models.BigIntegerField(editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="signatures")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    by_name = models.TextField()
    at = models.DateTimeField()
    # What was signed: the total and the lines as they stood.
    total_cents = models.BigIntegerField()
    digest = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "staff"], name="signature_once")]


class OutcomeFile(models.Model):
    """What the bank or the landlord answered about a batch. The same file twice is one. Append-only."""

    agency_id = models.BigIntegerField(editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="outcome_files")
    digest = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "digest"], name="outcome_file_once")]


class OutcomeRow(models.Model):
    """One row of an answer: applied to a line, or explained. Append-only."""

    agency_id = models.BigIntegerField(editable=False)
    file = models.ForeignKey(OutcomeFile, on_delete=models.PROTECT, related_name="rows")
    line_number = models.IntegerField()
    reference = models.TextField()
    outcome = models.TextField()
    state = models.TextField()
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["file_id", "line_number"]
        constraints = [
            known("state", ROWS, "outcome_row_state_known"),
            models.UniqueConstraint(fields=["file", "line_number"], name="outcome_row_once"),
            models.CheckConstraint(condition=Q(state="applied") ^ ~Q(problem=""), name="outcome_row_explained"),
        ]

    @property
    def problem_label(self) -> str:
        """Return why nothing was changed, in words."""
        return str(words.ROW_PROBLEMS[self.problem]) if self.problem else ""
