"""Where people live, and where somebody waits for them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Staff


class Neighbourhood(models.Model):
    """A quarter or a town of a body, with the other names people give it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="neighbourhoods")
    name = models.TextField()
    municipality = models.TextField()
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="neighbourhood_once")]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A *caseggiato* as the landlord's registry knows it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="buildings")
    code = models.TextField()
    street = models.TextField()
    number = models.TextField(blank=True)
    municipality = models.TextField()
    has_lift = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["street", "number"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="building_once")]

    def __str__(self) -> str:
        return f"{self.street} {self.number}".strip()


class Stair(models.Model):
    """A staircase: the address people actually use."""

    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="stairs")
    name = models.TextField()

    class Meta:
        ordering = ["building_id", "name"]
        constraints = [models.UniqueConstraint(fields=["building", "name"], name="stair_once")]

    def __str__(self) -> str:
        return self.name


class Dwelling(models.Model):
    """An *alloggio*."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    stair = models.ForeignKey(Stair, on_delete=models.PROTECT, related_name="dwellings")
    code = models.TextField()
    floor = models.TextField(blank=True)
    number = models.TextField(blank=True)
    square_metres = models.IntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="dwelling_once")]

    def __str__(self) -> str:
        return self.code


class AddressToken(models.Model):
    """Pieces of an address, so that «tigli 12 c» finds the stair by equality."""

    agency_id = models.BigIntegerField()
    token = models.TextField()
    building = models.ForeignKey(Building, on_delete=models.CASCADE, db_index=False, related_name="tokens")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency_id", "token", "building"], name="address_token_once")]


class Place(models.Model):
    """A Spazio C.A.S.A., a presidio (hallway, library, van) or a pop-up one. Lifecycle R029."""

    KINDS = ("space", "presidio", "popup")
    STATES = ("planned", "opening", "open", "closed")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="places")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, related_name="places")
    building = models.ForeignKey(Building, on_delete=models.SET_NULL, null=True, blank=True, related_name="places")
    kind = models.TextField()
    state = models.TextField(default="open")
    name = models.TextField()
    address = models.TextField(blank=True)
    where = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    step_free = models.BooleanField(null=True, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    # After how many minutes without a touch a screen locks here: a library's table is not a closed office.
    lock_minutes = models.SmallIntegerField(default=10, db_default=10)

    class Meta:
        ordering = ["agency_id", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(lock_minutes__range=(5, 20)), name="place_lock_minutes"),
            models.CheckConstraint(condition=Q(kind__in=["space", "presidio", "popup"]), name="place_kind_known"),
            models.CheckConstraint(condition=Q(state__in=["planned", "opening", "open", "closed"]), name="place_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> str:
        """Return its name with the address, or the spot people know it by: enough to walk there."""
        return ", ".join(dict.fromkeys(part for part in (self.name, self.address, self.where) if part))


class Opening(models.Model):
    """When a place is open: every week on a weekday, or on one date for a pop-up."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="openings")
    weekday = models.SmallIntegerField(null=True, blank=True)
    on_date = models.DateField(null=True, blank=True)
    opens = models.TimeField()
    closes = models.TimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on_date", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_forward"),
            models.CheckConstraint(condition=Q(weekday__isnull=True) ^ Q(on_date__isnull=True), name="opening_week_or_date"),
        ]

    def on(self, day: date) -> bool:
        """Tell whether this opening falls on a day."""
        if self.cancelled_at is not None:
            return False
        return self.on_date == day if self.on_date else self.weekday == day.weekday()


class Posting(models.Model):
    """Who works where and when: one community manager may cover several towns (R048)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="postings")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="postings")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True, blank=True, related_name="postings")
    weekday = models.SmallIntegerField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["staff_id", "weekday"]
        indexes = [models.Index(fields=["staff", "since"], name="posting_of_staff")]
