"""Who may be told that a contribution is there for them: a name to call, and never a figure of why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency
from cortile.benefits import words
from cortile.benefits.models.applications import known
from cortile.benefits.models.calls import Call
from cortile.benefits.stages import INVITATIONS
from cortile.people.models import Person


class Invitation(models.Model):
    """Somebody who looks entitled to a call and has not applied. No ISEE, no debt, no sum is ever written here."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    state = models.TextField(default="to_invite")
    made_at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by_name = models.TextField(blank=True)

    class Meta:
        ordering = ["call_id", "pk"]
        constraints = [
            known("state", INVITATIONS, "invitation_state_known"),
            models.UniqueConstraint(fields=["call", "person"], name="invitation_once"),
            models.CheckConstraint(condition=Q(state="to_invite") | Q(marked_at__isnull=False), name="invitation_marked_when"),
        ]

    @property
    def state_label(self) -> str:
        """Return where it stands, in words."""
        return str(words.INVITATION_LABELS[self.state])


class DoNotInvite(models.Model):
    """Somebody who wants no such calls: no search writes their name down, until they say otherwise."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="do_not_invite")
    since = models.DateTimeField()
    said_to = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
