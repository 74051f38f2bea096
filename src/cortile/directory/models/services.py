"""Services, and where each is given (HSDS 3.1: service, service_at_location)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency
from cortile.directory.models.base import Known
from cortile.directory.models.organizations import Location, Organization
from cortile.directory.stages import HOW_CONFIRMED, STATES, STATUSES


class Service(Known):
    """A card of the directory: nothing personal, ever. A draft and a withdrawn card are served to nobody."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    state = models.TextField(default="draft")
    # Where it stands in the public list: given once, at its first publication, and kept when the card is withdrawn.
    position = models.BigIntegerField(unique=True, null=True, blank=True)
    name = models.TextField()
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    url = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    status = models.TextField(default="active")
    interpretation_services = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    fees_description = models.TextField(blank=True)
    free = models.BooleanField(null=True, blank=True)
    wait_time = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    eligibility_description = models.TextField(blank=True)
    minimum_age = models.SmallIntegerField(null=True, blank=True)
    maximum_age = models.SmallIntegerField(null=True, blank=True)
    alert = models.TextField(blank=True)
    # The box of the office that answers for the card: the link «è ancora così» goes there.
    keeper_email = models.EmailField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.TextField(blank=True)
    # A colleague's or the keeper's name: the workspace's only, never served.
    confirmed_by = models.TextField(blank=True)
    # The confirmation that this asking is about: one link for each, however often the job runs.
    asked_at = models.DateTimeField(null=True, blank=True)
    # What a file said and nobody could place: nothing brought is lost.
    brought = models.JSONField(default=dict, blank=True)
    last_modified = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="service_named"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="service_state_known"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="service_status_known"),
            models.CheckConstraint(condition=Q(confirmed_how__in=["", *HOW_CONFIRMED]), name="service_confirmed_how"),
            models.CheckConstraint(condition=Q(state="draft") | Q(position__isnull=False), name="service_published_has_place"),
            models.CheckConstraint(
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(maximum_age__gte=models.F("minimum_age")),
                name="service_ages_forward",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "confirmed_at"], name="service_of_keeper")]

    def __str__(self) -> str:
        return self.name


class ServiceAtLocation(Known):
    """A service in a place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="services_here")
    position = models.BigIntegerField(unique=True, null=True, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="service_at_location_once")]
