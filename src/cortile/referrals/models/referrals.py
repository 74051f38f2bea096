"""The referral itself, its steps, and the link its service answers by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Staff
from cortile.directory.models import Agreement, Service, TaxonomyTerm
from cortile.kit import clock
from cortile.listening.models import Thread
from cortile.people.models import Person
from cortile.referrals import fields, rules, words
from cortile.referrals.models.consents import Consent
from cortile.referrals.states import BALLS, BASES, OUTCOMES, REASONS, SILENT, STATES, STEPS, WHY_PARENT


def _known(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


# I3: the person's yes, public task with its notice, or urgent duty with a supervisor who is not who sends.
_BASIS = (
    Q(basis="consent", consent__isnull=False)
    | (Q(basis="public_task") & ~Q(notice=""))
    | (Q(basis="urgent_duty", supervisor__isnull=False, sent_by__isnull=False) & ~Q(supervisor=F("sent_by")))
)


class Referral(models.Model):
    """Somebody sent to a service: what it was given and why, who has the ball, the next date, how it ended. I3 is below."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals")
    number = models.BigIntegerField(unique=True)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    why_parent = models.TextField(blank=True)
    need = models.TextField()
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    notes = models.TextField(blank=True)
    fields = ArrayField(models.TextField())
    # Exactly the ticked fields, as they were when sent: the database checks that the two are the same (0002).
    shared = models.JSONField()
    basis = models.TextField()
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    notice = models.TextField(blank=True)
    supervisor = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why_urgent = models.TextField(blank=True)
    # The agreement in force when it was sent: what rests on it ends with it.
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    state = models.TextField(default="requested")
    ball = models.TextField(default="service")
    next_date = models.DateField(null=True, blank=True)
    check_on = models.DateField()
    # Since when the service has had the ball: reminders count from here.
    waits_since = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_by_name = models.TextField()
    sent_to = models.EmailField(blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    accepted_for = models.DateField(null=True, blank=True)
    decline_reason = models.TextField(blank=True)
    decline_words = models.TextField(blank=True)
    available_from = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    outcome_asked_at = models.DateTimeField(null=True, blank=True)
    service_outcome = models.TextField(blank=True)
    person_outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    silence_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            _known("state", STATES, "referral_state_known"),
            _known("ball", BALLS, "referral_ball_known"),
            _known("basis", BASES, "referral_basis_known"),
            _known("why_parent", WHY_PARENT, "referral_why_parent_known"),
            _known("decline_reason", ("", *REASONS), "referral_reason_known"),
            _known("service_outcome", ("", *OUTCOMES), "referral_service_outcome_known"),
            _known("person_outcome", ("", *OUTCOMES), "referral_person_outcome_known"),
            models.CheckConstraint(condition=_BASIS, name="referral_has_basis"),
            models.CheckConstraint(condition=Q(fields__len__gt=0) & ~Q(need=""), name="referral_has_fields"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(next_date__isnull=False), name="open_referral_has_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | (~Q(service_outcome="") & ~Q(person_outcome="")), name="completed_both_asked"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "cancelled"]) | Q(closed_at__isnull=False), name="ended_referral_closed"
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(decline_reason=""), name="rejected_has_reason"),
            models.CheckConstraint(condition=~Q(state="accepted") | Q(accepted_for__isnull=False), name="accepted_has_day"),
            models.UniqueConstraint(fields=["thread", "service"], condition=Q(closed_at=None), name="one_open_referral_each"),
        ]
        indexes = [
            models.Index(fields=["agency", "-sent_at", "-id"], name="referral_of_agency"),
            # The two orders of the list, each with its tie-break: a page of fifty reads fifty, however many there are.
            models.Index(fields=["agency", "next_date", "id"], name="referral_due", condition=Q(closed_at=None)),
            models.Index(fields=["agency", "-closed_at", "-id"], name="referral_ended", condition=Q(closed_at__isnull=False)),
            models.Index(fields=["thread"], name="referral_of_thread"),
            models.Index(fields=["service", "-sent_at"], name="referral_to_service"),
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether a next step is still due."""
        return self.closed_at is None

    @property
    def state_label(self) -> str:
        """Return where it stands, in words: nobody says that it helped who only knows that she did not answer."""
        unknown = self.state == "completed" and self.person_outcome == SILENT
        return str(words.UNKNOWN_END if unknown else words.STATE_LABELS[self.state])

    @property
    def ball_label(self) -> str:
        """Return whose turn it is, in words; nothing once it is over."""
        return str(words.BALL_LABELS[self.ball]) if self.is_open else ""

    @property
    def basis_label(self) -> str:
        """Return why it may be sent, in words."""
        return str(words.BASIS_LABELS[self.basis])

    @property
    def reason_label(self) -> str:
        """Return why the service said no, in words."""
        return str(words.REASON_LABELS[self.decline_reason]) if self.decline_reason else ""

    @property
    def service_outcome_label(self) -> str:
        """Return how it went for the service, in words."""
        return str(words.OUTCOME_LABELS[self.service_outcome]) if self.service_outcome else ""

    @property
    def person_outcome_label(self) -> str:
        """Return how it went for the person, in words."""
        return str(words.OUTCOME_LABELS[self.person_outcome]) if self.person_outcome else ""

    @property
    def need_met(self) -> str:
        """Return whether the need was met, once somebody said: never the same as accepted."""
        return rules.need_met(self.service_outcome, self.person_outcome)

    @property
    def may_say_silent(self) -> bool:
        """Tell whether it may be written that the person did not answer how it went."""
        asked = clock.local(self.outcome_asked_at).date() if self.outcome_asked_at else None
        return rules.may_say_silent(asked, clock.today(), rules.Calendar(self.agency.holiday_subdivision))

    @property
    def labels(self) -> list[str]:
        """Return what is shared, in words."""
        return fields.labels(self.fields)

    @property
    def given(self) -> list[tuple[str, str]]:
        """Return what was shared: label and value, in the order of the list."""
        return self.given_without(())

    def given_without(self, kept: Collection[str]) -> list[tuple[str, str]]:
        """Return what was shared, but for some fields that are not shown any more."""
        shown = [key for key in fields.FIELDS if key in self.shared and key not in kept]
        return [(str(fields.FIELDS[key].label), str(self.shared[key])) for key in shown]

    @property
    def is_late(self) -> bool:
        """Tell whether the next date has passed."""
        return self.is_open and self.next_date is not None and self.next_date < clock.today()


class Step(models.Model):
    """A line of a referral: what happened, who did it, the words. Append-only."""

    agency_id = models.BigIntegerField(editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    kind = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [_known("kind", STEPS, "referral_step_known")]
        indexes = [models.Index(fields=["referral", "at"], name="step_of_referral")]

    @property
    def label(self) -> str:
        """Return what happened, in words."""
        silent = words.SILENT_LABELS.get(self.kind) if self.data.get("outcome") == SILENT else None
        return str(silent or words.STEP_LABELS[self.kind]) % defaultdict(str, self.data)


class PartnerLink(models.Model):
    """A mailed link to one referral: a token in the address, a code in a second mail, five guesses, an end."""

    agency_id = models.BigIntegerField(editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.TextField(unique=True)
    email = models.EmailField()
    code_hash = models.TextField(blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    guesses_left = models.SmallIntegerField(default=5)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="partner_link_ends")]
