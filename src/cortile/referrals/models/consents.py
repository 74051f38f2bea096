"""The person's yes: to whom, for what, which fields, from when to when, and the very words read to her."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency
from cortile.directory.models import Service
from cortile.kit import clock
from cortile.people.models import Person
from cortile.referrals import fields, words
from cortile.referrals.states import EVIDENCES


class Consent(models.Model):
    """A yes to one service. Withdrawn, or past its last day, it opens nothing from the next request on (GDPR art. 7)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="consents")
    purpose = models.TextField()
    fields = ArrayField(models.TextField())
    starts_on = models.DateField()
    ends_on = models.DateField()
    evidence = models.TextField()
    language = models.CharField(max_length=8)
    # The exact sentence read aloud or shown, in the language it was said in.
    words = models.TextField()
    given_at = models.DateTimeField()
    # Who heard the yes.
    given_to = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.TextField(blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fields__len__gt=0), name="consent_has_fields"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(purpose=""), name="consent_has_words"),
            models.CheckConstraint(condition=Q(evidence__in=EVIDENCES), name="consent_evidence_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), ends_on__lte=F("starts_on") + timedelta(days=90)),
                name="consent_ninety_days",
            ),
        ]
        indexes = [models.Index(fields=["person", "-given_at"], name="consent_of")]

    @property
    def stands(self) -> bool:
        """Tell whether it holds today."""
        return self.withdrawn_at is None and self.starts_on <= clock.today() <= self.ends_on

    @property
    def labels(self) -> list[str]:
        """Return what may be given, in words."""
        return fields.labels(self.fields)

    @property
    def evidence_label(self) -> str:
        """Return how the yes was given, in words."""
        return str(words.EVIDENCE_LABELS[self.evidence])
