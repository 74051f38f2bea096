"""«Solo di persona»: the phone of who asked equals, byte for byte, the phone of who never did (architecture §5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import HttpResponse

from cortile.agenda import actions as agenda
from cortile.agenda import reads as times
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people import reads as persons
from tests import cast
from tests.app.pages import said
from tests.sessions import Enter

World = Callable[[Actor], Thread]
PAGES = ("/casa/", "/casa/messaggi/", "/casa/io/", "/casa/richieste/{}/", "/casa/richieste/{}/foglio.pdf", "/casa/appuntamenti/1/")


def _choose(marta: Actor) -> None:
    people.choose_in_person(cast.person("adele"), by=marta, only_in_person=True)


def _followed(marta: Actor) -> Thread:
    """Open a request at the desk and work on it as one does: read, answer, an appointment, the question at the end."""
    adele = cast.person("adele")
    thread = acts.open_thread(adele, by=marta, chip="neighbours", title="Una cosa", words="Parole sue")
    acts.say(thread, by=marta, text="Risposta")
    when = times.free_times(cast.staff("marta"), cast.space())[3]
    agenda.book(adele, by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=when, thread=thread)
    acts.propose_solved(thread, by=marta, text="Fatto")
    return thread


def chosen_before(marta: Actor) -> Thread:
    """She chose first, then asked; Marta opened her record."""
    _choose(marta)
    persons.card(cast.person("adele").pk, by=marta)
    return _followed(marta)


def chosen_after(marta: Actor) -> Thread:
    """She asked, then chose; Marta looked again."""
    thread = _followed(marta)
    _choose(marta)
    listening.whole(thread.number, by=marta)
    return thread


def asked_in_the_app_then_chosen(marta: Actor) -> Thread:
    """She asked from her phone, then told an operator that nobody must see it there."""
    thread = cast.open_request("adele")
    acts.take(thread, by=marta)
    _choose(marta)
    return thread


WORLDS = (chosen_before, chosen_after, asked_in_the_app_then_chosen)


def _phone(enter: Enter, number: int) -> list[tuple[int, str, dict[str, str]]]:
    adele = enter("adele")
    return [_masked(adele.get(address.format(number))) for address in PAGES]


def _masked(answer: HttpResponse) -> tuple[int, str, dict[str, str]]:
    heads = {k: v for k, v in answer.headers.items() if k != "Date"}
    return answer.status_code, said(answer), heads


def _in_world(world: World, enter: Enter, marta: Actor) -> tuple[list[tuple[int, str, dict[str, str]]], int]:
    """Live in a world, look at her phone, and undo it all."""
    with transaction.atomic():
        number = world(marta).number
        seen = _phone(enter, number)
        transaction.set_rollback(True)
    return seen, number


@pytest.mark.parametrize("world", WORLDS)
def test_her_phone_is_that_of_who_never_asked(world: World, enter: Enter, marta: Actor) -> None:
    asked, number = _in_world(world, enter, marta)
    assert asked == _phone(enter, number)
    assert Thread.objects.count() == 0


def test_without_the_choice_the_two_worlds_differ(enter: Enter, marta: Actor) -> None:
    asked, number = _in_world(_followed, enter, marta)
    assert asked != _phone(enter, number)


@pytest.mark.parametrize("mark", [acts.keep_in_person, acts.mark_delicate])
def test_one_request_apart_leaves_no_trace_on_her_phone(mark: Callable[..., Thread], enter: Enter, marta: Actor) -> None:
    asked, number = _in_world(lambda by: mark(_followed(by), by=by), enter, marta)
    assert asked == _phone(enter, number)


def test_her_own_request_elsewhere_is_a_404_like_one_that_never_was(enter: Enter, marta: Actor) -> None:
    _choose(marta)
    number = _followed(marta).number
    adele = enter("adele")
    there, never = (adele.get(f"/casa/richieste/{n}/") for n in (number, number + 1))
    assert (there.status_code, said(there)) == (404, said(never))
