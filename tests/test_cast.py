"""The stage itself: who is on it, and that a test leaves no trace."""

from __future__ import annotations

import pytest
from django.db import connection

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.guard import WriteOutsideActionError
from cortile.listening.models import Thread
from cortile.people.access import visible_to
from cortile.people.models import Person
from tests import cast


def test_tests_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("cortile_app",)


def test_a_write_outside_an_action_raises(milano: Agency) -> None:
    with pytest.raises(WriteOutsideActionError):
        Agency.objects.filter(pk=milano.pk).update(name="Altro")


def test_the_clock_stands_still() -> None:
    assert clock.now() == cast.NOW


def test_a_request_has_owner_ball_and_date(thread: Thread) -> None:
    assert (thread.owner, thread.ball) == (cast.staff("marta"), "us")
    assert thread.next_date is not None


def test_bruno_does_not_see_adele(bruno: Actor, marta: Actor, adele: Person) -> None:
    assert adele in visible_to(marta)
    assert adele not in visible_to(bruno)


def test_lodi_does_not_see_adele(sara: Actor, luca: Actor, adele: Person) -> None:
    assert adele not in visible_to(sara)
    assert adele not in visible_to(luca)
