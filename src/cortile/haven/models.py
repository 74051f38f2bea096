"""What the lane keeps. Whatever concerns a woman is closed; rows carry no instant, no sequence and no name of hers."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Association(models.Model):
    """An association against violence: its neutral name and phone are public, its key opens only for who works there."""

    slug = models.SlugField(unique=True)
    name = models.TextField()
    phone = models.TextField(blank=True)
    # The key everything new is sealed to.
    key_version = models.IntegerField(default=1)
    # The public key its signed counts are read with (Ed25519), and the private one closed under the association's key.
    signing_public = models.BinaryField()
    signing_closed = models.BinaryField()
    # What the page of limits says, per association; «da confermare dal legale».
    limits = models.TextField(blank=True)


class AssociationKey(models.Model):
    """A version of an association's pair. Turning it makes the next; the old one opens what it sealed until re-sealed."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="association_keys")
    version = models.IntegerField()
    public = models.BinaryField()
    # The private key closed under the secret of the paper shares (SLIP-0039, 2 of 3).
    recovery = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["association", "version"], name="haven_key_version_once")]


class Operator(models.Model):
    """Somebody who works for an association. Their pair is closed under a phrase that is written nowhere."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="operators")
    login = models.TextField(unique=True)
    name = models.TextField()
    # May name and let go operators, turn keys, read the audit, hand counts over.
    leads = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    public = models.BinaryField()
    # Who holds the association's newest key knew this public key: whoever writes in the table alone cannot say so of their own.
    vouched = models.BinaryField(default=b"")
    private_closed = models.BinaryField()
    salt = models.BinaryField()
    memory = models.IntegerField()
    passes = models.IntegerField()
    lanes = models.IntegerField()
    # A phrase somebody else chose opens nothing but the page where it is changed.
    must_change = models.BooleanField(default=False)
    wrong = models.IntegerField(default=0)
    shut_until = models.DateTimeField(null=True)


class KeyGrant(models.Model):
    """An association's private key of one version, sealed to one operator. Who leaves loses the row."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="grants")
    version = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operator", "version"], name="haven_grant_once")]


class Record(models.Model):
    """A woman's record: a random number and a sealed key. Without the key its entries are noise (crypto-shredding)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="records")
    key_version = models.IntegerField()
    key_sealed = models.BinaryField()


class Entry(models.Model):
    """Something written in a record, closed under its key: the code, the contact card, a step, a note, a paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="entries")
    closed = models.BinaryField()


class AssociationEntry(models.Model):
    """Something about no woman in particular, closed for the association: a group's day, its calendar, what it matches."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="entries")
    key_version = models.IntegerField()
    sealed = models.BinaryField()


class Chain(models.Model):
    """Where an association's audit ends: the number and the digest of its last event."""

    association = models.OneToOneField(Association, on_delete=models.CASCADE, primary_key=True, related_name="chain")
    number = models.BigIntegerField(default=0)
    digest = models.BinaryField(default=b"")


class Event(models.Model):
    """One act or one read, sealed to the association's key and chained to the event before it. Append-only by grant."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="events")
    number = models.BigIntegerField()
    key_version = models.IntegerField()
    sealed = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["association", "number"], name="haven_event_once")]


class Door(models.Model):
    """A place where women are listened to, as the public page says it: neutral name, address, hours, languages."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="doors")
    name = models.TextField()
    address = models.TextField()
    hours = models.TextField()
    phone = models.TextField(blank=True)
    languages = ArrayField(models.TextField(), default=list)
    step_free = models.BooleanField(default=False)
    shown = models.BooleanField(default=True)


class Slot(models.Model):
    """Half an hour somebody may take without a name. The two words she keeps are held as a digest, slow to guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    minutes = models.IntegerField(default=30)
    # On the public page, or the association's own. What is done in a record touches its own alone: the page never tells of it.
    public = models.BooleanField(default=True)
    taken = models.BooleanField(default=False)
    words = models.BinaryField(null=True)
    # What she added, sealed to the association: a language, nothing else.
    sealed = models.BinaryField(null=True)
    key_version = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "starts_at"], name="haven_slot_once")]


class Offer(models.Model):
    """A workshop, a course or help with work that anybody may come to, without a list of names."""

    KINDS = ("workshop", "training", "job_help", "group")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="offers")
    kind = models.TextField(choices=[(kind, kind) for kind in KINDS])
    title = models.TextField()
    place = models.TextField()
    starts_at = models.DateTimeField()
    minutes = models.IntegerField(default=120)
    shown = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=("workshop", "training", "job_help", "group")), name="haven_offer_kind"
            )
        ]


class Places(models.Model):
    """How many places of a kind somebody offers: a count, never an address."""

    KINDS = ("shelter", "aler", "emergency", "second")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="places")
    kind = models.TextField()
    free = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "kind"], name="haven_places_once"),
            models.CheckConstraint(condition=models.Q(free__gte=0), name="haven_places_not_below_nought"),
        ]


class Release(models.Model):
    """The counts of a quarter as they were handed over: frozen, signed, never drawn again."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="releases")
    quarter = models.TextField()
    document = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["association", "quarter"], name="haven_release_once")]
