"""T1: what is happening with my things, without a tap."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cortile.homes import actions as homes
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.app.pages import as_daughter, masked, said
from tests.messages.test_notices import write
from tests.sessions import Enter


def test_an_open_request_says_ball_owner_and_date(enter: Enter, thread: Thread) -> None:
    page = said(enter("adele").get("/casa/"))
    assert "Ricevuta" in page
    assert "Marta" in page
    assert "Ti rispondiamo entro <strong>lunedì 16 marzo" in page


@pytest.mark.parametrize(("at", "greeting"), [(8, "Buongiorno"), (21, "Buonasera")])
def test_it_greets_by_the_hour(enter: Enter, at: int, greeting: str) -> None:
    with clock.frozen(datetime(2026, 3, 11, at, tzinfo=UTC)):
        page = said(enter("adele").get("/casa/"))
    assert f"{greeting}, <bdi>Adele</bdi>" in page


def test_nothing_open_says_what_to_do(enter: Enter) -> None:
    assert "Non hai richieste aperte" in said(enter("adele").get("/casa/"))


def test_help_comes_before_everything(enter: Enter, thread: Thread) -> None:
    page = said(enter("adele").get("/casa/"))
    assert page.index("Chiedi aiuto") < page.index("Ascensore fermo")


def test_a_late_promise_is_announced_by_us(enter: Enter, thread: Thread, system: Actor) -> None:
    with clock.frozen(datetime(2026, 3, 17, 9, tzinfo=UTC)):
        acts.keep_watch(cast.agency(), by=system)
        page = said(enter("adele").get("/casa/"))
    assert "Dovevamo risponderti entro lunedì 16 marzo" in page
    assert "Paola" in page


def test_a_question_asks_for_an_answer(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.propose_solved(thread, by=marta, text="È ripartito")
    assert "È così anche per te?" in said(enter("adele").get("/casa/"))


def test_a_neighbour_s_request_is_not_here(enter: Enter, thread: Thread) -> None:
    assert str(thread.number) not in said(enter("samira").get("/casa/"))


def test_a_stranger_finds_a_person_and_the_way_in(client: Client) -> None:
    page = said(client.get("/casa/"))
    assert "/casa/entra/" in page
    assert "02 5550 000" in page
    assert "Spazio C.A.S.A. San Siro" in page
    assert "112" in page


def test_every_tenant_page_offers_a_person(enter: Enter, thread: Thread) -> None:
    adele = enter("adele")
    for address in ("/casa/", "/casa/aiuto/", f"/casa/richieste/{thread.number}/", "/casa/messaggi/", "/casa/io/", "/casa/entra/"):
        assert 'id="serve-una-persona"' in said(adele.get(address))


def test_a_daughter_sees_what_adele_chose_and_whose_house_it_is(client: Client, thread: Thread) -> None:
    cast.open_request("adele", chip="rent", title="Lettera sulle bollette")
    page = said(as_daughter(client, "faults").get("/casa/"))
    assert "Stai aiutando <bdi>Adele</bdi>" in page
    assert "Ascensore fermo" in page
    assert "Lettera sulle bollette" not in page


def test_a_daughter_whose_help_was_withdrawn_is_a_stranger(client: Client, as_adele: Actor, adele: Person) -> None:
    daughter = as_daughter(client, "faults")
    people.withdraw_delegation(adele.delegations.get(), by=as_adele)
    assert "/casa/entra/" in said(daughter.get("/casa/"))


def test_arabic_goes_from_right_to_left(enter: Enter) -> None:
    samira = enter("samira")
    samira.cookies["lingua"] = "ar"
    assert '<html lang="ar" dir="rtl">' in said(samira.get("/casa/"))
    assert translation.get_language() == "it"


def test_three_requests_cost_the_queries_of_one(enter: Enter, thread: Thread) -> None:
    adele = enter("adele")
    adele.get("/casa/")
    with CaptureQueriesContext(connection) as one:
        adele.get("/casa/")
    cast.open_request("adele", chip="rent", title="Una")
    cast.open_request("adele", chip="health", title="Due")
    with CaptureQueriesContext(connection) as three:
        adele.get("/casa/")
    assert len(one) == len(three)


def test_reading_the_house_writes_nothing_but_the_session(enter: Enter, thread: Thread) -> None:
    before = thread.entries.count()
    enter("adele").get("/casa/")
    assert thread.entries.count() == before


def test_the_nearest_presidio_is_of_her_own_quarter(enter: Enter, system: Actor) -> None:
    other = cast.agency().neighbourhoods.get(name="Corvetto")
    homes.add_place(
        cast.agency(), by=system, kind="presidio", name="Atrio Corvetto", neighbourhood=other, openings=[(2, time(9), time(18))]
    )
    assert "Spazio C.A.S.A. San Siro" in enter("adele").get("/casa/").content.decode()


def test_a_pop_up_of_her_courtyard_is_seen_as_soon_as_it_is_published(enter: Enter, marta: Actor) -> None:
    quarter, day = cast.person("adele").home_neighbourhood, clock.today()
    homes.publish_popup(
        cast.agency(), by=marta, name="Atrio scala A", neighbourhood=quarter, on=day, opens=time(15), closes=time(17),
        staff=cast.staff("marta"),
    )  # fmt: skip
    assert "Atrio scala A" in enter("adele").get("/casa/").content.decode()


def test_one_notice_of_her_stair_at_most_the_newest(enter: Enter, marta: Actor) -> None:
    write(marta)
    write(marta, title="Acqua chiusa domani")
    page = said(enter("adele").get("/casa/"))
    assert "Acqua chiusa domani" in page
    assert "Ascensore fermo, scala B" not in page
    assert page.index("Chiedi aiuto") < page.index("Acqua chiusa domani")


def test_a_notice_of_another_stair_changes_no_byte(enter: Enter, marta: Actor) -> None:
    before = masked(enter("adele").get("/casa/"))
    write(marta, stair="A")
    assert masked(enter("adele").get("/casa/")) == before


def test_the_doors_lead_where_they_say(enter: Enter) -> None:
    page = said(enter("adele").get("/casa/"))
    for address in ("/casa/conti/", "/casa/chi-aiuta/", "/casa/messaggi/", "/casa/io/", "/info/"):
        assert f'href="{address}"' in page


def test_who_helps_finds_only_the_doors_that_open_to_them(client: Client) -> None:
    page = said(as_daughter(client, "faults").get("/casa/"))
    assert "/casa/chi-aiuta/" in page
    for address in ("/casa/conti/", "/casa/messaggi/", "/casa/io/"):
        assert f'href="{address}"' not in page
