"""Bodies, territorial offices, teams and staff."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from cortile.agencies.roles import LABELS, Role


class Agency(models.Model):
    """A body: an ALER, a municipality or the Region. Every body of Lombardy may be one (R005)."""

    KINDS: ClassVar[list[str]] = ["aler", "comune", "region"]

    code = models.SlugField(unique=True)
    name = models.TextField()
    short_name = models.TextField()
    kind = models.TextField(default="aler")
    space_name = models.TextField(default="Spazio C.A.S.A.")
    phone = models.TextField(blank=True)
    emergency_phone = models.TextField(blank=True)
    gas_phone = models.TextField(blank=True)
    lift_phone = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    holiday_subdivision = models.CharField(max_length=3, default="MI")
    labels = models.JSONField(default=dict, blank=True)
    theme = models.SlugField(default="milano")
    to_confirm = models.JSONField(default=list, blank=True)
    # More records than this, opened by one member of staff in this time, is something to ask about.
    burst_people = models.SmallIntegerField(default=30, db_default=30)
    burst_minutes = models.SmallIntegerField(default=15, db_default=15)
    burst_to_confirm = models.BooleanField(default=True, db_default=True)
    # No SMS leaves between these hours, unless a person chose others.
    quiet_from = models.SmallIntegerField(default=20, db_default=20)
    quiet_until = models.SmallIntegerField(default=8, db_default=8)
    # Of two requests promised for the same day, that of who is this old, or needs an interpreter, comes first (R049); to confirm.
    first_from_age = models.SmallIntegerField(default=75, db_default=75)
    # Who can interpret on the phone, for texts that no translation may stand for.
    interpreter_phone = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=["aler", "comune", "region"]), name="agency_kind_known")]

    def __str__(self) -> str:
        return self.short_name

    def label(self, role: str) -> str:
        """Return how this body calls a role, e.g. «operatore di quartiere» for the community manager in Lodi."""
        return str(self.labels.get(role) or LABELS[role])


class WeeklyHours(models.Model):
    """A weekday, from one hour to another."""

    weekday = models.SmallIntegerField()
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(17))

    class Meta:
        abstract = True
        ordering = ["agency_id", "weekday", "opens"]


class AgencyHours(WeeklyHours):
    """When somebody at the body reads what arrives: the promise of every receipt rests on it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="hours")

    class Meta(WeeklyHours.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="agency_hours_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="agency_hours_forward"),
        ]


class Office(models.Model):
    """An office of the body that answers hand-overs: territorial office, rents, maintenance."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices")
    name = models.TextField()
    email = models.EmailField(blank=True)
    phone = models.TextField(blank=True)
    competence = models.TextField(blank=True)
    sees_rent = models.BooleanField(default=False)

    class Meta:
        ordering = ["agency_id", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="office_once")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who share a caseload under one lead."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.TextField()

    class Meta:
        ordering = ["agency_id", "name"]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by the address they sign in with, with the body whose name stands on their every page."""

    def get_queryset(self) -> models.QuerySet[Staff]:
        """Return staff with their body."""
        return super().get_queryset().select_related("agency")

    def get_by_natural_key(self, username: str | None) -> Staff:
        """Return the member of staff with this address, whatever its capitals."""
        return self.get(email__iexact=username or "")


class Staff(AbstractBaseUser):
    """A member of staff: signs in with the login library (passkey or TOTP), holds one role in one body."""

    # The audit tells who came in and when; a column that every sign-in rewrites would be a write outside an act.
    last_login = None
    email = models.EmailField(unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="staff")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    office = models.ForeignKey(Office, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    given_name = models.TextField()
    family_name = models.TextField(blank=True)
    role = models.TextField()
    deputy = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="deputises")
    phone = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    # The quick way back to a locked screen, never a way in: five guesses, then the whole sign-in again.
    pin_hash = models.TextField(blank=True, default="", db_default="")
    pin_guesses_left = models.SmallIntegerField(default=5, db_default=5)
    demo_persona = models.SlugField(null=True, blank=True, unique=True)

    objects = StaffManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["agency_id", "family_name", "given_name"]
        constraints = [models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="staff_role_known")]

    def __str__(self) -> str:
        return self.display_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to role and body: with either changed, or the account closed, the next request finds nobody."""
        said = f"{self.password}|{self.role}|{self.agency_id}|{self.is_active}"
        return salted_hmac("cortile.staff", said, secret=secret, algorithm="sha256").hexdigest()

    @property
    def display_name(self) -> str:
        """Return the name a tenant reads: given name and initial, never the whole surname."""
        return f"{self.given_name} {self.family_name[:1]}." if self.family_name else self.given_name


class Absence(models.Model):
    """Days in which somebody does not answer: the deputy does."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="absence_forward"),
        ]

    def covers(self, day: date) -> bool:
        """Tell whether the absence includes a day."""
        return self.first_day <= day <= self.last_day


class PhoneTurn(WeeklyHours):
    """A *turno telefono*: who answers the number printed on every sheet, on a weekday, between two hours."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="phone_turns")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="phone_turns")

    class Meta(WeeklyHours.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="phone_turn_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="phone_turn_forward"),
            models.UniqueConstraint(fields=["agency", "weekday", "opens"], name="phone_turn_once"),
        ]


class LocalCentre(models.Model):
    """Where, near the blocks, somebody expert can be talked to: named by a neutral door, never by what it is for (R098)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="local_centres")
    name = models.TextField()
    door = models.TextField(blank=True)
    address = models.TextField(blank=True)
    hours = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    to_confirm = models.BooleanField(default=True)

    class Meta:
        ordering = ["agency_id", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="local_centre_once")]


class LaneOwner(models.Model):
    """Who answers for a lane of a body: alarms, reviews and the monthly sample of openings come to them."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="lane_owners")
    lane = models.TextField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="lanes_owned")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "lane"], name="lane_owner_once"),
            models.CheckConstraint(condition=Q(lane__in=["building", "social", "economic", "health"]), name="lane_owner_lane"),
        ]


class CountsKey(models.Model):
    """The key an association of its own signs its counts with, as it was handed to somebody of the body, by name."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="counts_keys")
    association = models.TextField()
    public = models.TextField()
    received_by = models.TextField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "association"], name="counts_key_once")]


class ReleasedCounts(models.Model):
    """The counts of three months as an association handed them over: five or more, or none that is told. Never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="released_counts")
    key = models.ForeignKey(CountsKey, on_delete=models.PROTECT, related_name="released")
    quarter = models.TextField()
    counts = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "quarter"], name="released_counts_once")]
