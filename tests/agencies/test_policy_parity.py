"""The compiled filter equals the model on every row, and the wall never hides what the filter grants."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Q

from cortile.agencies import policy
from cortile.agencies.roles import Role
from cortile.kit import clock, wall
from cortile.kit.actor import Actor
from cortile.listening.models import HandOver, Thread
from tests.agencies import model, parity, rows
from tests.agencies.rows import World

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("CORTILE_SEED", "20260311"))
WANTED = int(os.environ.get("CORTILE_PARITY", "200000"))
FIGURES = os.environ.get("CORTILE_FIGURES", "")


@pytest.fixture
def world() -> World:
    """Return a world of chance rows; say its seed, so that a difference can be seen again."""
    print(f"seed {SEED}")  # noqa: T201 -- pytest shows it when the test fails
    return rows.play(SEED)


@pytest.fixture
def pairs(world: World) -> list[parity.Pair]:
    """Return everybody who acts in the world."""
    return list(parity.everybody(world))


def test_the_filter_equals_the_model() -> None:
    cases, seed = 0, SEED
    wrong: list[str] = []
    while cases < WANTED:
        with transaction.atomic():
            world = rows.play(seed)
            found = parity.compared(world, list(parity.everybody(world)))
            transaction.set_rollback(True)
        cases, seed, wrong = cases + found.cases, seed + 1, wrong + found.wrong
    if FIGURES:
        Path(FIGURES).write_text(json.dumps({"cases": cases, "differences": len(wrong)}))
    assert wrong[:20] == []
    assert cases >= WANTED


def test_the_wall_hides_nothing_granted_and_shows_nobody_elses(world: World, pairs: list[parity.Pair]) -> None:
    found = parity.walled(world, pairs)
    assert found.wrong[:20] == []
    assert found.cases >= 200_000


def test_what_is_told_on_the_phone_equals_the_model(world: World, pairs: list[parity.Pair]) -> None:
    wrong, told = [], 0
    for actor, who in ((a, w) for a, w in pairs if a is not None):
        seen = set(Thread.objects.filter(policy.allows(actor, "thread", "tell")).values_list("pk", flat=True))
        wrong += [(who.holder, pk) for pk, row in world.of[Thread].items() if model.tells(who, row) != (pk in seen)]
        told += len(seen)
    assert wrong == []
    assert told


def test_every_line_in_force_was_met(pairs: list[parity.Pair]) -> None:
    lines = {(r.thing, h, r.relation) for r in policy.TABLE if r.action == "see" and policy.in_force(r) for h in r.holders}
    assert {line for line in lines if line[0] in parity.TABLES} - parity.met(pairs) == set()


def test_no_thing_in_force_is_left_out() -> None:
    assert {r.thing for r in policy.TABLE if r.action == "see" and policy.in_force(r)} == set(parity.TABLES)


# Each fault was seen to be caught: a comparison that cannot fail proves nothing.


def _a_day_late(actor: Actor) -> Q:
    with clock.frozen(clock.now() - rows.DAY):
        return REAL["person", "broken glass"](actor)


def _everywhere(thing: str, name: str) -> Callable[[Actor], Q]:
    """Forget that a request, a contact, an appointment may be delicate."""
    return lambda actor: REAL[thing, name](actor) | Q(agency_id=actor.agency_id, delicate=True)


REAL = dict(policy._relations)  # noqa: SLF001 -- to break it on purpose


def _rents(actor: Actor) -> Q:
    """Forget to ask whether the office deals with rent."""
    asked = HandOver.objects.filter(REAL["hand_over", "handed over"](actor), shows_rent=True, state__in=["sent", "taken"])
    return Q(tenancy__holder__in=asked.values("thread__person_id"))


def _answered(actor: Actor) -> Q:
    """Forget that a question was answered: its person would stay open for good."""
    return Q(pk__in=HandOver.objects.filter(REAL["hand_over", "handed over"](actor)).values("thread__person_id"))


def _rents_answered(actor: Actor) -> Q:
    """Forget that a question about rent was answered."""
    asked = HandOver.objects.filter(REAL["hand_over", "handed over"](actor), shows_rent=True, office__sees_rent=True)
    return Q(tenancy__holder__in=asked.values("thread__person_id"))


def _whatever_the_door(thing: str, name: str) -> Callable[[Actor], Q]:
    """Forget that a code to a telephone opened the session."""
    return lambda actor: REAL[thing, name](replace(actor, came_by="paper"))


def _any_hour(actor: Actor) -> Q:
    """Forget that an hour with a nurse is about health."""
    whole = REAL["appointment", "the person"]
    return whole(actor) | (whole(replace(actor, came_by="paper")) & Q(thread=None, staff__role=Role.NURSE))


def _any_stair(actor: Actor) -> Q:
    """Forget that a notice may be of one stair."""
    return REAL["notice", "own building"](actor) | Q(building__stairs__residents=actor.person_id, withdrawn_at=None)


FAULTS: dict[str, tuple[tuple[str, str], Callable[[Actor], Q]]] = {
    "the end of three hours": (("person", "broken glass"), _a_day_late),
    "delicate ignored in an area": (("thread", "own area"), _everywhere("thread", "own area")),
    "delicate ignored in contacts": (("contact", "own entry"), lambda a: Q(agency_id=a.agency_id, staff_id=a.id)),
    "another body": (("person", "own area"), lambda a: Q(home_neighbourhood_id__in=a.areas) | Q(home_neighbourhood_id=None)),
    "scopes ignored": (("thread", "delegate"), REAL["thread", "the person"]),
    "no area is no filter": (("person", "own area"), lambda a: Q(agency_id=a.agency_id, home_neighbourhood_id__in=a.areas)),
    "solo di persona on a phone": (("message", "the person"), lambda a: Q(person_id=a.person_id, on_phone=True, delicate=False)),
    "rent to any office": (("account", "handed over rent"), _rents),
    "a person after the answer": (("person", "handed over"), _answered),
    "rent after the answer": (("account", "handed over rent"), _rents_answered),
    "a copy past its day": (("copy", "shared cases"), lambda a: Q(agency_id=a.agency_id, withdrawn_at=None)),
    "money to a card and a code": (("account", "the person"), lambda a: Q(tenancy__holder_id=a.person_id)),
    "rent read out by SMS": (("thread", "the person"), _whatever_the_door("thread", "the person")),
    "a visit about rent by SMS": (("appointment", "the person"), _whatever_the_door("appointment", "the person")),
    "a nurse's hour by SMS": (("appointment", "the person"), _any_hour),
    "a call about rent by SMS": (("call_back", "the person"), _whatever_the_door("call_back", "the person")),
    "a message about rent by SMS": (("message", "the person"), _whatever_the_door("message", "the person")),
    "a delicate call": (("call_back", "own agency"), lambda a: Q(agency_id=a.agency_id)),
    "another body's SMS": (("incoming_sms", "own agency"), lambda _actor: Q()),
    "a notice of another stair": (("notice", "own building"), _any_stair),
    "an ISEE to a card and a code": (("standing", "the person"), lambda a: Q(holder_id=a.person_id)),
    "another body's contracts": (("standing", "own agency"), lambda _actor: Q()),
    "an ISEE after the help": (("standing", "asked for help"), lambda a: Q(agency_id=a.agency_id)),
    "somebody else's envelope": (("contact", "envelope"), lambda a: Q(agency_id=a.agency_id, delicate=True)),
}


def test_each_fault_is_caught(world: World, pairs: list[parity.Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for name, ((thing, relation), query) in FAULTS.items():
        with monkeypatch.context() as broken:
            broken.setitem(policy._relations, (thing, relation), query)  # noqa: SLF001 -- the fault
            missed += [] if parity.compared(world, pairs, {thing: parity.TABLES[thing]}).wrong else [name]
    assert missed == []


def test_a_wall_without_a_lane_is_caught(world: World, pairs: list[parity.Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "_lanes_of", [lambda actor: policy.lanes_of(actor) - {"economic"}])
    assert parity.walled(world, [pair for pair in pairs if pair[1].holder == Role.OFFICE][:6]).wrong


def test_a_wall_of_every_body_is_caught(world: World, pairs: list[parity.Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "of", lambda _actor: wall.EVERYTHING)
    assert parity.walled(world, pairs[:3]).wrong
