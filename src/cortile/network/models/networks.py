"""A network: its perimeter, its members, and the bodies that lend it their counts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency
from cortile.directory.models import Organization
from cortile.homes.models import Neighbourhood
from cortile.network.states import LENDINGS, TARGETS
from cortile.network.words import TARGET_LABELS


class Network(models.Model):
    """Public and private realities of some quarters, held together by one body (product S18; R106, R110)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="networks")
    name = models.TextField()
    targets = ArrayField(models.TextField(), default=list)
    others = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="network_named"),
            models.CheckConstraint(condition=Q(targets__contained_by=list(TARGETS)), name="network_targets_known"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="network_forward"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def target_labels(self) -> list[str]:
        """Return for whom it is, in words."""
        return [*(str(TARGET_LABELS[t]) for t in TARGETS if t in self.targets), *filter(None, [self.others])]


class Area(models.Model):
    """A quarter of a network's perimeter, of whatever body."""

    agency_id = models.BigIntegerField(editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="areas")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["neighbourhood__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["network", "neighbourhood"], name="network_area_once")]


class Member(models.Model):
    """An organisation in a network, and its referent as an office: a role, and the office's own mail and telephone."""

    agency_id = models.BigIntegerField(editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="members")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    role = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organization__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "organization"], condition=Q(until=None), name="network_member_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="network_member_forward"),
        ]

    @property
    def reachable(self) -> bool:
        """Tell whether the network knows how to call it: a role, and an office's mail or telephone."""
        return bool(self.role and (self.email or self.phone))


class Lending(models.Model):
    """A body lends a network the counts of its quarters, with small cells hidden: never a row. Both bodies see this one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lender = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="lendings")
    # The lender does not see the network: it reads here what it lends, and to whom.
    title = models.TextField()
    places = models.TextField()
    state = models.TextField(default="asked")
    asked_at = models.DateTimeField()
    lent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by_name = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "lender"], condition=~Q(state="ended"), name="network_lending_once"),
            models.CheckConstraint(condition=Q(state__in=list(LENDINGS)), name="network_lending_state"),
            models.CheckConstraint(condition=~Q(agency=F("lender")), name="network_lending_another"),
            models.CheckConstraint(condition=~Q(state="lent") | Q(lent_at__isnull=False), name="network_lending_lent"),
        ]
