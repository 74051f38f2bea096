"""S9: the week, a pop-up presidio in four fields, appointments booked, moved, cancelled and closed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse

from cortile.agenda import actions
from cortile.agenda.models import Appointment
from cortile.homes.models import Place
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening.models import Thread
from tests import cast
from tests.sessions import Enter

AGENDA = "/scrivania/agenda/"
POPUP = {"where": "Atrio scala A, via dei Tigli 12", "on": "2026-03-12", "opens": "10", "closes": "12:00"}
TOMORROW = datetime(2026, 3, 12, 9, tzinfo=UTC)


@pytest.fixture
def booked(marta: Actor) -> Appointment:
    """Return Adele's appointment with Marta, tomorrow at ten."""
    return actions.book(cast.person("adele"), by=marta, staff=cast.staff("marta"), place=cast.space(), starts_at=TOMORROW)


def now(row: Appointment) -> Appointment:
    """Return the appointment as it stands."""
    return Appointment.objects.get(pk=row.pk)


def book(enter: Enter, who: str = "marta", query: str = "", **words: object) -> HttpResponse:
    """Book an appointment for Adele."""
    sent = {"place": cast.space().pk, "staff": cast.staff("marta").pk, "day": "2026-03-12", "hour": "10:00"} | words
    person = cast.person("adele").pk
    return enter(who).post(f"{AGENDA}fissa/?persona={person}{query}", sent)  # type: ignore[return-value]  # the client's own


def test_the_week_shows_presidi_and_appointments(enter: Enter, booked: Appointment) -> None:
    shown = enter("marta").get(AGENDA).content.decode()
    assert "Spazio C.A.S.A. San Siro" in shown
    assert "Adele Brambilla" in shown


def test_a_popup_takes_four_fields(enter: Enter) -> None:
    enter("marta").post(f"{AGENDA}presidio/", POPUP)
    place = Place.objects.get(kind="popup")
    assert (place.name, place.neighbourhood) == (POPUP["where"], cast.person("adele").home_neighbourhood)
    assert POPUP["where"] in enter("marta").get(AGENDA).content.decode()


def test_a_popup_sent_twice_is_one(enter: Enter) -> None:
    for _ in range(2):
        enter("marta").post(f"{AGENDA}presidio/", POPUP | {"once": "abc"})
    assert Place.objects.filter(kind="popup").count() == 1


@pytest.mark.parametrize(("wrong", "said"), [({"on": "2026-03-01"}, "già passato"), ({"closes": "9"}, "prima dell'inizio")])
def test_an_impossible_popup_comes_back_as_typed(enter: Enter, wrong: dict[str, str], said: str) -> None:
    answer = enter("marta").post(f"{AGENDA}presidio/", POPUP | wrong)
    shown = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 422
    assert said in shown
    assert "Atrio scala A" in shown


def test_a_popup_is_taken_back(enter: Enter) -> None:
    enter("marta").post(f"{AGENDA}presidio/", POPUP)
    enter("marta").post(f"{AGENDA}presidio/{Place.objects.get(kind='popup').pk}/togli/")
    assert POPUP["where"] not in enter("marta").get(AGENDA).content.decode()


def test_another_bodys_popup_is_not_found(enter: Enter) -> None:
    enter("marta").post(f"{AGENDA}presidio/", POPUP)
    assert enter("sara").post(f"{AGENDA}presidio/{Place.objects.get(kind='popup').pk}/togli/").status_code == 404


def test_only_a_popup_is_taken_back(enter: Enter) -> None:
    assert enter("marta").post(f"{AGENDA}presidio/{cast.space().pk}/togli/").status_code == 409


def test_the_desk_books_but_publishes_nothing(enter: Enter) -> None:
    assert "Pubblica un presidio" not in enter("silvia").get(AGENDA).content.decode()
    assert enter("silvia").post(f"{AGENDA}presidio/", POPUP).status_code == 404


@pytest.mark.parametrize("who", ["salvatore", "ornella", "lucia"])
def test_who_receives_nobody_has_no_agenda(enter: Enter, who: str) -> None:
    assert enter(who).get(AGENDA).status_code == 404


def test_booking_from_a_request(enter: Enter, thread: Thread) -> None:
    answer = book(enter, query=f"&richiesta={thread.number}")
    row = Appointment.objects.get()
    assert answer["Location"] == f"{AGENDA}{row.pk}/"
    assert (row.person, row.thread, row.starts_at) == (thread.person, thread, TOMORROW)


def test_the_first_free_hours_are_one_tap(enter: Enter) -> None:
    book(enter, day="", hour="", slot=TOMORROW.isoformat())
    assert Appointment.objects.get().starts_at == TOMORROW


def test_free_hours_are_those_of_the_place_asked(enter: Enter) -> None:
    enter("marta").post(f"{AGENDA}presidio/", POPUP)
    place = Place.objects.get(kind="popup")
    shown = book(enter, place=place.pk, day="", hour="").content.decode()
    assert re.findall(r'name="slot" value="[\d-]+T(\d\d:\d\d)', shown) == ["09:00", "09:30", "10:00"]


def test_without_an_hour_it_comes_back(enter: Enter) -> None:
    answer = book(enter, day="", hour="")
    assert answer.status_code == 422
    assert "Manca quando." in answer.content.decode()


def test_out_of_hours_says_when_the_place_is_open(enter: Enter) -> None:
    answer = book(enter, hour="20:00")
    assert answer.status_code == 422
    assert "9:00–13:00" in answer.content.decode()


def test_nobody_books_for_another_bodys_person(enter: Enter) -> None:
    assert book(enter, who="sara").status_code == 404
    assert enter("marta").get(f"{AGENDA}?persona={cast.person('teresa').pk}").status_code == 404


def test_moving_tells_what_it_was(enter: Enter, booked: Appointment) -> None:
    enter("marta").post(f"{AGENDA}{booked.pk}/sposta/", {"day": "2026-03-13", "hour": "11:30"})
    assert (now(booked).starts_at, now(booked).moved_from) == (datetime(2026, 3, 13, 10, 30, tzinfo=UTC), TOMORROW)


def test_cancelling_needs_our_reason(enter: Enter, booked: Appointment) -> None:
    assert enter("marta").post(f"{AGENDA}{booked.pk}/annulla/", {"reason": ""}).status_code == 422
    enter("marta").post(f"{AGENDA}{booked.pk}/annulla/", {"reason": "Il medico è malato"})
    assert now(booked).state == "cancelled"


def test_it_is_done_only_once_it_began(enter: Enter, booked: Appointment) -> None:
    answer = enter("marta").post(f"{AGENDA}{booked.pk}/fatto/")
    assert answer.status_code == 422
    assert "non è ancora cominciato" in answer.content.decode()


@pytest.mark.parametrize(("act", "state"), [("fatto", "done"), ("non-venuta", "no_show")])
def test_how_it_went(enter: Enter, booked: Appointment, act: str, state: str) -> None:
    with clock.frozen(cast.NOW + timedelta(days=1, hours=1)):
        assert "È venuta" in enter("marta").get(AGENDA).content.decode()
        enter("marta").post(f"{AGENDA}{booked.pk}/{act}/")
    assert now(booked).state == state


def test_another_bodys_appointment_is_not_found(enter: Enter, booked: Appointment) -> None:
    assert enter("sara").get(f"{AGENDA}{booked.pk}/").status_code == 404
    assert enter("sara").post(f"{AGENDA}{booked.pk}/fatto/").status_code == 404


def test_an_unknown_act_is_not_found(enter: Enter, booked: Appointment) -> None:
    assert enter("marta").post(f"{AGENDA}{booked.pk}/cancella/").status_code == 404
