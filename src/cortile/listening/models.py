"""The contact, the thread and its promise."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Office, Staff
from cortile.homes.models import Neighbourhood, Place
from cortile.kit import clock
from cortile.listening import words
from cortile.listening.states import BALLS, CHANNELS, NATURES, OUTCOMES, PAST_STATES, STATES, URGENCIES
from cortile.people.models import Person


def _known(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


class Category(models.Model):
    """One of the 68 categories of domain §8, editable per body. Violence is never one."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="categories")
    code = models.CharField(max_length=8)
    label = models.TextField()
    nature = models.TextField()
    chip = models.TextField()
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="category_once"),
            _known("nature", NATURES, "category_nature_known"),
        ]

    @property
    def chip_label(self) -> str:
        """Return the chip it refines, in words."""
        return str(words.CHIP_LABELS[self.chip])

    @property
    def nature_label(self) -> str:
        """Return its nature, in words."""
        return str(words.NATURE_LABELS[self.nature])


class AnswerTime(models.Model):
    """Working days within which we answer: by chip and urgency, editable per body (domain §8.5, to be confirmed)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="answer_times")
    chip = models.TextField(blank=True)
    urgency = models.TextField()
    working_days = models.SmallIntegerField()
    to_confirm = models.BooleanField(default=True)

    class Meta:
        ordering = ["chip", "urgency"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "chip", "urgency"], name="answer_time_once"),
            _known("urgency", URGENCIES, "answer_time_urgency"),
            models.CheckConstraint(condition=Q(working_days__range=(0, 60)), name="answer_time_days"),
        ]

    @property
    def chip_label(self) -> str:
        """Return the chip it is about, in words; nothing when it is about all of them."""
        return str(words.CHIP_LABELS[self.chip]) if self.chip else ""

    @property
    def urgency_label(self) -> str:
        """Return the urgency, in words."""
        return str(words.URGENCY_LABELS[self.urgency])


class Contact(models.Model):
    """Somebody was listened to. It has no ball: it counts as it is."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True)
    channel = models.TextField()
    at = models.DateTimeField()
    minutes = models.SmallIntegerField(default=10)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="contacts")
    chip = models.TextField()
    nature = models.TextField()
    done = models.TextField()
    note = models.TextField(blank=True)
    unnamed = models.SmallIntegerField(default=0)
    delicate = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at"]
        constraints = [
            _known("channel", CHANNELS, "contact_channel_known"),
            _known("nature", NATURES, "contact_nature_known"),
            models.CheckConstraint(condition=Q(unnamed__gte=0), name="contact_unnamed_positive"),
        ]
        indexes = [
            models.Index(fields=["agency", "-at"], name="contact_of_agency"),
            models.Index(fields=["staff", "-at"], name="contact_of_staff"),
        ]

    @property
    def chip_label(self) -> str:
        """Return what it was about, in words."""
        return str(words.CHIP_LABELS[self.chip])

    @property
    def done_label(self) -> str:
        """Return what was done, in words."""
        return str(words.DONE_LABELS[self.done])

    @property
    def channel_label(self) -> str:
        """Return how it came, in words."""
        return str(words.CHANNEL_LABELS[self.channel])


class ContactPerson(models.Model):
    """Who took part in a contact."""

    agency_id = models.BigIntegerField(editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "person"], name="contact_person_once")]


class Thread(models.Model):
    """One problem with a promise: an owner, who has the ball, and a date. I1, I2 are constraints below."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    number = models.BigIntegerField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="threads")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="threads")
    chip = models.TextField()
    nature = models.TextField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True)
    topic = models.TextField(blank=True)
    title = models.TextField()
    urgency = models.TextField(default="normal")
    channel = models.TextField()
    answer_by = models.TextField(default="app")
    state = models.TextField(default="received")
    ball = models.TextField(default="us")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="threads")
    next_date = models.DateField(null=True, blank=True)
    first_promise = models.DateField()
    first_answer_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    delicate = models.BooleanField(default=False)
    duty = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    only_in_person = models.BooleanField(default=False)
    maintenance_number = models.TextField(blank=True)
    warned_for = models.DateField(null=True, blank=True)
    late_for = models.DateField(null=True, blank=True)
    escalated_to = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            _known("state", STATES, "thread_state_known"),
            _known("ball", BALLS, "thread_ball_known"),
            _known("nature", NATURES, "thread_nature_known"),
            _known("urgency", URGENCIES, "thread_urgency_known"),
            models.CheckConstraint(
                condition=Q(state="closed") | (Q(owner__isnull=False) & Q(next_date__isnull=False) & ~Q(ball="")),
                name="open_thread_has_owner_ball_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(outcome__in=list(OUTCOMES)) & Q(closed_at__isnull=False)),
                name="closed_thread_has_outcome",
            ),
            models.CheckConstraint(condition=Q(delicate=False) | Q(duty__isnull=False), name="delicate_has_duty"),
        ]
        indexes = [
            models.Index(fields=["owner", "next_date"], name="thread_open_of", condition=~Q(state="closed")),
            models.Index(fields=["agency", "next_date"], name="thread_open_in", condition=~Q(state="closed")),
            models.Index(fields=["agency", "-opened_at"], name="thread_of_agency"),
            models.Index(fields=["person", "-opened_at"], name="thread_of_person"),
        ]

    @property
    def state_label(self) -> str:
        """Return the state in words (product §3.6)."""
        return str(words.STATE_LABELS[self.state])

    @property
    def chip_label(self) -> str:
        """Return what it is about, in words."""
        return str(words.CHIP_LABELS[self.chip])

    @property
    def urgency_label(self) -> str:
        """Return how urgent it is, in words."""
        return str(words.URGENCY_LABELS[self.urgency])

    @property
    def channel_label(self) -> str:
        """Return the door it came in, in words."""
        return str(words.CHANNEL_LABELS[self.channel])

    @property
    def answer_label(self) -> str:
        """Return how the person wants the answer, in words."""
        return str(words.ANSWER_WANTED[self.answer_by])

    @property
    def outcome_label(self) -> str:
        """Return how it ended, in words, or nothing while it is open."""
        return str(words.OUTCOME_LABELS[self.outcome]) if self.outcome else ""


class Entry(models.Model):
    """A line of a thread: said to the tenant, by the tenant, or an internal note. Append-only."""

    agency_id = models.BigIntegerField(editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="entries")
    kind = models.TextField()
    public = models.BooleanField(default=True)
    at = models.DateTimeField()
    author_kind = models.TextField()
    author_id = models.BigIntegerField(null=True)
    author_name = models.TextField()
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="it")
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["thread", "at"], name="entry_of_thread")]

    @property
    def label(self) -> str:
        """Return what happened, in words, with the names it is about."""
        return str(words.ENTRY_LABELS[self.kind]) % defaultdict(str, self.data)

    @property
    def signed(self) -> str:
        """Return who wrote the line, and in whose place: «Marta F., per conto di Adele B.»."""
        whom = self.data.get("for", "")
        return str(words.IN_PLACE_OF) % {"who": self.author_name, "whom": whom} if whom else self.author_name

    @property
    def day(self) -> date | None:
        """Return the day this line gave or moved, if it did."""
        return date.fromisoformat(self.data["date"]) if self.data.get("date") else None


class Promise(models.Model):
    """A date we gave. The first one is what indicators count; every later one has a reason and was told."""

    KINDS = ("answer", "repair", "call_back")

    agency_id = models.BigIntegerField(editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="promises")
    kind = models.TextField(default="answer")
    date = models.DateField()
    made_at = models.DateTimeField()
    by_name = models.TextField()
    reason = models.TextField(blank=True)
    said_by = models.TextField(blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            _known("kind", ("answer", "repair", "call_back"), "promise_kind_known"),
            models.CheckConstraint(condition=~Q(kind="repair") | ~Q(said_by=""), name="repair_date_has_a_supplier"),
        ]


class PhoneLook(models.Model):
    """How many numbers somebody on the phone asked about in an hour, and how many told nothing: they follow each other."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    asked = models.SmallIntegerField(default=0)
    missed = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "hour"], name="phone_look_once")]


class HandOver(models.Model):
    """A question handed to an office of the body, with the date its answer is due."""

    STATES = ("sent", "taken", "answered", "sent_back", "withdrawn")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="hand_overs")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="hand_overs")
    question = models.TextField()
    shows_rent = models.BooleanField(default=False)
    state = models.TextField(default="sent")
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    due = models.DateField()
    office_date = models.DateField(null=True, blank=True)
    taken_by = models.TextField(blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    chased = models.SmallIntegerField(default=0)
    silence_told_for = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            _known("state", ("sent", "taken", "answered", "sent_back", "withdrawn"), "hand_over_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "sent_back"]) | ~Q(answer=""), name="hand_over_answer_has_words"
            ),
            models.UniqueConstraint(
                fields=["thread", "office"], condition=Q(state__in=["sent", "taken"]), name="one_open_hand_over_each"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "due"], name="hand_over_queue")]

    @property
    def state_label(self) -> str:
        """Return where the question stands, in words."""
        return str(words.HAND_OVER_LABELS[self.state])

    @property
    def is_open(self) -> bool:
        """Tell whether the office still has to answer."""
        return self.state in {"sent", "taken"}

    @property
    def is_late(self) -> bool:
        """Tell whether the office's day has passed without an answer."""
        return self.is_open and self.due < clock.today()


class HandOverLink(models.Model):
    """A mailed link to one hand-over: a token in the address, a code in a second mail, an end."""

    agency_id = models.BigIntegerField(editable=False)
    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="links")
    token_hash = models.TextField(unique=True)
    email = models.EmailField()
    code_hash = models.TextField(blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    guesses_left = models.SmallIntegerField(default=5)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()


class PastRequest(models.Model):
    """A request from another system's history: read-only, outside I1, I2, I10."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    source = models.TextField()
    code = models.TextField()
    state = models.TextField()
    original_state = models.TextField()
    category = models.TextField()
    channel = models.TextField(blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    thread = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="past")

    class Meta:
        ordering = ["opened_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "source", "code"], name="past_request_once"),
            _known("state", PAST_STATES, "past_request_state_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="past_request_forward"
            ),
        ]
        indexes = [models.Index(fields=["agency", "opened_on"], name="past_request_of")]
