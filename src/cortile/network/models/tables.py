"""A table: its agenda with the numbers of the day it was prepared, who came, and what was decided."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Staff
from cortile.network.models.networks import Member, Network
from cortile.network.states import DECISION_STATES, ITEMS, MEETING_STATES, MEETINGS
from cortile.network.words import ITEM_LABELS, MEETING_LABELS, MEETING_STATE_LABELS


class Meeting(models.Model):
    """A meeting of a network, or of the stakeholders' table (R119)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="meetings")
    kind = models.TextField()
    day = models.DateField()
    place = models.TextField()
    # The month whose counts were prepared: its first day.
    month = models.DateField()
    state = models.TextField(default="planned")
    prepared_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MEETINGS)), name="network_meeting_kind"),
            models.CheckConstraint(condition=Q(state__in=list(MEETING_STATES)), name="network_meeting_state"),
            models.CheckConstraint(condition=Q(state="planned") | Q(held_at__isnull=False), name="network_meeting_held"),
        ]

    @property
    def kind_label(self) -> str:
        """Return whose table it is, in words."""
        return str(MEETING_LABELS[self.kind])

    @property
    def state_label(self) -> str:
        """Return the state, in words."""
        return str(MEETING_STATE_LABELS[self.state])


class Presence(models.Model):
    """A member invited to a table; whether it came is known once the table was held."""

    agency_id = models.BigIntegerField(editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="presences")
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["member__organization__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="network_presence_once")]


class AgendaItem(models.Model):
    """A point of the agenda: anonymous words, and the numbers as they were when it was prepared. They never change after."""

    agency_id = models.BigIntegerField(editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.SmallIntegerField()
    kind = models.TextField()
    # What it was prepared from: «unmet:12:school». Empty for a point somebody wrote.
    key = models.TextField(blank=True)
    words = models.TextField()
    numbers = models.JSONField(default=list)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ITEMS)), name="network_item_kind"),
            models.CheckConstraint(condition=~Q(words=""), name="network_item_said"),
        ]

    @property
    def kind_label(self) -> str:
        """Return what kind of point it is, in words."""
        return str(ITEM_LABELS[self.kind])


class NetworkDecision(models.Model):
    """What a table decided: one owner, one date, and what became of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    words = models.TextField()
    owner_member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    owner_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField()
    state = models.TextField(default="open")
    follow_up = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_member__isnull=False, owner_staff=None) | Q(owner_member=None, owner_staff__isnull=False),
                name="network_decision_one_owner",
            ),
            models.CheckConstraint(condition=Q(state__in=list(DECISION_STATES)), name="network_decision_state"),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_at__isnull=False) & ~Q(follow_up="")), name="network_decision_done"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="network_decision_said"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(done_at__gte=F("decided_at")), name="network_decision_forward"),
        ]
        indexes = [models.Index(fields=["agency", "due"], name="network_decision_open", condition=Q(state="open"))]

    @property
    def owner(self) -> str:
        """Return who answers for it: an organisation, or a colleague by name."""
        return (
            self.owner_member.organization.name if self.owner_member else self.owner_staff.display_name if self.owner_staff else ""
        )

    def late_on(self, day: date) -> bool:
        """Tell whether its date has passed and it is still open."""
        return self.state == "open" and self.due < day
