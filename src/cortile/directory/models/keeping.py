"""Who said that a card is still true and when, and what a partner and a body agreed on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency
from cortile.directory.models.organizations import Organization
from cortile.directory.models.services import Service
from cortile.directory.stages import HOW_CONFIRMED


class Confirmation(models.Model):
    """Somebody said «è ancora così». Rows are added, never changed."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmations")
    at = models.DateTimeField()
    how = models.TextField()
    by_name = models.TextField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=Q(how__in=HOW_CONFIRMED), name="confirmation_how_known")]


class ConfirmationLink(models.Model):
    """The link mailed to who keeps a card: a keyed hash of its token, one use, an end."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="links")
    token_hash = models.TextField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="confirmation_link_ends")]


class Agreement(models.Model):
    """What a body and a partner signed: until when, and which data of a person the partner may be given. Referrals obey it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="agreements")
    title = models.TextField()
    fields = ArrayField(models.TextField(), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ends_on"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_forward")]
