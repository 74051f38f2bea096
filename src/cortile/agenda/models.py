"""A plain appointment."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from cortile.agencies.models import Agency, Staff
from cortile.agenda import words
from cortile.homes.models import Place
from cortile.listening.models import Thread
from cortile.people.models import Person


class Appointment(models.Model):
    """Somebody is expected somewhere at an hour, with what to bring."""

    STATES = ("booked", "cancelled", "done", "no_show")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="appointments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="appointments")
    thread = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    bring = models.TextField(blank=True)
    interpreter = models.BooleanField(default=False)
    state = models.TextField(default="booked")
    moved_from = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_forward"),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "cancelled", "done", "no_show"]), name="appointment_state_known"
            ),
            # The staff number as a range of one: it needs no extension, so that any PostgreSQL of the house keeps it.
            ExclusionConstraint(
                name="appointment_staff_once",
                expressions=[
                    (Func(F("staff"), F("staff"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="booked"),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "starts_at"], name="appointment_of_agency"),
            models.Index(fields=["person", "starts_at"], name="appointment_of_person"),
        ]

    @property
    def state_label(self) -> str:
        """Return where it stands, in words."""
        return str(words.STATE_LABELS[self.state])

    @property
    def place_line(self) -> str:
        """Return the place with the address, or the spot people know it by."""
        return self.place.line


class CallBack(models.Model):
    """A call we promised, on a day and between two hours, with an interpreter where one is needed."""

    STATES = ("booked", "done", "not_found", "cancelled")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="call_backs")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="call_backs")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="call_backs")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    language = models.CharField(max_length=8, default="it")
    interpreter = models.BooleanField(default=False)
    state = models.TextField(default="booked")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="call_back_forward"),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "done", "not_found", "cancelled"]), name="call_back_state_known"
            ),
            models.UniqueConstraint(fields=["thread"], condition=Q(state="booked"), name="call_back_one_open"),
        ]
        indexes = [models.Index(fields=["staff", "starts_at"], name="call_back_of_staff", condition=Q(state="booked"))]
