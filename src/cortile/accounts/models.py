"""What the landlord says a contract owes. Never changed here, only mirrored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.accounts import rules, words
from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.people.models import Tenancy

# Where the files of a delivery wait between the dry run and the confirmation, and what the dry run found.
WAITING, DIFFERENCES = "accounts.delivery", "accounts.differences"


class Account(models.Model):
    """The rent account of a contract: a balance in cents (positive is owed) on a day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()
    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="accounts")
    balance_cents = models.BigIntegerField(default=0)
    monthly_rent_cents = models.BigIntegerField(null=True, blank=True)
    as_of = models.DateField()
    # Since when something is owed, as the landlord says it; nothing when nobody said.
    owed_since = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="account_once")]

    @property
    def standing(self) -> str:
        """Return how the contract stands: ``owes``, ``even`` or ``credit``."""
        return rules.standing_of(self.balance_cents)

    @property
    def credit_cents(self) -> int:
        """Return what was paid in excess, or nothing."""
        return max(0, -self.balance_cents)

    @property
    def protected_by(self) -> list[Protection]:
        """Return what protects the contract today: it is said wherever the debt is."""
        return [p for p in self.protections.all() if p.stands]


class Protection(models.Model):
    """What protects a contract while it owes: an agreed plan, or an application waiting for its answer.

    It stands beside the debt wherever the debt is shown.
    """

    KINDS = ("plan", "application")

    agency_id = models.BigIntegerField(editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="protections")
    kind = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    instalment_cents = models.BigIntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    said_by = models.TextField()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["plan", "application"]), name="protection_kind_known"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")), name="protection_forward"),
        ]

    @property
    def stands(self) -> bool:
        """Tell whether it holds today."""
        return rules.stands(self.since, self.until, self.ended_on, clock.today())

    @property
    def kind_label(self) -> str:
        """Return what it is, in words."""
        return str(words.KIND_LABELS[self.kind])


class RegistryImport(models.Model):
    """One run of the registry import: what it found, and the rows it could not take (file name → CSV)."""

    STATES = ("dry", "done", "failed")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    by_name = models.TextField()
    state = models.TextField()
    counts = models.JSONField(default=dict)
    rejected = models.IntegerField(default=0)
    rejects = models.JSONField(default=dict)

    class Meta:
        ordering = ["-started_at"]
        constraints = [models.CheckConstraint(condition=Q(state__in=["dry", "done", "failed"]), name="registry_import_state")]
