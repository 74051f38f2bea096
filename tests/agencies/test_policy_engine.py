"""What compiles the table: purpose, lanes, fields, what is not built yet. Asked again of every mutant, so no fixtures here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import Q

from cortile.agencies import policy
from cortile.agencies.policy import Rule
from cortile.agencies.roles import Role
from cortile.kit import wall
from cortile.kit.actor import PUBLIC, Actor, Kind, system
from tests.agencies import broken

pytestmark = pytest.mark.pure
CM = Actor(kind=Kind.STAFF, name="x", role=Role.COMMUNITY_MANAGER, id=1, agency_id=1)


def test_a_purpose_nobody_wrote_sees_nothing() -> None:
    assert policy.rules_for(CM, "person", "see")
    assert policy.rules_for(replace(CM, purpose="review"), "person", "see") == []
    assert policy.allows(replace(CM, purpose="curiosity"), "person", "see") == Q(pk__in=[])


def test_every_line_is_of_a_known_purpose() -> None:
    assert {r.purpose for r in policy.TABLE} <= {"service", "review", "oversight", "contributions", "non_take_up"}


def test_nothing_is_allowed_that_is_not_named() -> None:
    for thing, action in (("dossier", "see"), ("person", "erase"), ("", ""), ("fault", "see"), ("thread", "count")):
        assert policy.allows(CM, thing, action) == Q(pk__in=[])


def test_lines_that_hold_are_added_up() -> None:
    assert policy.allows(CM, "thread", "answer").connector == "OR"


def test_one_relation_is_one_filter() -> None:
    office = Actor(kind=Kind.STAFF, name="x", role=Role.LEAD, id=1, agency_id=7)
    assert policy.allows(office, "person", "see") == Q(pk__in=[]) | Q(agency_id=7)


def test_the_lanes_are_those_of_lines_in_force() -> None:
    held = {role: policy.lanes_of(Actor(kind=Kind.STAFF, name="x", role=role, agency_id=1)) for role in Role}
    assert held == {
        Role.COMMUNITY_MANAGER: {"building", "social", "economic"}, Role.LEAD: {"building", "social", "economic"},
        Role.CUSTODIAN: {"building", "social"}, Role.DESK: {"building", "social"},
        Role.NURSE: {"social"}, Role.OFFICE: {"social", "economic"}, Role.NETWORK_MANAGER: {"social"},
        Role.PROGRAMME: {"social", "economic"},
        Role.REGION: frozenset(), Role.ADMIN: {"social", "economic"},
    }  # fmt: skip
    assert wall.of(CM).lanes == ("building", "social", "economic")


def test_counting_opens_no_lane() -> None:
    assert policy.lanes_of(Actor(kind=Kind.STAFF, name="x", role=Role.REGION, agency_id=1)) == frozenset()


def test_the_fields_of_all_lines_are_put_together() -> None:
    some = Rule("thing", "social", frozenset({Role.COMMUNITY_MANAGER}), "one", "see", frozenset({"name"}))
    other = replace(some, relation="two", fields=frozenset({"phone"}))
    with broken.table((some, other), {("thing", "one"), ("thing", "two")}):
        assert policy.fields(CM, "thing") == {"name", "phone"}
    with broken.table((some, replace(other, fields=policy.ALL)), {("thing", "one"), ("thing", "two")}):
        assert policy.fields(CM, "thing") == policy.ALL == {"*"}
    assert policy.fields(PUBLIC, "person") == frozenset()


def test_an_announced_line_opens_nothing() -> None:
    line = Rule("fault", "building", frozenset({Role.COMMUNITY_MANAGER}), "own agency", "see")
    assert not policy.in_force(line)
    assert policy.fields(CM, "fault") == frozenset()


def test_a_relation_nobody_knows_stops_the_start() -> None:
    line = Rule("thing", "social", frozenset({Role.LEAD}), "nowhere", "see")
    with broken.table((*policy.TABLE, line), set()):
        assert policy.unresolved() == ["thing: nowhere"]


def test_an_announced_line_whose_room_has_come_stops_the_start() -> None:
    with broken.table(policy.TABLE, {("fault", "own agency")}):
        assert policy.unresolved() == ["fault: own agency"]


def test_what_is_announced_and_in_no_line_stops_the_start() -> None:
    with broken.table(tuple(r for r in policy.TABLE if r.relation != "after consent"), set()):
        assert policy.unresolved() == ["copy: after consent"]


def test_counts_need_no_query() -> None:
    line = Rule("person", "social", frozenset({Role.LEAD}), "counts of own agency", "count")
    with broken.table((*policy.TABLE, line), set()):
        assert policy.unresolved() == []


def test_registering_gives_the_query_back() -> None:
    def query(_actor: Actor) -> Q:
        return Q()

    with broken.table(policy.TABLE, set()):
        assert policy.relation("thing", "name")(query) is query


def test_a_capability_nobody_wrote_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        policy.can(CM, "fly")
    assert policy.can(CM, "search people")
    assert policy.can(system("prova"), "import")


def test_a_line_stays_as_it_was_written() -> None:
    with pytest.raises(AttributeError):
        policy.TABLE[0].thing = "other"  # type: ignore[misc]  # that it cannot be
    assert not hasattr(policy.TABLE[0], "__dict__")
    assert Rule("t", "l", frozenset(), "r", "a").fields == policy.ALL
    assert Rule("t", "l", frozenset(), "r", "a").purpose == "service"


def test_the_house_knows_who_may_be_named() -> None:
    assert set(policy.HOLDERS) == {*Role, *Kind, "partner", "anti_violence"} - {"staff"}
    assert policy.holder_of(Actor(kind=Kind.STAFF, name="x", role="tenant")) == "nobody"
    assert policy.holder_of(PUBLIC) == "public"
