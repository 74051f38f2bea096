"""The list of a call, as it was drawn: application numbers, places and cents, and never a name. Drawn, it does not change."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from cortile.agencies.models import Agency
from cortile.benefits.models.calls import Call


class DrawnList(models.Model):
    """The line of a call at one moment, and what each place was given. A wrong one is made void with a reason, never mended."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="lists")
    drawn_at = models.DateTimeField()
    by_name = models.TextField()
    strategy = models.TextField()
    last = models.TextField()
    # How many places it has; and what there was to give when it was drawn, in cents.
    many = models.IntegerField()
    available_cents = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by_name = models.TextField(blank=True)
    void_reason = models.TextField(blank=True)
    # The transaction that drew it: no place is added afterwards.
    tx = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", ()), editable=False)

    class Meta:
        ordering = ["call_id", "-drawn_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(voided_at=None), name="drawn_list_one_in_force"),
            models.CheckConstraint(condition=Q(voided_at=None) ^ ~Q(void_reason=""), name="drawn_list_void_says_why"),
        ]


class DrawnPlace(models.Model):
    """One place of a list: the application's number, what it asked for and what it was given, in cents (D.Lgs. 33/2013 art. 26)."""

    agency_id = models.BigIntegerField(editable=False)
    drawn_list = models.ForeignKey(DrawnList, on_delete=models.PROTECT, related_name="places")
    place = models.IntegerField()
    number = models.BigIntegerField()
    asked_cents = models.BigIntegerField()
    given_cents = models.BigIntegerField()

    class Meta:
        ordering = ["drawn_list_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["drawn_list", "place"], name="drawn_place_once"),
            models.UniqueConstraint(fields=["drawn_list", "number"], name="drawn_place_number_once"),
            models.CheckConstraint(condition=Q(given_cents__gte=0, given_cents__lte=F("asked_cents")), name="drawn_place_within"),
        ]
