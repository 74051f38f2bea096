"""Organisations and the places they work in (HSDS 3.1: organization, location with its address)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency
from cortile.directory.models.base import Known
from cortile.directory.stages import PLACES
from cortile.homes.models import Neighbourhood


class Organization(Known):
    """Who offers services: public, private, third sector. ``kind`` is an open list; ``agency`` is the body that keeps the card."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
    # Where it stands in the public list: given once, at its first published service, so that pages never shift.
    position = models.BigIntegerField(unique=True, null=True, blank=True)
    name = models.TextField()
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    kind = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    # Codice fiscale or partita IVA of the organisation: never a person's.
    tax_id = models.TextField(blank=True)
    legal_status = models.TextField(blank=True)
    last_modified = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="organization_named")]
        indexes = [models.Index(fields=["agency", "tax_id"], name="organization_tax_id")]

    def __str__(self) -> str:
        return self.name


class Location(Known):
    """A place with its address. Degrees are whole millionths (WGS 84)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="locations")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="locations")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.SET_NULL, null=True, blank=True, related_name="locations")
    address_uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    location_type = models.TextField(default="physical")
    name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    address_1 = models.TextField(blank=True)
    city = models.TextField(blank=True)
    state_province = models.TextField(blank=True)
    postal_code = models.TextField(blank=True)
    country = models.TextField(default="IT")
    latitude_e6 = models.IntegerField(null=True, blank=True)
    longitude_e6 = models.IntegerField(null=True, blank=True)
    # Null where nobody has looked: unknown is not «no».
    step_free = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(location_type__in=PLACES), name="location_type_known"),
            models.CheckConstraint(
                condition=Q(latitude_e6__range=(-90_000_000, 90_000_000)) | Q(latitude_e6=None), name="location_latitude"
            ),
        ]

    @property
    def line(self) -> str:
        """Return its address on one line."""
        return ", ".join(part for part in (self.address_1, " ".join(p for p in (self.postal_code, self.city) if p)) if part)
