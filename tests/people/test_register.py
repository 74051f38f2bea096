"""Registering a person, telling two apart, writing households and contracts."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from cortile.agencies.models import Agency
from cortile.homes.models import Dwelling
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions, reads, rules
from cortile.people.models import NotTheSame, Person
from tests import cast, traces


@pytest.fixture
def flat(adele: Person) -> Dwelling:
    """Return Adele's dwelling."""
    return Dwelling.objects.get(code="MI-001-adele")


def test_a_person_gets_a_card_and_is_found(marta: Actor, milano: Agency) -> None:
    row = actions.register(milano, by=marta, given_name=" Rosa ", family_name="Ferrari", phone="333 5550 177")
    assert rules.is_card(row.card_number)
    assert row in reads.search("rosa ferr", by=marta)
    assert traces.subjects("person.registered") == {row.pk}


@pytest.mark.parametrize(
    ("phone", "kind"), [("333 5550 177", "mobile"), ("+39 333 5550 177", "mobile"), ("02 5550 177", "landline")]
)
def test_a_phone_is_known_by_its_first_figures(marta: Actor, milano: Agency, phone: str, kind: str) -> None:
    row = actions.register(milano, by=marta, given_name="Rosa", phone=phone)
    assert row.contact_points.get().kind == kind


def test_home_comes_with_the_dwelling(marta: Actor, milano: Agency, flat: Dwelling, adele: Person) -> None:
    row = actions.register(milano, by=marta, given_name="Rosa", dwelling=flat)
    assert (row.home_stair, row.floor, row.home_neighbourhood) == (adele.home_stair, "4", adele.home_neighbourhood)


def test_sent_twice_it_is_one_person(marta: Actor, milano: Agency) -> None:
    rows = {actions.register(milano, by=marta, given_name="Rosa", once="k").pk for _ in range(2)}
    assert len(rows) == 1


@pytest.mark.parametrize("who", ["silvia", "salvatore", "ornella", "nadia", "sara"])
def test_others_register_nobody_here(who: str, milano: Agency) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.register(milano, by=cast.at_desk(who), given_name="Rosa")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"given_name": "  "}, "name-missing"),
        ({"birth_date": date(2026, 3, 12)}, "birth-date-impossible"),
        ({"birth_date": date(1880, 1, 1)}, "birth-date-impossible"),
        ({"fiscal_code": "RSSMRA85T10A562T"}, "fiscal-code-wrong"),
    ],
)
def test_what_cannot_be_is_refused(marta: Actor, milano: Agency, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        actions.register(milano, by=marta, **({"given_name": "Rosa"} | wrong))


def test_a_body_with_real_data_takes_no_invented_code(marta: Actor, milano: Agency) -> None:
    invented = next(c for c in (f"RSSMRA85T10Z999{x}" for x in "ABCDEFGHIJKLMNOPQRSTUVWXYZ") if rules.is_fiscal_code(c))
    with override_settings(DEMO=False), pytest.raises(Refused, match="fiscal-code-invented"):
        actions.register(milano, by=marta, given_name="Rosa", fiscal_code=invented)


def test_two_are_told_apart_once_whatever_the_order(marta: Actor, adele: Person, gianni: Person) -> None:
    first = actions.tell_apart(adele, gianni, by=marta)
    assert actions.tell_apart(gianni, adele, by=marta) == first
    assert NotTheSame.objects.get().decided_by == cast.staff("marta")


def test_the_warning_does_not_come_back(marta: Actor, milano: Agency, adele: Person) -> None:
    twin = actions.register(milano, by=marta, given_name="Adele", family_name="Brambilla")
    assert reads.look_alikes([adele, twin]) == {adele.pk, twin.pk}
    actions.tell_apart(adele, twin, by=marta)
    assert reads.look_alikes([adele, twin]) == set()


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore"])
def test_strangers_tell_nobody_apart(who: str, adele: Person, gianni: Person) -> None:
    with pytest.raises(NotVisible):
        actions.tell_apart(adele, gianni, by=cast.at_desk(who))


def test_a_household_grows_and_counts_nobody_twice(system: Actor, milano: Agency, adele: Person, gianni: Person) -> None:
    actions.form_household(milano, by=system, code="N-adele", members=[(adele, "intestataria"), (gianni, "nipote")])
    household = adele.memberships.get().household
    assert sorted(m.kinship for m in household.memberships.all()) == ["intestataria", "nipote"]


@pytest.mark.parametrize("who", ["marta", "paola", "anna"])
def test_nobody_else_writes_households(who: str, milano: Agency, adele: Person) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.form_household(milano, by=cast.at_desk(who), code="N-1", members=[(adele, "")])


def test_who_signs_moves_in_with_the_household(system: Actor, adele: Person, flat: Dwelling) -> None:
    household = cast.person("gianni").memberships.get().household
    actions.open_tenancy(household, flat, by=system, code="C-9", holder=cast.person("gianni"), start=date(2026, 3, 1))
    assert cast.person("gianni").home_stair == adele.home_stair


@pytest.mark.parametrize("who", ["marta", "paola", "anna"])
def test_nobody_else_writes_contracts(who: str, adele: Person, flat: Dwelling) -> None:
    household = adele.memberships.get().household
    with pytest.raises(Refused, match="not-allowed"):
        actions.open_tenancy(household, flat, by=cast.at_desk(who), code="C-9", holder=adele, start=date(2026, 3, 1))
