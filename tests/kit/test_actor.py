"""Somebody is always acting; nobody is acting by default."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from cortile.kit import actor
from cortile.kit.actor import PUBLIC, Actor, Kind

pytestmark = pytest.mark.pure
MARTA = Actor(kind=Kind.STAFF, name="Marta F.", id=12)


def test_without_an_actor_there_is_an_error() -> None:
    with pytest.raises(actor.NoActorError):
        actor.current()


def test_the_actor_is_there_for_the_block_and_no_longer() -> None:
    with actor.acting(MARTA) as inside:
        assert actor.current() is inside is MARTA
    with pytest.raises(actor.NoActorError):
        actor.current()


def test_the_outer_actor_comes_back() -> None:
    with actor.acting(MARTA):
        with actor.acting(PUBLIC):
            assert actor.current() is PUBLIC
        assert actor.current() is MARTA


def test_it_comes_back_after_a_mistake_too() -> None:
    with actor.acting(MARTA):
        with pytest.raises(ZeroDivisionError), actor.acting(PUBLIC):
            1 / 0  # noqa: B018 -- the mistake
        assert actor.current() is MARTA


def test_an_actor_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        MARTA.role = "admin"  # type: ignore[misc]  # what must not work


@pytest.mark.parametrize(
    ("who", "key"), [(MARTA, "staff:12"), (PUBLIC, "public:pubblico"), (actor.system("promesse"), "system:promesse")]
)
def test_a_key_names_one_actor(who: Actor, key: str) -> None:
    assert who.key == key


def test_a_job_says_which_and_of_which_body() -> None:
    job = actor.system("promesse", agency_id=3)
    assert (job.kind, job.name, job.agency_id, job.id) == (Kind.SYSTEM, "promesse", 3, None)


def test_the_kinds_are_a_closed_list() -> None:
    with pytest.raises(ValueError, match="superuser"):
        Kind("superuser")
