"""Writes about people."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from cortile.agencies import access as staff_access
from cortile.agencies.models import Agency, Staff
from cortile.homes.models import Dwelling
from cortile.kit import clock, drafts, wall
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.people import access, rules
from cortile.people.models import (
    ContactPoint,
    Delegation,
    Household,
    Membership,
    NotTheSame,
    Person,
    Representative,
    SearchToken,
    SignInCode,
    Tenancy,
)

GUESSES = 5


def next_card() -> str:
    """Return a new personal card number from the database's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_card_serial')")
        row = cursor.fetchone()
    return rules.card(int(row[0]))


def index(person: Person) -> None:
    """Write the search tokens of a person again. Part of the actions that change a name, a phone or a card."""
    SearchToken.objects.filter(person=person).delete()
    values = [person.card_number, *person.contact_points.values_list("value", flat=True)]
    tokens = rules.name_tokens(person.given_name, person.family_name) | rules.number_tokens(values)
    SearchToken.objects.bulk_create(SearchToken(agency_id=person.agency_id, token=token, person=person) for token in tokens)


@action("person.registered")
def register(
    agency: Agency, *, by: Actor, given_name: str, family_name: str = "", birth_date: date | None = None,
    phone: str = "", dwelling: Dwelling | None = None, once: str = "", **details: Any,  # noqa: ANN401 -- the model's own fields
) -> Person:  # fmt: skip
    """Register a person of the body, with one way to reach them.

    Raise ``Refused('name-missing')``, ``('birth-date-impossible')``, ``('fiscal-code-invented')``.
    """
    if by.kind != Kind.SYSTEM:
        staff_access.require(by, "register person")
        refuse_unless(agency.pk == by.agency_id, "not-allowed", _("Questa persona sarebbe di un altro ente."))
    refuse_unless(given_name.strip(), "name-missing", _("Manca il nome."), _("Scrivi almeno un nome."))
    _check_birth(birth_date)
    _check_fiscal_code(str(details.get("fiscal_code", "")))
    person = Person(
        agency=agency, given_name=given_name.strip(), family_name=family_name.strip(), birth_date=birth_date,
        card_number=next_card(), registered_at=clock.now(), **details,
    )  # fmt: skip
    if dwelling is not None:
        person.home_stair, person.floor = dwelling.stair, dwelling.floor
        person.home_neighbourhood = dwelling.stair.building.neighbourhood
    person.save()
    if phone.strip():
        ContactPoint.objects.create(agency_id=person.agency_id, person=person, kind=_phone_kind(phone), value=phone.strip())
    index(person)
    done("C", person, persons=[person.pk])
    return person


def _phone_kind(phone: str) -> str:
    return "mobile" if phone.strip().removeprefix("+39").strip().startswith("3") else "landline"


def _check_birth(born: date | None) -> None:
    refuse_unless(
        born is None or rules.birth_date_fits(born, clock.today()),
        "birth-date-impossible",
        _("Questa data di nascita non è possibile."),
        _("Scrivi una data dal 1900 a oggi, per esempio 14/03/1948."),
    )


def _check_fiscal_code(code: str) -> None:
    """Refuse invented codes where data are real, and real-looking codes where data are invented."""
    invented = rules.is_invented_code(code)
    refuse_unless(
        not code or rules.is_fiscal_code(code), "fiscal-code-wrong", _("Questo codice fiscale non è giusto."),
        _("Controlla le lettere sulla tessera sanitaria."),
    )  # fmt: skip
    refuse_unless(
        settings.DEMO or not invented,
        "fiscal-code-invented",
        _("Questo codice fiscale è inventato: vale solo nella prova."),
        _("Copia il codice dalla tessera sanitaria."),
    )


@action("contact_point.added")
def add_contact_point(
    person: Person, *, by: Actor, kind: str, value: str, shared: bool = False, safe: bool = True, when: str = "",
    confirmed: bool = False,
) -> ContactPoint:  # fmt: skip
    """Add or correct a way to reach a person; what is not safe is never used."""
    _may_edit(by, person)
    refuse_unless(kind in ContactPoint.KINDS and value.strip(), "contact-missing", _("Manca il numero o l'indirizzo."))
    point, _created = ContactPoint.objects.update_or_create(
        person=person, value=value.strip(),
        defaults={"kind": kind, "shared": shared, "safe": safe, "when": when,
                  "confirmed_at": clock.now() if confirmed else None},
    )  # fmt: skip
    index(person)
    done("C", point, persons=[person.pk], fields=["contact"])
    return point


@action("contact_point.confirmed")
def confirm_contact_point(point: ContactPoint, *, by: Actor, still_right: bool) -> ContactPoint:
    """Answer «È ancora il tuo numero?» in one tap; a wrong number is kept as not to be used."""
    _may_edit(by, point.person)
    point.confirmed_at = clock.now() if still_right else None
    point.safe = point.safe and still_right
    point.save(update_fields=["confirmed_at", "safe"])
    done("U", point, persons=[point.person_id], fields=["contact"])
    return point


def _may_edit(by: Actor, person: Person) -> None:
    access.the_one(by, person.pk, "edit")


def _by_an_operator(by: Actor) -> None:
    refuse_unless(by.kind == Kind.STAFF, "operator-only", _("Questa scelta si fa allo Spazio, con una persona."))


@action("household.formed")
def form_household(agency: Agency, *, by: Actor, code: str, members: Iterable[tuple[Person, str]]) -> Household:
    """Say who lives together, with the kinship the registry declares."""
    staff_access.require(by, "set up", of=agency.pk)
    household, _created = Household.objects.get_or_create(agency=agency, code=code)
    people = list(members)
    Membership.objects.bulk_create(
        (Membership(household=household, person=p, kinship=kinship) for p, kinship in people), ignore_conflicts=True
    )
    done("C", household, persons=[p.pk for p, _relation in people])
    return household


@action("tenancy.opened")
def open_tenancy(household: Household, dwelling: Dwelling, *, by: Actor, code: str, holder: Person, start: date) -> Tenancy:
    """Write a contract, and where its people now live."""
    staff_access.require(by, "set up", of=household.agency_id)
    tenancy = Tenancy.objects.create(
        agency_id=household.agency_id, code=code, dwelling=dwelling, household=household, holder=holder, start=start
    )
    ids = list(household.memberships.filter(until=None).values_list("person_id", flat=True))
    Person.objects.filter(pk__in=ids).update(
        home_stair=dwelling.stair, floor=dwelling.floor, home_neighbourhood=dwelling.stair.building.neighbourhood_id
    )
    done("C", tenancy, persons=ids)
    return tenancy


@action("delegation.given")
def name_delegate(
    person: Person, *, by: Actor, name: str, talked_alone: bool, scopes: Iterable[str], relationship: str = "", phone: str = "",
    once: str = "",
) -> Delegation:  # fmt: skip
    """Let somebody help with the app: after a private talk, for twelve months, within what the person chose.

    Raise ``Refused('private-talk-missing')`` when the person was not heard alone.
    """
    _may_edit(by, person)
    refuse_unless(
        talked_alone and by.kind == Kind.STAFF and by.id is not None,
        "private-talk-missing",
        _("Prima parla da sola con la persona."),
        _("La delega si crea dopo un colloquio senza altri presenti."),
    )
    refuse_unless(name.strip(), "name-missing", _("Manca il nome di chi aiuta."), _("Scrivi nome e cognome."))
    today = clock.today()
    delegation = Delegation.objects.create(
        agency_id=person.agency_id, person=person, name=name.strip(), relationship=relationship, phone=phone,
        scopes=sorted(set(scopes)),
        card_number=next_card(), private_talk_by_id=by.id or 0, since=today, until=rules.delegation_end(today),
    )  # fmt: skip
    done("C", delegation, persons=[person.pk], fields=["delegates"])
    return delegation


@action("delegation.withdrawn")
def withdraw_delegation(delegation: Delegation, *, by: Actor) -> Delegation:
    """Take a delegation back: it ends on the delegate's next request."""
    _may_edit(by, delegation.person)
    delegation.withdrawn_at = clock.now()
    delegation.save(update_fields=["withdrawn_at"])
    done("U", delegation, persons=[delegation.person_id], fields=["delegates"])
    return delegation


@action("representative.named")
def name_representative(
    person: Person, *, by: Actor, name: str, kind: str, decree: str, scopes: Iterable[str], since: date, until: date | None = None,
    once: str = "",
) -> Representative:  # fmt: skip
    """Record a legal representative with the decree that says what they may do: an operator reads it.

    Raise ``Refused`` with ``operator-only``, ``kind-unknown`` or ``decree-missing``.
    """
    _may_edit(by, person)
    _by_an_operator(by)
    refuse_unless(kind in Representative.KINDS, "kind-unknown", _("Questo tipo di rappresentante non esiste."))
    refuse_unless(decree.strip(), "decree-missing", _("Manca il decreto."), _("Scrivi numero e data del decreto."))
    found = Representative.objects.create(
        agency_id=person.agency_id, person=person, name=name.strip(), kind=kind, decree=decree.strip(), scopes=sorted(set(scopes)),
        card_number=next_card(), since=since, until=until,
    )  # fmt: skip
    done("C", found, persons=[person.pk], fields=["representatives"])
    return found


@action("person.in_person_chosen")
def choose_in_person(person: Person, *, by: Actor, only_in_person: bool) -> Person:
    """Write «solo di persona»: from now on no phone shows her requests. Only an operator, never the app."""
    _may_edit(by, person)
    _by_an_operator(by)
    person.only_in_person = only_in_person
    person.save(update_fields=["only_in_person"])
    if only_in_person:
        drafts.forget(Kind.TENANT, person.pk)
    done("U", person, persons=[person.pk], fields=["only_in_person"])
    return person


@action("person.preferences_set")
def set_preferences(
    person: Person, *, by: Actor, language: str | None = None, needs_interpreter: bool | None = None, discreet: bool | None = None
) -> Person:
    """Change language, interpreter and discreet messages."""
    _may_edit(by, person)
    wanted = {"language": language, "needs_interpreter": needs_interpreter, "discreet": discreet}
    changed = {k: v for k, v in wanted.items() if v is not None}
    for name, value in changed.items():
        setattr(person, name, value)
    if changed:
        person.save(update_fields=list(changed))
    done("U", person, persons=[person.pk], fields=changed)
    return person


@action("person.not_the_same")
def tell_apart(one: Person, other: Person, *, by: Actor) -> NotTheSame:
    """Remember that two persons are not the same one."""
    _may_edit(by, one)
    _may_edit(by, other)
    first, second = sorted((one, other), key=lambda p: p.pk)
    decided, _created = NotTheSame.objects.get_or_create(
        one=first, other=second,
        defaults={"decided_by": Staff.objects.get(pk=by.id or 0), "decided_at": clock.now()},
    )  # fmt: skip
    done("C", decided, persons=[one.pk, other.pk])
    return decided


# --- The tenants' sign-in (architecture §5): card number and code; the same answer in all cases ---


def _hash(card_number: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{card_number}:{code}".encode(), hashlib.sha256).hexdigest()


@action("sign_in_code.issued")
def issue_paper_code(person: Person, *, by: Actor, card_number: str = "") -> tuple[SignInCode, str]:
    """Print a code for a person, or for the card of one of their helpers. Earlier codes of the card stop working.

    Returns the row and the code in clear: it is shown once, on paper, and only its hash is kept.
    """
    access.the_one(by, person.pk, "sign_in_code")
    card = card_number or person.card_number
    known = {person.card_number, *person.delegations.values_list("card_number", flat=True)}
    refuse_unless(card in known | set(person.representatives.values_list("card_number", flat=True)), "card-unknown",
                  _("Questa tessera non è di questa persona."))  # fmt: skip
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    now = clock.now()
    SignInCode.objects.filter(card_number=card, expires_at__gt=now).update(expires_at=now)
    row = SignInCode.objects.create(
        agency_id=person.agency_id, person=person, card_number=card, channel="paper", code_hash=_hash(card, code), issued_at=now,
        expires_at=now + rules.PAPER_CODE_LIFE,
    )  # fmt: skip
    done("C", row, persons=[person.pk], fields=["sign_in_code"])
    return row, code


@action("tenant.signed_in")
def sign_in(*, by: Actor, card_number: str, code: str) -> Actor | None:
    """Check a card and its code and return who signed in, or None: the same words, always.

    A wrong guess is counted even though nobody comes in, so it must not be rolled back by a refusal.
    """
    card = "".join(c for c in card_number if c.isdigit())
    typed = _hash(card, "".join(c for c in code if c.isdigit()))
    with wall.within(access.agency_of_card(card), ("social",)):
        return _checked(card, typed)


def _checked(card: str, typed: str) -> Actor | None:
    alive = SignInCode.objects.filter(card_number=card, expires_at__gt=clock.now(), guesses_left__gt=0)
    # Held until the answer: guesses sent all at once wait here and are counted one by one.
    row = alive.select_for_update().order_by("-pk").first()
    right = hmac.compare_digest(row.code_hash if row is not None else _hash("0", "0"), typed) and row is not None
    signed = _holder(card) if right else None
    left: dict[str, Any] = {"guesses_left": GUESSES, "used_at": clock.now()} if signed else {"guesses_left": F("guesses_left") - 1}
    # The same statements for a card nobody has: how long an answer takes tells nothing either.
    SignInCode.objects.filter(pk=row.pk if row is not None else 0).update(**left)
    done("E", persons=[signed.person_id] if signed else [], fields=["sign_in"] if signed else ["wrong_code"])
    return signed


def _holder(card: str) -> Actor | None:
    for model, kind in ((Person, Kind.TENANT), (Delegation, Kind.DELEGATE), (Representative, Kind.REPRESENTATIVE)):
        found = model.objects.filter(card_number=card).values_list("pk", "agency_id").first()
        if found is not None:
            return access.tenant_actor({"kind": str(kind), "id": found[0], "agency": found[1]})
    return None
