"""What the landlord says a contract owes. Never changed here, only mirrored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.accounts import rules, words
from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.people.models import Household, Tenancy

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


class RentBand(models.Model):
    """The *fascia* of a contract after a census (L.R. 27/2009 art. 31), reckoned on the regional ISEE-ERP.

    ISEE-ERP is not the national ISEE: ``IseeStatement`` is that one, and neither is ever worked out from the other.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()
    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="bands")
    area = models.TextField()
    step = models.TextField(blank=True)
    census_year = models.SmallIntegerField()
    as_of = models.DateField()
    source = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-census_year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="rent_band_once"),
            models.UniqueConstraint(fields=["tenancy", "census_year"], name="rent_band_of_census"),
            models.CheckConstraint(condition=Q(area__in=rules.AREAS), name="rent_band_area_known"),
        ]


class Charge(models.Model):
    """What a contract was asked for one item in one season, and what it paid. Cents, never below nought."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()
    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="charges")
    item = models.TextField()
    season = models.TextField()
    due_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField(default=0)
    # By how much it grew over the season before, where the landlord says it: one of the three bases a notice may name.
    increase_cents = models.BigIntegerField(null=True, blank=True)
    as_of = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-season", "item"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="charge_once"),
            models.UniqueConstraint(fields=["tenancy", "item", "season"], name="charge_of_season"),
            models.CheckConstraint(condition=Q(item__in=rules.ITEMS), name="charge_item_known"),
            models.CheckConstraint(
                condition=Q(due_cents__gte=0, paid_cents__gte=0) & (Q(increase_cents=None) | Q(increase_cents__gte=0)),
                name="charge_not_below_nought",
            ),
        ]


class IseeStatement(models.Model):
    """An *attestazione ISEE* of a household, ordinary or current (DPCM 159/2013). Good to its last day included."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="isee_statements")
    kind = models.TextField()
    value_cents = models.BigIntegerField()
    protocol = models.TextField(blank=True)
    issued_on = models.DateField()
    valid_until = models.DateField()
    # INPS found omissions: it is good all the same, and the body may ask for papers (domain §3). Never a no by itself.
    discrepancies = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="isee_once"),
            models.UniqueConstraint(fields=["household", "protocol"], condition=~Q(protocol=""), name="isee_protocol_once"),
            models.CheckConstraint(condition=Q(kind__in=rules.ISEE_KINDS), name="isee_kind_known"),
            models.CheckConstraint(condition=Q(value_cents__gte=0), name="isee_not_below_nought"),
            models.CheckConstraint(condition=Q(valid_until__gte=models.F("issued_on")), name="isee_forward"),
        ]


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
