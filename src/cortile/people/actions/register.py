"""Who is registered, who lives together, under which contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cortile.agencies import access as staff_access
from cortile.agencies.models import Agency
from cortile.homes.models import Dwelling
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.people import rules
from cortile.people.actions.openings import open_for
from cortile.people.actions.steps import index, next_card
from cortile.people.models import (
    ContactPoint,
    Household,
    Membership,
    Person,
    Tenancy,
)


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
    if by.kind == Kind.STAFF:
        # Who registers somebody has them in front, and is not asked why a moment later.
        open_for(person, by, "in_front", rules.OPEN_FOR, code="registered")
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
