"""Persons and what ties them to a home and to each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cortile.agencies.models import Agency, Staff
from cortile.homes.models import Dwelling, Neighbourhood, Stair
from cortile.people import words


class Household(models.Model):
    """A *nucleo*: a household in the landlord's registry."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="household_once")]


class Person(models.Model):
    """A person of one body. Home is kept beside the tenancy so that every filter is an equality."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField(blank=True)
    given_name = models.TextField()
    family_name = models.TextField(blank=True)
    birth_date = models.DateField(null=True, blank=True)
    fiscal_code = models.CharField(max_length=16, blank=True)
    card_number = models.CharField(max_length=10, unique=True)
    language = models.CharField(max_length=8, default="it")
    needs_interpreter = models.BooleanField(default=False)
    home_neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, blank=True)
    home_stair = models.ForeignKey(Stair, on_delete=models.SET_NULL, null=True, blank=True, related_name="residents")
    floor = models.TextField(blank=True)
    only_in_person = models.BooleanField(default=False)
    # «Bussate da me»: she wants the custodian to knock. The only persons a custodian ever sees.
    visits_welcome = models.BooleanField(default=False, db_default=False)
    discreet = models.BooleanField(default=False)
    # Where messages go first; the app and paper always have them too (I7). Empty hours are the body's own.
    channel = models.TextField(default="sms", db_default="sms")
    quiet_from = models.SmallIntegerField(null=True, blank=True)
    quiet_until = models.SmallIntegerField(null=True, blank=True)
    state = models.TextField(default="active")
    registered_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    demo_persona = models.SlugField(null=True, blank=True, unique=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["family_name", "given_name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], condition=~Q(code=""), name="person_code_once"),
            models.CheckConstraint(condition=Q(state__in=["active", "moved", "died", "merged"]), name="person_state_known"),
            models.CheckConstraint(condition=Q(channel__in=["sms", "email", "io", "paper", "app"]), name="person_channel_known"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__range=(0, 23), quiet_until__range=(0, 23)),
                name="person_quiet_hours",
            ),
        ]
        indexes = [
            models.Index(fields=["home_stair"], name="person_of_stair"),
            models.Index(fields=["agency", "home_neighbourhood"], name="person_of_area"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Return given name and initial, as on a shared screen."""
        return f"{self.given_name} {self.family_name[:1]}." if self.family_name else self.given_name

    @property
    def full_name(self) -> str:
        """Return the whole name."""
        return f"{self.given_name} {self.family_name}".strip()


class Membership(models.Model):
    """Who lives in a household, with the kinship the registry declares."""

    agency_id = models.BigIntegerField(editable=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    kinship = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["household_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["household", "person"], name="membership_once")]


class Tenancy(models.Model):
    """A contract: a household in a dwelling, with the person who signed it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    code = models.TextField()
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="tenancies")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="tenancies")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenancies_held")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    registry_digest = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-start"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="tenancy_once"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="tenancy_forward"),
        ]


class ContactPoint(models.Model):
    """A way to reach a person, and whether it is safe (NNEDV: never in a way not confirmed safe)."""

    KINDS = ("mobile", "landline", "email")

    agency_id = models.BigIntegerField(editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.TextField()
    value = models.TextField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    shared = models.BooleanField(default=False)
    safe = models.BooleanField(default=True)
    # Said on a phone somebody else may hold: not used until an operator has asked her.
    to_confirm = models.BooleanField(default=False, db_default=False)
    # A message came back from here: «è ancora il tuo numero?» until she says so again.
    bounced_at = models.DateTimeField(null=True, blank=True)
    when = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "value"], name="contact_point_once"),
            models.CheckConstraint(condition=Q(kind__in=["mobile", "landline", "email"]), name="contact_point_kind_known"),
            models.CheckConstraint(condition=Q(to_confirm=False) | Q(safe=False), name="contact_point_waits_unused"),
        ]


class Delegation(models.Model):
    """A person the tenant chose to be helped by: created after a private talk, twelve months at most."""

    agency_id = models.BigIntegerField(editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations")
    name = models.TextField()
    relationship = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    scopes = models.JSONField(default=list)
    card_number = models.CharField(max_length=10, unique=True)
    private_talk_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="delegation_forward")]

    @property
    def signed(self) -> str:
        """Return the name who helps leaves beside what they do, and who they are to her: «Lucia (figlia)»."""
        return f"{self.name} ({self.relationship})" if self.relationship else self.name


class Representative(models.Model):
    """A legal representative, within the decree (artt. 404 ss. c.c.; kinds to be confirmed per body)."""

    KINDS = ("amministratore_sostegno", "tutore", "curatore", "genitore")

    agency_id = models.BigIntegerField(editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representatives")
    name = models.TextField()
    kind = models.TextField()
    decree = models.TextField()
    scopes = models.JSONField(default=list)
    card_number = models.CharField(max_length=10, unique=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]

    @property
    def signed(self) -> str:
        """Return the name who represents leaves beside what they do."""
        return self.name

    @property
    def kind_label(self) -> str:
        """Return what the decree makes of them, in words."""
        return str(words.REPRESENTATIVE_LABELS[self.kind])


class SignInCode(models.Model):
    """A one-time code for the tenants' sign-in. Only its hash is kept."""

    CHANNELS = ("paper", "sms", "voice")

    agency_id = models.BigIntegerField(editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    card_number = models.CharField(max_length=10)
    channel = models.TextField()
    code_hash = models.TextField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    guesses_left = models.SmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True, blank=True)
    # Given in hand by an operator who had checked a document: whoever enters with it is known, step A2.
    identified = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["card_number", "-issued_at"], name="code_of_card")]


class Identification(models.Model):
    """How we know that a person is who they say: a document an operator looked at, or SPID and CIE. Step A2 of the ladder."""

    WAYS = ("document", "spid", "cie")

    agency_id = models.BigIntegerField(editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifications")
    way = models.TextField()
    # Which kind of document, never its number or a copy of it.
    document = models.TextField(blank=True)
    # The identity provider's own name for the person, so that a changed fiscal code is noticed.
    subject = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["document", "spid", "cie"]), name="identification_way_known"),
            models.CheckConstraint(condition=~Q(way="document") | Q(by__isnull=False), name="identification_document_by"),
            models.UniqueConstraint(fields=["way", "subject"], condition=~Q(subject=""), name="identification_subject_once"),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="identification_of")]

    @property
    def document_said(self) -> str:
        """Return with which kind of document, in words."""
        return str(words.DOCUMENT_SAID.get(self.document, ""))


class SeenToken(models.Model):
    """An identity token already used to come in, by its hash: a second time is a replay. Gone after a day."""

    digest = models.TextField(primary_key=True)
    at = models.DateTimeField()


class SearchToken(models.Model):
    """Pieces of a name or number: search is equality on these rows, so a row-level wall keeps its index (I4, §5).

    Derived from the person, who is never deleted: twenty foreign-key checks per person would cost more than the rows.
    """

    pk = models.CompositePrimaryKey("agency_id", "token", "person_id")
    agency_id = models.BigIntegerField()
    token = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_constraint=False, related_name="tokens")


class NotTheSame(models.Model):
    """Two persons an operator looked at and found different: the warning does not come back."""

    agency_id = models.BigIntegerField(editable=False)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_the_same_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_the_same_ordered"),
        ]


class Guess(models.Model):
    """Wrong guesses of one browser at one code: who guesses elsewhere uses up none of hers."""

    agency_id = models.BigIntegerField(editable=False)
    code = models.ForeignKey(SignInCode, on_delete=models.CASCADE, related_name="guesses")
    browser = models.TextField()
    recognised = models.BooleanField(default=False)
    count = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "browser"], name="guess_of_browser_once")]


class Knock(models.Model):
    """Wrong sign-ins from one address in one hour, at whatever cards. The address is a keyed hash, gone after the hour."""

    pk = models.CompositePrimaryKey("address", "hour")
    address = models.TextField()
    hour = models.DateTimeField()
    count = models.SmallIntegerField(default=0)


class RecordOpening(models.Model):
    """Why somebody opened a record they had no current link with: in front of them, absent, or by breaking the glass."""

    KINDS = ("in_front", "absent", "glass")
    VERDICTS = ("", "fine", "not_fine")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="openings")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="openings")
    kind = models.TextField()
    code = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    sampled_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.TextField(blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["in_front", "absent", "glass"]), name="record_opening_kind_known"),
            models.CheckConstraint(condition=Q(verdict__in=["", "fine", "not_fine"]), name="record_opening_verdict_known"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="record_opening_forward"),
            # Two people: who breaks the glass never says that it was right to.
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("staff")), name="record_opening_reviewed_by_another"
            ),
        ]
        indexes = [models.Index(fields=["staff", "person", "-until"], name="record_opening_of")]


class SharedCopy(models.Model):
    """What another body or a partner was given of a person: a copy of exact fields, with an end. Never the person's row."""

    BASES = ("consent", "public_task", "urgent_duty")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="copies_received")
    source_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="copies_given")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="copies")
    # The request it was given for, which this room knows by its number only.
    thread_id = models.BigIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict)
    purpose = models.TextField()
    basis = models.TextField()
    evidence = models.TextField()
    since = models.DateField()
    until = models.DateField()
    shared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    shared_by_name = models.TextField()
    shared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=["consent", "public_task", "urgent_duty"]), name="copy_basis_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="copy_forward"),
            models.CheckConstraint(condition=~Q(agency=F("source_agency")), name="copy_to_another_body"),
        ]
        indexes = [models.Index(fields=["agency", "until"], name="copy_of_agency")]


class Canary(models.Model):
    """An invented person among the others: nobody has a reason to look, so whoever does is asked why."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="canary")
    placed_at = models.DateTimeField()


class Alarm(models.Model):
    """Something the owner of a lane should ask somebody about: a canary was opened, or many records in a short time."""

    KINDS = ("canary", "burst")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    kind = models.TextField()
    lane = models.TextField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    count = models.IntegerField()
    at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["canary", "burst"]), name="alarm_kind_known"),
            models.UniqueConstraint(fields=["kind", "staff", "day"], name="alarm_once_a_day"),
        ]
