"""An application of a contract, with the data it rests on and each step of its file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency, Staff
from cortile.benefits import words
from cortile.benefits.models.calls import Call, CallVersion
from cortile.benefits.stages import CHANNELS, OUTCOMES, PAID_BY, STATES, STEPS
from cortile.homes.models import Neighbourhood
from cortile.kit.models import StoredFile
from cortile.listening.models import Thread
from cortile.people.models import Household, Person, Tenancy


def known(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    """Return the constraint that a text is one of a closed list."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


class ApplicationDraft(models.Model):
    """What somebody has written of an application so far: only what was typed, never what we know ourselves.

    ``code_hash`` is the keyed SHA-256 of two words and four digits: with them it goes on from any device, or at any desk.
    """

    # The code itself, in the answer of the act that drew it and nowhere else.
    code = ""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT)
    # Whose contract it is for.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code_hash = models.TextField(unique=True)
    answers = models.JSONField(default=dict)
    # Who wrote last: whoever helps finds out before typing that somebody else has begun.
    kept_by = models.TextField(blank=True, default="", db_default="")
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], condition=Q(sent_at=None), name="application_draft_once"),
        ]


class Application(models.Model):
    """One application for a contract, with a named applicant. Its number is its thread's: one question, one number."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    # As it stood when it was sent in: what is decided later is decided on this text.
    version = models.ForeignKey(CallVersion, on_delete=models.PROTECT, related_name="+")
    programme = models.TextField()
    year = models.SmallIntegerField()
    number = models.BigIntegerField(unique=True)
    # The order of arrival in its call, given under the envelope's lock: 1, 2, 3, without gaps.
    arrival = models.IntegerField()
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="application")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="applications")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, blank=True)
    channel = models.TextField(default="app")
    # Who filled it in with her: they neither propose nor decide it.
    helped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    helper_name = models.TextField(blank=True)
    protocol = models.TextField(blank=True)
    paid_by = models.TextField(default="account")
    iban = models.TextField(blank=True)
    # What the rule gives on the data of the day it arrived, and what orders the line after it: lower comes first, then arrival.
    asked_cents = models.BigIntegerField(default=0)
    line_order = models.BigIntegerField(default=0)
    state = models.TextField(default="submitted")
    outcome = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    # The procedure's own clock (L. 241/1990 art. 2), beside the promise of the thread and never instead of it.
    due = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call_id", "arrival"]
        constraints = [
            known("state", STATES, "application_state_known"),
            known("outcome", ("", *OUTCOMES), "application_outcome_known"),
            known("channel", CHANNELS, "application_channel_known"),
            known("paid_by", PAID_BY, "application_paid_by_known"),
            models.CheckConstraint(condition=Q(asked_cents__gte=0), name="application_asked_not_below_nought"),
            models.UniqueConstraint(fields=["call", "arrival"], name="application_arrival_once"),
            # One for a household and a year; who was told no, or took it back, may ask again.
            models.UniqueConstraint(
                fields=["household", "programme", "year"], condition=~Q(state="withdrawn") & ~Q(outcome="refused"),
                name="application_once_a_year",
            ),
            models.CheckConstraint(condition=Q(state="decided") ^ Q(outcome=""), name="application_decided_has_outcome"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["agency", "state", "submitted_at"], name="application_queue"),
            models.Index(fields=["applicant", "-submitted_at"], name="application_of_person"),
            models.Index(fields=["call", "line_order", "arrival"], name="application_line"),
        ]

    @property
    def state_label(self) -> str:
        """Return where it stands, in words."""
        return str(words.STATE_LABELS[self.outcome or self.state])


class Datum(models.Model):
    """A datum an application rests on, with who said it and since when. Append-only: the newest of a name is the one in use.

    ``value`` is as the rule's input takes it (cents, count, position of a code, 0 or 1); nothing where nobody knows.
    ``exact`` is false for an ISEE known only against the thresholds: the value then stands for its side of them.
    """

    agency_id = models.BigIntegerField(editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="data")
    name = models.TextField()
    value = models.BigIntegerField(null=True, blank=True)
    exact = models.BooleanField(default=True)
    source = models.TextField()
    evidence = models.TextField(blank=True)
    as_of = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    said_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["application", "name", "-id"], name="datum_of")]


class Document(models.Model):
    """A paper brought with an application: which, legible or not, of which day, and who looked."""

    agency_id = models.BigIntegerField(editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents", null=True, blank=True)
    draft = models.ForeignKey(ApplicationDraft, on_delete=models.CASCADE, related_name="documents", null=True, blank=True)
    kind = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    dated_on = models.DateField(null=True, blank=True)
    legible = models.BooleanField(null=True)
    looked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(application=None) ^ Q(draft=None), name="document_of_one"),
        ]


class Step(models.Model):
    """Something that happened in a file: papers asked for, a notice before a no, observations. With its clock, if it has one."""

    agency_id = models.BigIntegerField(editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    kind = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    due = models.DateField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [known("kind", STEPS, "application_step_known")]

    @property
    def label(self) -> str:
        """Return what happened, in words."""
        return str(words.STEP_LABELS[self.kind])
