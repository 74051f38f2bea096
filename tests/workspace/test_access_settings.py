"""«Regole degli accessi»: who answers for a lane, what raises an alarm, when a screen locks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cortile.agencies import actions as agencies
from cortile.agencies import reads
from cortile.homes.models import Place
from tests import cast
from tests.sessions import Enter

PAGE = "/scrivania/amministrazione/accessi/"
CONFIRM = "da confermare"


def send(enter: Enter, who: str, part: str, /, **words: object) -> Any:  # noqa: ANN401 -- the client's own response
    """Send one part of the page."""
    return enter(who).post(PAGE, {"parte": part, **words})


def page(enter: Enter, who: str) -> str:
    """Return the page as somebody finds it."""
    return str(enter(who).get(PAGE).content.decode())


def cell(text: str, row: str) -> str:
    """Return what a table of the page says beside a name."""
    found = re.search(rf'<th scope="row">(?:<bdi>)?{re.escape(row)}(?:</bdi>)?</th><td[^>]*>(.*?)</td>', text)
    assert found
    return re.sub("<[^>]+>", "", found.group(1))


def test_the_administration_says_who_answers(enter: Enter) -> None:
    assert cell(page(enter, "nadia"), "Sociale") == "nessuno"
    assert send(enter, "nadia", "chi", lane="social", who=cast.staff("paola").pk)["Location"] == PAGE
    assert cell(page(enter, "nadia"), "Sociale") == cast.staff("paola").display_name
    assert reads.lane_owners(cast.agency("aler-lodi").pk) == {}


def test_who_has_left_answers_for_nothing(enter: Enter) -> None:
    agencies.name_lane_owner(cast.agency(), cast.staff("bruno"), by=cast.SYSTEM)
    agencies.off_board(cast.staff("bruno"), by=cast.SYSTEM)
    assert cell(page(enter, "nadia"), "Sociale") == "nessuno"


@pytest.mark.parametrize("who", ["luca", ""])
def test_nobody_of_another_body_answers_here(enter: Enter, who: str) -> None:
    answer = send(enter, "nadia", "chi", lane="health", who=cast.staff(who).pk if who else "")
    assert answer.status_code == 422
    assert re.search(r'value="health"[^>]* checked', answer.content.decode())
    assert reads.lane_owners(cast.agency().pk) == {}


def test_a_measure_is_to_confirm_until_somebody_sets_it(enter: Enter) -> None:
    assert CONFIRM in page(enter, "nadia")
    send(enter, "nadia", "avviso", people="12", minutes="10")
    found = page(enter, "nadia")
    assert "oltre 12 schede in 10 minuti" in found
    assert CONFIRM not in found


@pytest.mark.parametrize(("people", "minutes"), [("0", "10"), ("40000", "10"), ("12", "121"), ("12", "dieci")])
def test_an_impossible_measure_comes_back_as_typed(enter: Enter, people: str, minutes: str) -> None:
    answer = send(enter, "nadia", "avviso", people=people, minutes=minutes)
    assert answer.status_code == 422
    assert {f'value="{people}"', f'value="{minutes}"'} <= set(re.findall(r'value="[^"]*"', answer.content.decode()))
    assert cast.agency().burst_to_confirm


@pytest.mark.parametrize("who", ["nadia", "paola"])
def test_administration_and_leads_say_when_a_screen_locks(enter: Enter, who: str) -> None:
    send(enter, who, "blocco", place=cast.space().pk, lock_minutes="5")
    assert cast.space().lock_minutes == 5
    assert cell(page(enter, who), cast.space().name) == "5"


def test_an_hour_is_no_lock(enter: Enter) -> None:
    answer = send(enter, "nadia", "blocco", place=cast.space().pk, lock_minutes="60")
    assert answer.status_code == 422
    assert "Scrivi un numero da 5 a 20." in answer.content.decode()
    assert 'value="60"' in answer.content.decode()
    assert cast.space().lock_minutes == 10


def test_another_bodys_place_is_not_there(enter: Enter) -> None:
    assert cast.space().name not in page(enter, "luca")
    assert send(enter, "luca", "blocco", place=cast.space().pk, lock_minutes="5").status_code == 422
    assert not Place.objects.filter(lock_minutes=5).exists()


@pytest.mark.parametrize("part", ["chi", "avviso", "altro", ""])
def test_a_lead_does_not_choose_who_watches_her(enter: Enter, part: str) -> None:
    assert f'name="parte" value="{part}"' not in page(enter, "paola")
    words = {"lane": "social", "who": cast.staff("paola").pk, "people": "400", "minutes": "1"}
    assert send(enter, "paola", part, **words).status_code == 404
    assert (cast.agency().burst_to_confirm, reads.lane_owners(cast.agency().pk)) == (True, {})


@pytest.mark.parametrize("who", ["marta", "silvia", "salvatore", "ornella", "roberto"])
def test_nobody_else_sets_anything(enter: Enter, who: str) -> None:
    assert enter(who).get(PAGE).status_code == 404
    assert send(enter, who, "blocco", place=cast.space().pk, lock_minutes="5").status_code == 404
