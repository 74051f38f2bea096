"""What a card says more: hours, telephones, languages, steps, costs, places left, and whom it is for (HSDS 3.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cortile.directory.models.base import Known, one_of
from cortile.directory.models.organizations import Location, Organization
from cortile.directory.models.services import Service, ServiceAtLocation
from cortile.directory.stages import CAPACITIES, FREQUENCIES
from cortile.directory.words import day_in_words
from cortile.homes.models import Neighbourhood


class Schedule(Known):
    """Hours: every week or month (the parts of an RRULE), or an exception on one date, which wins over them.

    An exception without hours is a day closed. One that closes at an earlier hour than it opens closes on the next day.
    Source: RFC 5545; HSDS 3.1 schedule.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules")
    at_location = models.ForeignKey(ServiceAtLocation, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules")
    exception = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    freq = models.TextField(blank=True)
    interval = models.SmallIntegerField(default=1)
    byday = models.TextField(blank=True)
    bymonthday = models.TextField(blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["exception", "valid_from", "opens_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("service", "location", "at_location"), name="schedule_of_one"),
            models.CheckConstraint(condition=Q(freq__in=["", *FREQUENCIES]), name="schedule_freq_known"),
            models.CheckConstraint(
                condition=Q(exception=False) | Q(valid_from__isnull=False, valid_to=F("valid_from"), freq=""),
                name="schedule_exception_is_a_day",
            ),
            models.CheckConstraint(condition=~Q(closes_at=F("opens_at")) | Q(opens_at=None), name="schedule_lasts"),
        ]

    @property
    def days(self) -> str:
        """Return its days in words: «lun, mer», «secondo mar»."""
        return ", ".join(day_in_words(part) for part in self.byday.split(",") if part)


class Phone(Known):
    """A telephone of an office: no person's own."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="phones")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="phones")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="phones")
    number = models.TextField()
    type = models.TextField(blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=one_of("organization", "service", "location"), name="phone_of_one")]


class Language(Known):
    """A language spoken there (BCP 47)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.TextField(blank=True)
    name = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class Accessibility(Known):
    """What a place has, or lacks, for who moves, hears or sees with difficulty."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    description = models.TextField()
    details = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class CostOption(Known):
    """A price, in integer cents; none is a price in words only."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="costs")
    option = models.TextField(blank=True)
    amount_cents = models.IntegerField(null=True, blank=True)
    amount_description = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gte=0) | Q(amount_cents=None), name="cost_not_negative")]


class ServiceArea(Known):
    """Whom a service is for by where they live: its catchment."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.SET_NULL, null=True, blank=True, related_name="served_by")
    name = models.TextField()
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class ServiceCapacity(Known):
    """Whether there is room now, as the service said last (HSDS service_capacity; FHIR's words for the state)."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="capacity")
    unit_uuid = models.UUIDField()
    state = models.TextField()
    unit = models.TextField(default="posti")
    available = models.IntegerField(default=0)
    maximum = models.IntegerField(null=True, blank=True)
    updated = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CAPACITIES), name="capacity_state_known"),
            models.CheckConstraint(condition=Q(available__gte=0), name="capacity_not_negative"),
        ]
