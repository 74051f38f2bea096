"""At the desk: doors, half hours, activities and words on limits are written by who works there, for their own association."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from cortile.haven.actions import slots
from cortile.haven.models import Association, Door, Event, Offer, Slot
from cortile.kit.actor import PUBLIC, Actor
from tests_haven import cast, published
from tests_haven.browser import Site, session_of

HOST = {"host": "riservato.localhost"}
DOOR = {
    "name": "Consulenze",
    "address": "via dei Tigli 12",
    "hours": "mercoledì 14–17",
    "phone": "",
    "languages": ["it", "ar"],
    "shown": "si",
}
OFFER = {
    "kind": "training",
    "title": "Italiano",
    "place": "via dei Tigli 12",
    "on": "2026-03-20",
    "at": "10:00",
    "minutes": "90",
    "shown": "si",
}
WEEK = {
    "act": "publish",
    "days": ["0", "2"],
    "opens": "14:00",
    "closes": "15:00",
    "first": "2026-03-12",
    "weeks": "1",
    "whom": "public",
}


def desk(login: str = "giulia") -> Client:
    """Return a browser whose shift is open."""
    client = Client(headers=HOST)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(login)
    return client


@pytest.mark.parametrize(
    "address", ["/lavoro/porte/", "/lavoro/porte/nuova/", "/lavoro/attivita/", "/lavoro/attivita/nuova/", "/lavoro/limiti/"]
)
def test_nobody_without_a_shift_comes_in(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"].startswith("/lavoro/entra/")) == (302, True)
    assert desk().get(address).status_code == 200


def test_a_door_is_added_changed_and_hidden() -> None:
    client = desk()
    assert client.post("/lavoro/porte/nuova/", DOOR).status_code == 302
    door = Door.objects.get()
    assert (door.languages, door.shown, door.association) == (["it", "ar"], True, cast.association())
    client.post(f"/lavoro/porte/{door.pk}/", {**DOOR, "name": "Sala verde", "shown": "no"})
    door.refresh_from_db()
    assert (door.name, door.shown) == ("Sala verde", False)


def test_a_name_that_tells_comes_back_with_what_to_write_instead() -> None:
    answer = desk().post("/lavoro/porte/nuova/", {**DOOR, "name": "Centro antiviolenza"})
    assert (answer.status_code, "«consulenze»" in answer.content.decode()) == (422, True)
    assert not Door.objects.exists()


@pytest.mark.parametrize("address", ["/lavoro/porte/{door}/", "/lavoro/porte/{door}/orari/", "/lavoro/attivita/{offer}/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_associations_are_not_there(method: str, address: str, chiara: Actor) -> None:
    there = address.format(door=published.a_door().pk, offer=published.an_offer(chiara).pk)
    assert desk("giulia").get(there).status_code == 200
    assert getattr(desk("dora"), method)(there).status_code == 404


def test_a_weeks_half_hours_are_published_and_those_chosen_removed() -> None:
    client, there = desk(), f"/lavoro/porte/{published.a_door().pk}/orari/"
    client.post(there, WEEK)
    assert Slot.objects.count() == 4
    client.post(there, {"act": "remove", "id": [str(slot.pk) for slot in Slot.objects.all()[:3]]})
    assert Slot.objects.count() == 1


@pytest.mark.parametrize(("whom", "seen"), [("public", True), ("own", False)])
def test_half_hours_are_for_anybody_or_for_the_desk_alone(whom: str, seen: bool, client: Client) -> None:
    there = f"/lavoro/porte/{published.a_door().pk}/orari/"
    desk().post(there, {**WEEK, "whom": whom})
    assert {slot.public for slot in Slot.objects.all()} == {seen}
    assert ("14:30" in client.get("/orari/").content.decode(), "14:30 solo per noi" in desk().get(there).content.decode()) == (
        seen,
        not seen,
    )


def test_a_week_is_for_anybody_unless_it_says_otherwise_and_for_nobody_else() -> None:
    there = f"/lavoro/porte/{published.a_door().pk}/orari/"
    assert 'value="public" id="id_whom_0" checked' in desk().get(there).content.decode()
    assert desk().post(there, {**WEEK, "whom": "tutti"}).status_code == 422
    assert not Slot.objects.exists()


def test_hours_that_end_before_they_begin_come_back() -> None:
    answer = desk().post(f"/lavoro/porte/{published.a_door().pk}/orari/", {**WEEK, "closes": "13:00"})
    assert (answer.status_code, "La fine viene prima" in answer.content.decode()) == (422, True)


def test_a_taken_one_is_seen_with_its_language_and_freed() -> None:
    slot = published.a_slot()
    slots.take(slot.pk, "ar", by=PUBLIC)
    client, there = desk(), f"/lavoro/porte/{slot.door_id}/orari/"
    assert "chiede: arabo" in client.get(there).content.decode()
    client.post(there, {"act": "free", "id": str(slot.pk)})
    assert "chiede:" not in client.get(there).content.decode()


def test_a_taken_one_is_not_removed_and_the_page_says_why() -> None:
    slot = published.a_slot()
    slots.take(slot.pk, by=PUBLIC)
    answer = desk().post(f"/lavoro/porte/{slot.door_id}/orari/", {"act": "remove", "id": str(slot.pk)})
    assert (answer.status_code, "Prima liberala" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("sent", [{"act": "burn"}, {"act": "remove", "id": "uno"}, {"act": "free"}, {}])
def test_any_other_button_is_not_there(sent: dict[str, str]) -> None:
    assert desk().post(f"/lavoro/porte/{published.a_door().pk}/orari/", sent).status_code == 404


def test_an_activity_is_added_and_changed() -> None:
    client = desk()
    client.post("/lavoro/attivita/nuova/", OFFER)
    offer = Offer.objects.get()
    client.post(f"/lavoro/attivita/{offer.pk}/", {**OFFER, "title": "Italiano, livello due", "shown": "no"})
    offer.refresh_from_db()
    assert (offer.title, offer.shown, offer.minutes) == ("Italiano, livello due", False, 90)


def test_an_activity_whose_title_tells_comes_back() -> None:
    assert desk().post("/lavoro/attivita/nuova/", {**OFFER, "title": "Gruppo donne"}).status_code == 422
    assert not Offer.objects.exists()


def test_the_words_on_limits_are_the_associations_own() -> None:
    desk().post("/lavoro/limiti/", {"text": "Da noi nessuno scrive il tuo nome."})
    assert cast.association().limits == "Da noi nessuno scrive il tuo nome."
    assert Association.objects.get(slug="porta-accanto").limits == ""


def test_every_writing_leaves_one_event_in_its_own_log(chiara: Actor) -> None:
    before = Event.objects.filter(association=cast.association()).count()
    desk().post("/lavoro/porte/nuova/", DOOR)
    desk().post("/lavoro/limiti/", {"text": "Due parole."})
    assert Event.objects.filter(association=cast.association()).count() - before == 2


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_desk_is_wider_than_the_glass(width: int, site: Site) -> None:
    door = published.everything().door_id
    page = site.phone("chiara", width=width)
    wide = []
    for address in (
        "/lavoro/porte/",
        f"/lavoro/porte/{door}/",
        f"/lavoro/porte/{door}/orari/",
        "/lavoro/attivita/nuova/",
        "/lavoro/limiti/",
    ):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []
