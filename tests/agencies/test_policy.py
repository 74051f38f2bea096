"""The table of who may: everything it names is known, and whatever it does not say is no."""

from __future__ import annotations

import pytest

from cortile.agencies import policy
from cortile.agencies.roles import Role
from cortile.kit.actor import PUBLIC, Actor, Kind
from cortile.people.models import Person
from tests import cast

ECONOMIC_OR_CARE = {"economic", "health"}


@pytest.mark.pure
def test_every_relation_is_known() -> None:
    assert policy.unresolved() == []


@pytest.mark.pure
def test_a_custodian_stands_only_beside_own_contacts_and_notices_of_a_place() -> None:
    lines = [r for r in policy.TABLE if Role.CUSTODIAN in r.holders and policy.in_force(r) and r.thing != "person"]
    assert [(r.thing, r.relation, r.action) for r in lines] == [("contact", "own entry", "see"), ("notice", "own agency", "see")]


@pytest.mark.pure
@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.DESK, Role.NURSE, Role.REGION, Role.NETWORK_MANAGER])
def test_rent_is_no_business_of(role: Role) -> None:
    lines = [r for r in policy.TABLE if r.lane in ECONOMIC_OR_CARE and role in r.holders]
    assert not [r for r in lines if policy.in_force(r)]


@pytest.mark.pure
def test_the_public_may_nothing() -> None:
    assert [name for name in policy.CAPABILITIES if policy.can(PUBLIC, name)] == []
    assert policy.rules_for(PUBLIC, "person", "see") == []


def test_what_is_not_written_is_no(salvatore: Actor) -> None:
    assert not Person.objects.filter(policy.allows(salvatore, "person", "see")).exists()


@pytest.mark.parametrize("who", ["roberto", "davide", "nadia", "federica", "lucia"])
def test_who_works_with_numbers_sees_no_person(who: str) -> None:
    assert not Person.objects.filter(policy.allows(cast.at_desk(who), "person", "see")).exists()


def test_a_desk_sees_the_card_and_no_more(silvia: Actor, marta: Actor) -> None:
    assert policy.fields(silvia, "person") == {"name", "stair", "phone", "language"}
    assert policy.fields(marta, "person") == policy.ALL


@pytest.mark.pure
def test_staff_are_known_by_role_and_others_by_kind() -> None:
    assert policy.holder_of(Actor(kind=Kind.STAFF, name="x", role="lead")) == "lead"
    assert policy.holder_of(Actor(kind=Kind.TENANT, name="x", role="lead")) == "tenant"


@pytest.mark.pure
@pytest.mark.parametrize("role", ["", "tenant", "system", "anti_violence", "partner", "nobody", "Lead"])
def test_a_role_nobody_wrote_holds_nothing(role: str) -> None:
    stranger = Actor(kind=Kind.STAFF, name="x", role=role, agency_id=1, person_id=1)
    assert not [r for r in policy.TABLE if policy.rules_for(stranger, r.thing, r.action)]
    assert policy.lanes_of(stranger) == frozenset()
    assert [name for name in policy.CAPABILITIES if policy.can(stranger, name)] == []


@pytest.mark.pure
def test_a_lead_decides_on_contributions_and_reads_no_rent() -> None:
    things = {r.thing for r in policy.TABLE if r.lane == "economic" and Role.LEAD in r.holders}
    assert things == {"contribution"}
