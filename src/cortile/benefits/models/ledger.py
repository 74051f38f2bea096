"""The ledger of an envelope: double entry, in cents. The database sums the balances itself, and lets none fall below nought."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from cortile.agencies.models import Agency
from cortile.benefits.models.applications import Application, known
from cortile.benefits.models.calls import Call
from cortile.benefits.models.decisions import Decision
from cortile.benefits.stages import ACCOUNTS, MOVES


class Envelope(models.Model):
    """Money set aside for a call in a body. ``fund`` is where it comes from; ``unconfirmed`` says what is still to be confirmed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()
    fund = models.TextField()
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="envelope", null=True, blank=True)
    unconfirmed = models.TextField(blank=True)

    class Meta:
        ordering = ["agency_id", "code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="envelope_once")]


class Balance(models.Model):
    """What stands on one account of an envelope now, in cents. Only the database writes it, from the postings."""

    agency_id = models.BigIntegerField(editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="balances")
    account = models.TextField()
    cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["envelope", "account"], name="balance_once"),
            known("account", ACCOUNTS, "balance_account_known"),
            # No envelope is ever overspent (I11), and nothing is paid that was not committed.
            models.CheckConstraint(condition=Q(account="funding") | Q(cents__gte=0), name="balance_never_below_nought"),
        ]


class Entry(models.Model):
    """One movement of money, with who, why and for whom. ``key`` makes a retry the same movement (I12). Append-only."""

    agency_id = models.BigIntegerField(editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="entries")
    move = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()
    reason = models.TextField()
    key = models.TextField()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="entries", null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="entries", null=True, blank=True)
    # The transaction that wrote it: no side is added to a movement that is over.
    tx = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", ()), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("move", tuple(MOVES), "entry_move_known"),
            models.UniqueConstraint(fields=["envelope", "key"], name="entry_once"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(key=""), name="entry_says_why"),
        ]


class Posting(models.Model):
    """One side of a movement: cents on an account, above or below nought. The sides of an entry come to nought together."""

    agency_id = models.BigIntegerField(editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.TextField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            known("account", ACCOUNTS, "posting_account_known"),
            models.CheckConstraint(condition=~Q(cents=0), name="posting_not_nought"),
            models.UniqueConstraint(fields=["entry", "account"], name="posting_account_once"),
        ]
