"""Every message, on whatever channel: one place that mirrors them all (I7)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Staff
from cortile.homes.models import Building, Stair
from cortile.kit import clock
from cortile.messages import words
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
    # About a sensitive topic: the SMS says nothing of it, and a session opened by SMS does not show it.
    sensitive = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "-created_at"], name="message_of_person")]

    @property
    def ways(self) -> list[Delivery]:
        """Return how it left the house, each with the words written there. Reads fetch them beforehand."""
        return [d for d in self.deliveries.all() if d.state in {"queued", "sending", "sent", "delivered"}]

    @property
    def outcomes(self) -> list[str]:
        """Return what became of each way out, in words, for operators."""
        return [said for d in self.deliveries.all() if (said := d.outcome)]

    @property
    def channels(self) -> list[str]:
        """Return where it can be read, each way once and in this order."""
        found = {"app"} if self.on_phone else set()
        found |= {d.channel for d in self.ways}
        return [channel for channel in ("app", *Delivery.CHANNELS) if channel in found]


class Delivery(models.Model):
    """A message on its way out of the house: enqueued in the act's transaction, sent once after commit."""

    CHANNELS = ("sms", "email", "io", "voice", "paper")
    # queued → sending → sent → delivered; failed after the last attempt; bounced when it came back; withdrawn by us.
    STATES = ("queued", "sending", "sent", "delivered", "bounced", "failed", "withdrawn")

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
    # The name we give it outside, the same at each attempt: whoever carries it can tell that it is the same one.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The name who carries it gave it, to hear what became of it.
    carrier_reference = models.TextField(blank=True, default="", db_default="")
    # Not before: quiet hours, or the pause after a failure.
    not_before = models.DateTimeField(null=True, blank=True)
    # Who is sending it has until then; a worker that died leaves it to the next.
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "delivered", "bounced", "failed", "withdrawn"]),
                name="delivery_state_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["sms", "email", "io", "voice", "paper"]), name="delivery_channel_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="delivery_queue", condition=Q(state__in=["queued", "sending"]))]

    @property
    def outcome(self) -> str:
        """Return in words where it stands; nothing for what we took back."""
        waits = self.not_before if self.state == "queued" and self.not_before and self.not_before > clock.now() else None
        return words.outcome(self.channel, self.state, waits, tried=self.attempts > 0)


class IncomingSms(models.Model):
    """An SMS that came in: into the thread whose number it carries, when it is from that person's own phone; else it waits.

    ``reference`` is the carrier's name of it: delivered twice, it is one.
    """

    STATES = ("matched", "waiting", "handled")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="incoming_sms")
    # The request it went to, which this room knows by its number only.
    thread_id = models.BigIntegerField(null=True, blank=True)
    reference = models.TextField(unique=True)
    sender = models.TextField()
    text = models.TextField()
    state = models.TextField(default="waiting")
    received_at = models.DateTimeField()
    handled_by = models.TextField(blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["matched", "waiting", "handled"]), name="incoming_sms_state_known")
        ]
        indexes = [models.Index(fields=["agency", "-received_at"], name="incoming_sms_waiting", condition=Q(state="waiting"))]


class Notice(models.Model):
    """A notice to who lives in a building, or on one stair of it, until a day. Of a place: it names nobody."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="notices")
    stair = models.ForeignKey(Stair, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    title = models.TextField()
    text = models.TextField()
    phone = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="notice_forward")]
        indexes = [models.Index(fields=["building", "-until"], name="notice_of_building")]
