"""What a body says to INPS's SIUSS: who transmits, each flow with its fate, and each answer INPS gave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency
from cortile.benefits import words
from cortile.benefits.models.applications import Application, known
from cortile.benefits.models.decisions import Decision
from cortile.benefits.stages import FLOW_STATES, FLOWS_UNSAID, SENDERS
from cortile.people.models import Person


class SiussSettings(models.Model):
    """Who transmits for a body, and how INPS is known to it. Facts to be confirmed stand in ``unconfirmed`` until somebody says so.

    ``operator`` is the codice fiscale of who answers for the transmission; ``codes`` names INPS's benefit of each programme,
    ``municipalities`` the Istat code of each municipality, in lower case. ``audience`` and ``clients`` are PDND's: our
    e-service, and who may call it.
    """

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    sender = models.TextField(default="aler")
    body_code = models.TextField(blank=True)
    body_name = models.TextField(blank=True)
    seat = models.TextField(blank=True)
    operator = models.TextField(blank=True)
    codes = models.JSONField(default=dict)
    municipalities = models.JSONField(default=dict)
    region = models.TextField(default="10")
    deadline_days = models.SmallIntegerField(default=15)
    audience = models.TextField(unique=True, null=True, blank=True)
    clients = models.JSONField(default=list)
    unconfirmed = models.JSONField(default=list)

    class Meta:
        constraints = [
            known("sender", SENDERS, "siuss_sender_known"),
            models.CheckConstraint(condition=Q(deadline_days__gt=0), name="siuss_deadline_ahead"),
            models.CheckConstraint(condition=~Q(audience=""), name="siuss_audience_says_something"),
        ]


class SiussFlow(models.Model):
    """One contribution told to INPS, or taken back. Money is cents. A flow that was written never changes: a correction is another.

    ``name`` and ``instant`` are given when it may be pulled: one that our checks stopped has neither, and INPS never sees it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="flows")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="flows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.TextField(null=True, blank=True)
    # Whole milliseconds of UTC, later than every earlier one of the body: what INPS goes on from.
    instant = models.DateTimeField(null=True, blank=True)
    operation = models.CharField(max_length=1, default="I")
    amount_cents = models.BigIntegerField()
    paid_on = models.DateField()
    due = models.DateField()
    # What it says, field by field, and which fields a person mended.
    said = models.JSONField(default=dict)
    mended = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    body_code = models.TextField()
    body_name = models.TextField()
    content = models.TextField(blank=True)
    state = models.TextField()
    siuss_id = models.TextField(blank=True)
    reason_code = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    pulled_at = models.DateTimeField(null=True, blank=True)
    # When INPS worked on it, by INPS's own clock: a later answer wins over an earlier one, however they arrive.
    acquired_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    cancels = models.ForeignKey("self", on_delete=models.PROTECT, related_name="cancelled_by", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            known("state", FLOW_STATES, "siuss_flow_state_known"),
            known("operation", ("I", "C"), "siuss_flow_operation_known"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="siuss_flow_of_money"),
            models.UniqueConstraint(fields=["agency", "name"], name="siuss_flow_name_once"),
            models.UniqueConstraint(fields=["agency", "instant"], name="siuss_flow_instant_once"),
            models.CheckConstraint(
                condition=Q(state__in=FLOWS_UNSAID) | Q(name__isnull=False, instant__isnull=False) & ~Q(content=""),
                name="siuss_flow_to_pull_is_whole",
            ),
            models.CheckConstraint(condition=Q(operation="I") ^ Q(cancels__isnull=False), name="siuss_flow_cancels_one"),
            # A contribution is told once, and taken back once.
            models.UniqueConstraint(
                fields=["cancels"], condition=~Q(state__in=["replaced", "dropped"]), name="siuss_flow_cancelled_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-created_at"], name="siuss_flow_by_state"),
            models.Index(fields=["decision", "paid_on"], name="siuss_flow_of_decision"),
        ]

    @property
    def state_label(self) -> str:
        """Return where it stands, in words."""
        return str(words.FLOW_LABELS[self.state])

    @property
    def reason_said(self) -> str:
        """Return why INPS refused it, in words; INPS's own stand beside."""
        return str(words.FLOW_REASONS.get(self.reason_code, ""))


class SiussOutcome(models.Model):
    """One answer of INPS, as it came: once, however often it is brought. ``flow`` is empty for a name that is none of ours."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    flow = models.ForeignKey(SiussFlow, on_delete=models.PROTECT, related_name="outcomes", null=True, blank=True)
    flow_name = models.TextField()
    kind = models.TextField()
    code = models.TextField()
    reason = models.TextField(blank=True)
    siuss_id = models.TextField(blank=True)
    acquired_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "flow_name", "acquired_at", "code"], name="siuss_outcome_once"),
        ]
