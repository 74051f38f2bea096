"""Calls and their versions: what was published is one set, and never changes."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Staff
from cortile.benefits import terms
from cortile.benefits.rules import reading
from cortile.benefits.rules.nodes import Rule


class Call(models.Model):
    """A call (avviso) of a body: one programme, one window of applications, however often its text was corrected."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    # As the body numbers it: «2026/1».
    code = models.TextField()
    # The rule it was drafted from, which is also the rail a refusal of another call leads to.
    programme = models.TextField()

    class Meta:
        ordering = ["agency_id", "code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="call_once")]


class CallVersion(models.Model):
    """Rule, parameters, texts, documents, window, money and strategy, published together by two people or not at all."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    rule_data = models.JSONField()
    terms_data = models.JSONField()
    # SHA-256 of the two: a decision names it, and is worked out again from it years later.
    fingerprint = models.TextField()
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True)
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="call_version_once"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(proposed_at__isnull=False) & Q(published_at__gte=F("proposed_at")),
                name="call_version_proposed_first",
            ),
            # No rule is in force on one person's word (I11).
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(proposed_by__isnull=False, published_by__isnull=False) & ~Q(published_by=F("proposed_by")),
                name="call_version_two_people",
            ),
        ]

    @cached_property
    def rule(self) -> Rule:
        """Return the rule, read from its data."""
        return reading.read(self.rule_data)

    @cached_property
    def terms(self) -> terms.Terms:
        """Return the terms, read from their data."""
        return terms.read(self.terms_data)

    @property
    def state(self) -> str:
        """Return where it stands: ``draft``, ``proposed`` or ``published``."""
        return "published" if self.published_at else "proposed" if self.proposed_at else "draft"


def in_force(at: datetime, **which: int) -> list[CallVersion]:
    """Return the versions in force at an instant, the newest of each call, among those a filter names.

    One that takes effect later leaves the one before it in force until then.
    """
    rows = CallVersion.objects.filter(published_at__isnull=False, **which).select_related("call")
    found: dict[int, CallVersion] = {}
    for version in rows.order_by("call_id", "-number"):
        if version.terms.in_force(at):
            found.setdefault(version.call_id, version)
    return list(found.values())
