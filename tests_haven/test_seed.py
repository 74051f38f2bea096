"""The invented association: the same for everybody, however many records it holds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from pytest_django import Settings

from cortile.haven import world
from cortile.haven.actions import world as acts
from cortile.haven.models import Association, Door, Offer, Operator, Places, Record, Slot
from cortile.haven.reads import records as reads
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from tests import database
from tests_haven import cast


@contextlib.contextmanager
def seeded(count: int, seed: int = 42) -> Iterator[None]:
    """Build the world in a database of its own, and leave when the block ends."""
    mine, own = database.mine(), f"{database.mine()}_seed"
    connections["default"].close()
    database.drop(own)
    database.clone(database.template(), own)
    database.point_at(own)
    try:
        world.build(world.Asked(count, seed, cast.NOW.date()))
        yield
    finally:
        database.point_at(mine)
        database.drop(own)


def shown() -> list[list[object]]:
    """Return what anybody may read of it, and who works there."""
    return [
        [*Association.objects.values_list("slug", "name", "phone", "key_version")],
        [*Operator.objects.values_list("login", "name", "leads", "active").order_by("login")],
        [*Door.objects.values_list("name", "address", "hours", "phone", "languages", "step_free", "shown").order_by("pk")],
        [*Slot.objects.values_list("door__name", "starts_at", "minutes", "public", "taken", "words").order_by("starts_at", "door")],
        [*Offer.objects.values_list("kind", "title", "place", "starts_at").order_by("pk")],
        [*Places.objects.values_list("kind", "free").order_by("pk")],
    ]


def codes() -> list[str]:
    """Return the codes of its records, as Chiara reads them."""
    shift, chiara = world.at_the_desk("chiara")
    with transaction.atomic():
        return [one.code for one in reads.every(shift, by=chiara)]


@pytest.fixture
def apart(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Let a test have databases of its own."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        yield


@pytest.mark.pure
@pytest.mark.slow
def test_all_but_the_records_is_the_same_however_many_there_are(apart: None) -> None:
    found = {}
    for count in (0, 3):
        with seeded(count):
            found[count] = shown()
            assert Record.objects.count() == count
    assert found[0] == found[3]
    assert len(found[0][3]) > 20


@pytest.mark.pure
@pytest.mark.slow
def test_the_same_seed_writes_the_same_codes(apart: None) -> None:
    with seeded(2):
        assert codes() == ["girasole", "mare"]


def test_where_an_association_stands_nothing_is_built() -> None:
    with pytest.raises(world.AlreadyThere):
        world.build(world.Asked(3, 42, cast.NOW.date()))
    assert Record.objects.count() == 0


def test_outside_a_demo_it_is_refused(settings: Settings, casa: Association, chiara: Actor) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="demo-only"):
        acts.open_demo(casa, [], [], {}, by=chiara)


@pytest.mark.parametrize(("demo", "count", "said"), [(False, 1, "solo in una prova"), (True, -1, "più grande")])
def test_the_command_says_why_it_builds_nothing(settings: Settings, *, demo: bool, count: int, said: str) -> None:
    settings.DEMO = demo
    with pytest.raises(CommandError, match=said):
        call_command("seed", protected_cases=count)
