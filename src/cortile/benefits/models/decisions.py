"""A decision: what it was worked out from, by which text, proposed by one person and taken by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Staff
from cortile.benefits.models.applications import Application, known
from cortile.benefits.models.calls import CallVersion
from cortile.benefits.stages import DECISIONS, OUTCOMES


class Decision(models.Model):
    """One decision on an application, whole: it is worked out again, years later, from its own row and its version.

    ``facts`` holds for each input ``value``, ``source``, ``as_of`` and ``expires_on``; ``failed``, ``missing`` and ``doubt``
    are one bit a requirement, in the rule's order. Money is cents: ``award_cents`` is what the rule gives, ``granted_cents``
    what the envelope reaches.
    """

    agency_id = models.BigIntegerField(editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    number = models.SmallIntegerField()
    kind = models.TextField(default="first")
    version = models.ForeignKey(CallVersion, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    facts = models.JSONField()
    failed = models.SmallIntegerField(default=0)
    missing = models.SmallIntegerField(default=0)
    doubt = models.SmallIntegerField(default=0)
    fingerprint = models.TextField()
    outcome = models.TextField()
    award_cents = models.BigIntegerField(default=0)
    granted_cents = models.BigIntegerField(default=0)
    grounds = models.TextField(blank=True)
    # Who filled it in with her, again here: so that the database itself keeps them from the signature.
    helped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_why = models.TextField(blank=True)

    class Meta:
        ordering = ["application_id", "number"]
        constraints = [
            known("kind", DECISIONS, "decision_kind_known"),
            known("outcome", OUTCOMES, "decision_outcome_known"),
            models.UniqueConstraint(fields=["application", "number"], name="decision_number_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(decided_at=None, sent_back_at=None), name="decision_one_proposal"
            ),
            models.CheckConstraint(condition=Q(decided_at=None) | Q(sent_back_at=None), name="decision_taken_or_sent_back"),
            # Two people, and neither is who filled it in with her (I11).
            models.CheckConstraint(
                condition=Q(decided_at=None)
                | Q(proposed_by__isnull=False, decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="decision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(helped_by=None)
                | (Q(proposed_by=None) | ~Q(proposed_by=F("helped_by"))) & (Q(decided_by=None) | ~Q(decided_by=F("helped_by"))),
                name="decision_not_by_the_helper",
            ),
            models.CheckConstraint(
                condition=Q(granted_cents__gte=0, granted_cents__lte=F("award_cents")), name="decision_within_award"
            ),
        ]

    @property
    def state(self) -> str:
        """Return where it stands: ``proposed``, ``decided`` or ``sent_back``."""
        return "decided" if self.decided_at else "sent_back" if self.sent_back_at else "proposed"
