"""What our own referrals taught us of a service, as of a day. Fewer than five tell nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency
from cortile.directory.models import Service


class ServiceFigures(models.Model):
    """Counts and shares (basis points) of a body's own referrals to a service; all null under five."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="figures")
    day = models.DateField()
    referrals = models.IntegerField(null=True, blank=True)
    answered = models.IntegerField(null=True, blank=True)
    accepted = models.IntegerField(null=True, blank=True)
    median_answer_days = models.IntegerField(null=True, blank=True)
    acceptance_bp = models.IntegerField(null=True, blank=True)
    met_bp = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["service_id", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "service", "day"], name="service_figures_once"),
            models.CheckConstraint(
                condition=Q(referrals__gte=5)
                | Q(referrals=None, answered=None, accepted=None, median_answer_days=None, acceptance_bp=None, met_bp=None),
                name="service_figures_hidden",
            ),
        ]
