"""«È lo stesso problema»: a neighbour's fault is of a place; nothing of the neighbour crosses the stairs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening.models import Thread
from cortile.people import actions as people
from tests import cast
from tests.app.pages import as_daughter, masked
from tests.sessions import Enter

TOPIC, WORDS = "/casa/aiuto/", "/casa/aiuto/racconta/"
BROKEN = {"topic": "broken"}
KEY = re.compile(r'name="same" value="([^"]+)"')
DRAFT = re.compile(r'name="bozza" value="[^"]+"')


def fault_of(key: str = "samira", **more: str) -> Thread:
    """Open a fault of a neighbour, with words and a title that are hers."""
    return cast.open_request(key, title="Titolo di Samira", words="Parole sue", **more)


def second_screen(client: Client) -> str:
    """Return the second screen of asking about something broken."""
    client.post(TOPIC, BROKEN)
    return DRAFT.sub("", masked(client.get(WORDS)))


def tie(client: Client) -> Thread:
    """Tap «È lo stesso problema» on the first fault of the page, and return the request it opened."""
    (key, *_) = KEY.findall(second_screen(client))
    client.post(WORDS, BROKEN | {"same": key, "once": "k1"})
    return Thread.objects.latest("pk")


def test_a_neighbours_fault_is_told_as_of_a_place(enter: Enter) -> None:
    other = fault_of()
    page = second_screen(enter("adele"))
    assert "Un guasto nel tuo palazzo" in page
    assert "segnalato oggi" in page
    for word in ("Samira", "Titolo di Samira", "Parole sue", str(other.number)):
        assert word not in page


def test_of_her_own_stair_it_says_so_with_the_label_an_operator_chose(enter: Enter, marta: Actor) -> None:
    adele = cast.person("adele")
    assert adele.home_stair is not None
    cast._tenant(adele.agency, adele.home_stair.building, "B", "luisa", "Luisa", "Pini")  # noqa: SLF001 -- one more neighbour
    acts.refine(fault_of("luisa"), by=marta, category=cast.category("T01"))
    with clock.frozen(datetime(2026, 3, 12, 9, tzinfo=UTC)):
        page = second_screen(enter("adele"))
    assert "Un guasto nella tua scala" in page
    assert "Ascensore fermo" in page
    assert "segnalato ieri" in page


def test_one_tap_opens_her_own_request_with_the_same_promise(enter: Enter) -> None:
    first = fault_of()
    with clock.frozen(datetime(2026, 3, 12, 9, tzinfo=UTC)):
        mine = tie(enter("adele"))
    assert (mine.person.code, mine.duplicate_of_id) == ("adele", first.pk)
    assert mine.next_date == mine.first_promise == first.next_date


def test_without_the_tie_the_promise_would_be_another(enter: Enter) -> None:
    first = fault_of()
    with clock.frozen(datetime(2026, 3, 12, 9, tzinfo=UTC)):
        assert cast.open_request("adele").next_date != first.next_date


def test_tied_twice_is_tied_once_and_no_longer_offered(enter: Enter) -> None:
    fault_of()
    adele = enter("adele")
    (key, *_) = KEY.findall(second_screen(adele))
    for _again in range(2):
        adele.post(WORDS, BROKEN | {"same": key, "once": "k1"})
    assert Thread.objects.filter(person__code="adele").count() == 1
    assert KEY.findall(second_screen(adele)) == []


def test_a_third_neighbour_finds_it_once(enter: Enter) -> None:
    fault_of()
    tie(enter("adele"))
    assert len(KEY.findall(second_screen(enter("gianni")))) == 1


def test_both_operators_pages_say_so(enter: Enter) -> None:
    first = fault_of()
    mine = tie(enter("adele"))
    cast.in_front("marta", "adele", "samira")
    marta = enter("marta")
    here, there = (marta.get(f"/scrivania/richieste/{t.number}/").content.decode() for t in (mine, first))
    assert f'Stesso problema di <a href="/scrivania/richieste/{first.number}/"' in here
    assert f'Stesso problema anche in <a href="/scrivania/richieste/{mine.number}/"' in there


def test_a_key_of_somebody_else_ties_nothing(enter: Enter) -> None:
    fault_of()
    (key, *_) = KEY.findall(second_screen(enter("gianni")))
    adele = enter("adele")
    adele.post(WORDS, BROKEN | {"same": key, "once": "k1"})
    assert Thread.objects.get(person__code="adele").duplicate_of_id is None


def test_another_topic_ties_nothing(enter: Enter) -> None:
    fault_of()
    adele = enter("adele")
    (key, *_) = KEY.findall(second_screen(adele))
    adele.post(WORDS, {"topic": "health", "same": key, "once": "k1"})
    assert Thread.objects.get(person__code="adele").duplicate_of_id is None


@pytest.mark.parametrize("chip", ["health", "neighbours", "rent", "listening"])
def test_only_faults_are_told(enter: Enter, chip: str) -> None:
    fault_of(chip=chip)
    assert KEY.findall(second_screen(enter("adele"))) == []


def test_other_buildings_and_old_faults_are_not_told(enter: Enter) -> None:
    fault_of("teresa")
    with clock.frozen(datetime(2026, 2, 20, 9, tzinfo=UTC)):
        fault_of()
    assert KEY.findall(second_screen(enter("adele"))) == []


def test_who_helps_her_is_not_told(client: Client) -> None:
    fault_of()
    assert KEY.findall(second_screen(as_daughter(client, "faults"))) == []


def _delicate(thread: Thread, by: Actor) -> None:
    acts.mark_delicate(thread, by=by)


def _in_person(thread: Thread, by: Actor) -> None:
    acts.keep_in_person(thread, by=by)


def _she_is_in_person(thread: Thread, by: Actor) -> None:
    people.choose_in_person(thread.person, by=by, only_in_person=True)


def _other_matter(thread: Thread, by: Actor) -> None:
    acts.refine(thread, by=by, category=cast.category("A01"))


APART = (_delicate, _in_person, _she_is_in_person, _other_matter)


@pytest.mark.parametrize("apart", APART)
def test_what_is_apart_changes_no_byte_of_a_neighbours_page(
    apart: Callable[[Thread, Actor], None], enter: Enter, marta: Actor
) -> None:
    with transaction.atomic():
        apart(fault_of(), marta)
        there = second_screen(enter("adele"))
        transaction.set_rollback(True)
    assert there == second_screen(enter("adele"))


def test_an_open_fault_does_change_it(enter: Enter) -> None:
    bare = second_screen(enter("adele"))
    fault_of()
    assert bare != second_screen(enter("adele"))


@pytest.mark.parametrize("apart", APART)
def test_a_tie_to_what_went_apart_meanwhile_says_nothing(
    apart: Callable[[Thread, Actor], None], enter: Enter, marta: Actor
) -> None:
    first, adele = fault_of(), enter("adele")
    (key, *_) = KEY.findall(second_screen(adele))
    apart(first, marta)
    assert "ricevuta" in adele.post(WORDS, BROKEN | {"same": key, "once": "k1"}).headers["Location"]
    assert Thread.objects.get(person__code="adele").duplicate_of_id is None


def test_what_became_delicate_is_on_nobody_elses_page(enter: Enter, marta: Actor) -> None:
    first = fault_of()
    mine = tie(enter("adele"))
    acts.mark_delicate(first, by=marta, duty=cast.staff("paola"))
    cast.in_front("marta", "adele")
    page = enter("marta").get(f"/scrivania/richieste/{mine.number}/").content.decode()
    assert "Stesso problema" not in page
    assert str(first.number) not in page
