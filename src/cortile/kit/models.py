"""What the mechanism itself keeps: audit, receipts, drafts, files."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func
from django.db.models.expressions import RawSQL


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
    # From where: the door and the address (AuditEvent.source, agent.network).
    source = models.TextField(blank=True, default="", db_default="")
    # The server's own clock and transaction: a row put in later cannot pretend to have been there (docs/audit.md).
    written_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    tx = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", ()))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(verb__in=["C", "R", "U", "D", "E"]), name="audit_verb_is_fhir"),
        ]


class AuditSubject(models.Model):
    """A person an event is about. A plain id: the audit outlives the rows it speaks of."""

    # The key is with the transaction (migration 0006): nobody is added to an event that was written before.
    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="subjects", db_index=False, db_constraint=False)
    person_id = models.BigIntegerField()
    recorded = models.DateTimeField()
    agency_id = models.BigIntegerField(null=True)
    tx = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", ()))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person_id"], name="audit_subject_once")]
        indexes = [models.Index(fields=["person_id", "-recorded"], name="audit_subject_of")]


class Seal(models.Model):
    """A signed hash of a batch of events, chained to the seal before it. Written by the sealer's role only."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    previous = models.BinaryField()
    count = models.IntegerField()
    batch = models.BinaryField()
    # Every transaction numbered below the horizon was over when this seal was made: an event of one comes too late.
    horizon = models.BigIntegerField()
    # Transaction numbers start again in another cluster.
    cluster = models.TextField()
    digest = models.BinaryField()
    signature = models.BinaryField()
    public_key = models.BinaryField()


class SealedEvent(models.Model):
    """Which seal holds an event, and the event's own hash: what was changed, and where, can be named."""

    event_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, db_index=True)
    leaf = models.BinaryField()


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
    agency_id = models.BigIntegerField()
    title = models.TextField(blank=True)
    path = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="draft_one_per_form")]


class StoredFile(models.Model):
    """A photo, a voice note or a document, asked for through the room that owns it on every fetch."""

    SCANS = ("not_scanned", "clean")

    agency_id = models.BigIntegerField()
    room = models.TextField()
    owner_id = models.BigIntegerField()
    name = models.TextField()
    media_type = models.TextField()
    size = models.IntegerField()
    content = models.BinaryField()
    stored_at = models.DateTimeField()
    # What the scanner said: a file it found something in is never stored.
    scan = models.TextField(default="not_scanned", db_default="not_scanned")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(scan__in=["not_scanned", "clean"]), name="file_scan_known")]
        indexes = [models.Index(fields=["room", "owner_id"], name="file_of_owner")]

    @property
    def kind(self) -> str:
        """Return whether it is a photo, a voice or a document."""
        return {"image": "photo", "audio": "voice"}.get(self.media_type.partition("/")[0], "document")
