"""Every message, on whatever channel: one place that mirrors them all (I7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cortile.agencies.models import Agency
from cortile.people.models import Person


class Message(models.Model):
    """A text for a person, kept whole here even when the SMS that announces it says nothing of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    key = models.TextField()
    language = models.CharField(max_length=8)
    body = models.TextField()
    body_it = models.TextField()
    about_thing = models.TextField(blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    on_phone = models.BooleanField(default=True)
    # A delicate message is in no list: it is read on the page of what it is about, by who may open that.
    delicate = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "-created_at"], name="message_of_person")]

    @property
    def ways(self) -> list[Delivery]:
        """Return how it left the house, each with the words written there. Reads fetch them beforehand."""
        return [d for d in self.deliveries.all() if d.state in {"queued", "sent"}]

    @property
    def channels(self) -> list[str]:
        """Return where it can be read: ``app``, ``sms``, ``paper``, each once and in this order."""
        found = {"app"} if self.on_phone else set()
        found |= {d.channel for d in self.ways}
        return [channel for channel in ("app", "sms", "paper") if channel in found]


class Delivery(models.Model):
    """A message on its way out of the house: enqueued in the act's transaction, sent once after commit."""

    CHANNELS = ("sms", "email", "paper")

    # Nobody's, for what the house itself sends: the root of the audit.
    agency_id = models.BigIntegerField(null=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="deliveries")
    # What a mail to a colleague speaks of: should it become delicate, what has not left yet stays in the house.
    about_thing = models.TextField(blank=True, default="", db_default="")
    about_id = models.BigIntegerField(null=True)
    channel = models.TextField()
    to = models.TextField()
    subject = models.TextField(blank=True)
    text = models.TextField()
    state = models.TextField(default="queued")
    attempts = models.SmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["queued", "sent", "failed", "withdrawn"]), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(channel__in=["sms", "email", "paper"]), name="delivery_channel_known"),
        ]
        indexes = [models.Index(fields=["state", "id"], name="delivery_queue", condition=Q(state="queued"))]
