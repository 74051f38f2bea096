"""Where the invented world may not be built."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cortile.backstage import world
from cortile.kit.refusals import Refused
from cortile.people.models import Person
from tests.backstage.worlds import TODAY


def test_outside_a_demo_nothing_is_built(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="demo-only"):
        world.build(42, TODAY)


def test_beside_real_bodies_nothing_is_built() -> None:
    before = Person.objects.count()
    with pytest.raises(Refused, match="data-are-real"):
        world.build(42, TODAY)
    assert Person.objects.count() == before


def test_the_command_says_what_to_do_instead() -> None:
    with pytest.raises(CommandError, match="Usa un database vuoto"):
        call_command("seed", seed=42)


@pytest.mark.parametrize("scale", [0, 1.5])
def test_a_scale_without_room_for_the_story_is_refused(scale: float) -> None:
    with pytest.raises(Refused, match="world-too-small"):
        world.build(42, TODAY, scale=scale)
