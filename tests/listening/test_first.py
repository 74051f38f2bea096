"""Of what was promised for the same day, that of who can wait less comes first (R049): by a day, never before a late one."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.listening import reads
from cortile.listening.models import Thread
from cortile.people.models import Person
from tests import cast


@pytest.fixture(autouse=True)
def _asked(adele: Person) -> None:
    """Let Gianni, 52, ask first and Adele, 78, after him: the same day is promised to both."""
    for name in ("gianni", "adele"):
        cast.open_request(name)


def order(marta: Actor) -> list[str]:
    today = reads.today_of(by=marta)
    return [line.thread.person.given_name for line in (*today.now, *today.later)]


def test_who_is_old_comes_first(marta: Actor) -> None:
    assert order(marta) == ["Adele", "Gianni"]


def test_who_needs_an_interpreter_comes_first_too(marta: Actor) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=cast.person("adele").pk).update(birth_date=date(1990, 1, 1))
        Person.objects.filter(pk=cast.person("adele").pk).update(needs_interpreter=True)
    assert order(marta) == ["Adele", "Gianni"]


def test_without_either_who_asked_first_comes_first(marta: Actor) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=cast.person("adele").pk).update(birth_date=date(1990, 1, 1))
    assert order(marta) == ["Gianni", "Adele"]


def test_nobody_comes_before_a_promise_of_another_day(marta: Actor) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(person=cast.person("gianni")).update(next_date=clock.today())
    assert order(marta)[0] == "Gianni"
