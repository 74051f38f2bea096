"""What the mechanism itself keeps: audit, receipts, drafts, files."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEvent(models.Model):
    """One act or one read. Append-only: a trigger and the grants refuse every change (FHIR AuditEvent names)."""

    recorded = models.DateTimeField()
    what = models.TextField()
    verb = models.CharField(max_length=1)
    agent_kind = models.TextField()
    agent_id = models.BigIntegerField(null=True)
    agent_name = models.TextField()
    agent_role = models.TextField(blank=True)
    agency_id = models.BigIntegerField(null=True)
    purpose = models.TextField(blank=True)
    thing = models.TextField(blank=True)
    thing_id = models.BigIntegerField(null=True)
    fields = ArrayField(models.TextField(), default=list)
    reason = models.TextField(blank=True)
    # Never told on a phone: it would say that a request exists which no phone may show.
    sealed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(verb__in=["C", "R", "U", "D", "E"]), name="audit_verb_is_fhir"),
        ]


class AuditSubject(models.Model):
    """A person an event is about. A plain id: the audit outlives the rows it speaks of."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    person_id = models.BigIntegerField()
    recorded = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person_id"], name="audit_subject_once")]
        indexes = [models.Index(fields=["person_id", "-recorded"], name="audit_subject_of")]


class Receipt(models.Model):
    """The first answer to an act that may be repeated (I12)."""

    action = models.TextField()
    actor = models.TextField()
    key = models.TextField()
    at = models.DateTimeField()
    thing = models.TextField(default="", db_default="")
    thing_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "actor", "key"], name="receipt_once")]


class Draft(models.Model):
    """What somebody was writing, seen by nobody else, kept until it is sent or thirty days old."""

    actor = models.TextField()
    key = models.TextField()
    title = models.TextField(blank=True)
    path = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="draft_one_per_form")]


class StoredFile(models.Model):
    """A photo or a voice note, re-encoded where it can be, asked for through the room that owns it."""

    room = models.TextField()
    owner_id = models.BigIntegerField()
    name = models.TextField()
    media_type = models.TextField()
    size = models.IntegerField()
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["room", "owner_id"], name="file_of_owner")]
