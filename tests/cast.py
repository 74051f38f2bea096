"""The people of the tests (product §2), all invented: built once through the rooms' own acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from cortile.agencies import actions as agencies
from cortile.agencies.models import Agency, Office, Staff
from cortile.agencies.roles import Role
from cortile.homes import actions as homes
from cortile.homes.access import at_work
from cortile.homes.models import Building, Neighbourhood, Place
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind, system
from cortile.kit.working_days import Hours
from cortile.listening import actions as listening
from cortile.listening.models import Category, HandOver, Thread
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from cortile.people.models import Person

# A Wednesday, 10 in the morning in Milano: open, with two working days ahead and no feast near.
NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
BEGINNING = datetime(2025, 1, 8, 9, tzinfo=UTC)
SYSTEM = system("prova")
WEEK = [Hours(day, time(9), time(17)) for day in range(5)]

STAFF_OF_MILANO = (
    ("marta", "Marta", "Ferri", Role.COMMUNITY_MANAGER),
    ("bruno", "Bruno", "Galli", Role.COMMUNITY_MANAGER),
    ("paola", "Paola", "Conti", Role.LEAD),
    ("salvatore", "Salvatore", "Russo", Role.CUSTODIAN),
    ("silvia", "Silvia", "Moro", Role.DESK),
    ("lucia", "Lucia", "Bassi", Role.NURSE),
    ("federica", "Federica", "Riva", Role.PROGRAMME),
    ("nadia", "Nadia", "Colombo", Role.ADMIN),
)


def play() -> None:
    """Build the whole cast. Run once per database; the tests then read it by name."""
    with clock.frozen(BEGINNING):
        _milano()
        _lodi()
        _others()


def _milano() -> None:
    body = _body("aler-milano", "ALER Milano", "MI")
    quarter = homes.add_neighbourhood(body, by=SYSTEM, name="San Siro", municipality="Milano", aliases=["Selinunte"])
    other = homes.add_neighbourhood(body, by=SYSTEM, name="Corvetto", municipality="Milano")
    rents = agencies.open_office(body, by=SYSTEM, name="Ufficio affitti", email="affitti@example.invalid", sees_rent=True)
    agencies.open_office(body, by=SYSTEM, name="Ufficio manutenzioni", email="manutenzioni@example.invalid")
    for key, given, family, role in STAFF_OF_MILANO:
        _hire(body, key, given, family, role, neighbourhood=other if key == "bruno" else quarter)
    _hire(body, "ornella", "Ornella", "Villa", Role.OFFICE, office=rents)
    agencies.name_deputy(staff("marta"), staff("paola"), by=SYSTEM)
    space = homes.add_place(
        body, by=SYSTEM, kind="space", name="Spazio C.A.S.A. San Siro", neighbourhood=quarter,
        openings=[(day, time(9), time(13)) for day in range(5)], address="Via dei Tigli 10",
    )  # fmt: skip
    homes.post(staff("marta"), by=SYSTEM, neighbourhood=quarter, place=space, since=date(2025, 1, 8))
    _tenants(body, quarter)


def _tenants(body: Agency, quarter: Neighbourhood) -> None:
    tigli = homes.add_building(quarter, by=SYSTEM, code="MI-001", street="Via dei Tigli", number="12", stairs="ABC", lift=True)
    _tenant(body, tigli, "B", "adele", "Adele", "Brambilla", birth_date=date(1947, 5, 3), phone="02 5550 100")
    _tenant(body, tigli, "A", "samira", "Samira", "Haddad", language="ar", needs_interpreter=True, phone="333 5550 101")
    _tenant(body, tigli, "C", "gianni", "Gianni", "Sala", phone="333 5550 102")


def _lodi() -> None:
    body = _body("aler-lodi", "ALER Pavia-Lodi", "LO")
    town = homes.add_neighbourhood(body, by=SYSTEM, name="San Fereolo", municipality="Lodi")
    agencies.open_office(body, by=SYSTEM, name="Ufficio affitti Lodi", sees_rent=True)
    _hire(body, "sara", "Sara", "Negri", Role.COMMUNITY_MANAGER, neighbourhood=town)
    _hire(body, "luca", "Luca", "Prada", Role.LEAD, neighbourhood=town)
    _hire(body, "anna", "Anna", "Greco", Role.ADMIN)
    court = homes.add_building(town, by=SYSTEM, code="LO-001", street="Via Adda", number="3", stairs="A")
    _tenant(body, court, "A", "teresa", "Teresa", "Bassani", phone="333 5550 103")


def _others() -> None:
    region = _body("regione", "Regione Lombardia", "MI", kind="region")
    city = _body("comune-milano", "Comune di Milano", "MI", kind="comune")
    _hire(region, "roberto", "Roberto", "Fumagalli", Role.REGION)
    _hire(city, "davide", "Davide", "Longo", Role.NETWORK_MANAGER)


def _body(code: str, name: str, province: str, kind: str = "aler") -> Agency:
    body = agencies.open_agency(
        by=SYSTEM, code=code, name=name, short_name=name, kind=kind, hours=WEEK, phone="02 5550 000",
        holiday_subdivision=province,
    )  # fmt: skip
    listening.set_category(body, by=SYSTEM, code="T01", label="Ascensore fermo", nature="technical", chip="faults")
    listening.set_category(body, by=SYSTEM, code="A01", label="Canone e spese", nature="administrative", chip="rent")
    return body


def _hire(
    body: Agency, key: str, given: str, family: str, role: str, *, neighbourhood: Neighbourhood | None = None,
    **details: Any,  # noqa: ANN401 -- the model's own fields
) -> Staff:  # fmt: skip
    member = agencies.hire(
        body, by=SYSTEM, email=f"{key}@example.invalid", given_name=given, family_name=family, role=role, **details
    )
    if neighbourhood is not None:
        homes.post(member, by=SYSTEM, neighbourhood=neighbourhood, since=date(2025, 1, 8))
    return member


def _tenant(body: Agency, building: Building, stair: str, key: str, given: str, family: str, **details: Any) -> Person:  # noqa: ANN401 -- the model's own fields
    dwelling = homes.add_dwelling(building.stairs.get(name=stair), by=SYSTEM, code=f"{building.code}-{key}", floor="4")
    person = people.register(body, by=SYSTEM, given_name=given, family_name=family, code=key, dwelling=dwelling, **details)
    household = people.form_household(body, by=SYSTEM, code=f"N-{key}", members=[(person, "intestataria")])
    people.open_tenancy(household, dwelling, by=SYSTEM, code=f"C-{key}", holder=person, start=date(2015, 1, 1))
    return person


# --- The cast by name: fresh rows each time, so that no test sees another's changes ---


def staff(key: str) -> Staff:
    """Return the row of a member of staff: ``staff("marta")``."""
    return Staff.objects.select_related("agency", "office", "team").get(email=f"{key}@example.invalid")


def person(key: str) -> Person:
    """Return the row of a tenant: ``person("adele")``."""
    return Person.objects.select_related("agency", "home_stair__building", "home_neighbourhood").get(code=key)


def at_desk(key: str) -> Actor:
    """Return a member of staff at work: the actor of the acts."""
    return at_work(staff(key))


def herself(key: str) -> Actor:
    """Return a tenant signed in to the app: the actor of her acts."""
    actor = tenant_actor({"kind": str(Kind.TENANT), "id": person(key).pk, "agency": person(key).agency_id})
    assert actor is not None
    return actor


def identified(key: str) -> Actor:
    """Return a tenant signed in whose identity was checked: step A2, where money is told."""
    return replace(herself(key), step=2, came_by="spid")


def by_sms(key: str) -> Actor:
    """Return a tenant signed in with a code sent to a telephone: step A1, whoever holds it."""
    return replace(herself(key), step=1, came_by="sms")


def agency(code: str = "aler-milano") -> Agency:
    """Return a body."""
    return Agency.objects.get(code=code)


def office(name: str = "Ufficio affitti") -> Office:
    """Return an office by its name."""
    return Office.objects.get(name=name)


def space() -> Place:
    """Return the Spazio C.A.S.A. of San Siro."""
    return Place.objects.get(name="Spazio C.A.S.A. San Siro")


def category(code: str = "T01", body: str = "aler-milano") -> Category:
    """Return a category of a body."""
    return Category.objects.get(agency__code=body, code=code)


def open_request(key: str = "adele", *, by: Actor | None = None, **details: Any) -> Thread:  # noqa: ANN401 -- the act's own arguments
    """Open a request of a tenant, by herself unless an actor is given."""
    about: dict[str, Any] = {"chip": "faults", "title": "Ascensore fermo"}
    return listening.open_thread(person(key), by=by or herself(key), **(about | details))


def hand_over(number: int) -> HandOver:
    """Return the last question about a request that went to an office."""
    return HandOver.objects.filter(thread__number=number).latest("pk")


def machine(body: str = "aler-milano") -> Actor:
    """Return the actor of a body's own jobs."""
    return system("prova", agency_id=agency(body).pk)


def in_front(who: str, *keys: str) -> None:
    """Let a member of staff say that some tenants are there: their records open without asking why."""
    for key in keys:
        people.open_in_front(person(key), by=at_desk(who))


def give_mobile(key: str, value: str = "333 5550 199") -> None:
    """Give a tenant a mobile of her own, so that SMS leave the house."""
    people.add_contact_point(person(key), by=machine(), kind="mobile", value=value, confirmed=True)
