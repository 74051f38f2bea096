"""S17: the map of services as whoever keeps it sees it, and the keeper's one tap."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from cortile.directory import actions
from cortile.directory.models import Service
from cortile.kit import scopes
from cortile.messages.models import Delivery
from tests import cast
from tests.directory import cards
from tests.sessions import Enter

LIST = "/scrivania/servizi/"
FORM = {"name": "Doposcuola dei Tigli", "now": "active", "phone": "02 5550 300"}


def page(row: Service) -> str:
    return f"{LIST}{row.pk}/"


def link() -> str:
    text = Delivery.objects.filter(subject__contains="ancora così").latest("pk").text
    return re.search(r"/servizi/l/[\w-]+/", text).group()


def test_the_list_says_when_each_card_was_confirmed(enter: Enter) -> None:
    cards.whole()
    shown = enter("marta").get(LIST).content.decode()
    assert "Doposcuola" in shown
    assert "11 marzo" in shown
    assert "lista d" in shown


def test_the_queue_holds_what_waits_to_be_confirmed(enter: Enter) -> None:
    fresh, old = cards.published("Fresco"), cards.draft("Vecchio")
    actions.publish_service(old.pk, by=cast.SYSTEM)
    with scopes.opened(scopes.EVERYTHING):
        Service.objects.filter(pk=old.pk).update(confirmed_at=None)
    shown = enter("marta").get(f"{LIST}?cosa=scadono").content.decode()
    assert "Vecchio" in shown
    assert fresh.name not in shown


def test_a_card_shows_all_it_says(enter: Enter) -> None:
    shown = enter("silvia").get(page(cards.whole())).content.decode()
    for said in ("Via dei Tigli 12", "lun, mer", "chiuso", "arabo", "San Siro", "Compiti e doposcuola"):
        assert said in shown


def test_what_a_list_said_more_and_who_confirmed_are_for_who_keeps_the_card(enter: Enter) -> None:
    row = actions.publish_service(cards.draft().pk, by=cast.at_desk("marta"))
    with scopes.opened(scopes.EVERYTHING):
        Service.objects.filter(pk=row.pk).update(brought={"Nota": "citofono della signora Lina"}, confirmed_by="Gina Prova")
    kept, read = (enter(who).get(page(row)).content.decode() for who in ("marta", "silvia"))
    assert ("signora Lina" in kept, "Gina Prova" in kept) == (True, True)
    assert ("signora Lina" in read, "Gina Prova" in read, "da noi" in read) == (False, False, True)


def test_a_card_is_written_published_and_confirmed(enter: Enter, client: Client) -> None:
    marta = enter("marta")
    written = marta.post(f"{LIST}nuova/", {**FORM, "organization": "Associazione Il Cortile"})
    row = Service.objects.get(name=FORM["name"])
    assert written.headers["Location"] == page(row)
    marta.post(page(row), {"act": "publish"})
    marta.post(page(row), {"act": "confirm"})
    marta.post(page(row), {"act": "capacity", "state": "no-capacity", "available": "0"})
    row.refresh_from_db()
    assert (row.state, row.capacity.state, row.confirmations.count()) == ("published", "no-capacity", 2)


def test_an_organisation_written_twice_is_one(enter: Enter) -> None:
    cards.organization(name="Associazione Il Cortile ODV")
    enter("marta").post(f"{LIST}nuova/", {**FORM, "organization": "il cortile"})
    assert Service.objects.get().organization.name == "Associazione Il Cortile ODV"


def test_a_card_is_corrected(enter: Enter) -> None:
    row = cards.published()
    marta = enter("marta")
    assert "02 5550 200" in marta.get(f"{page(row)}modifica/").content.decode()
    marta.post(f"{page(row)}modifica/", {**FORM, "now": "temporarily closed"})
    row.refresh_from_db()
    assert (row.name, row.status, row.phones.get().number) == (FORM["name"], "temporarily closed", FORM["phone"])


def test_what_is_wrong_is_said_on_the_form(enter: Enter) -> None:
    answer = enter("marta").post(f"{page(cards.published())}modifica/", {**FORM, "minimum_age": "14", "maximum_age": "6"})
    assert answer.status_code == 422
    assert "Le età sono al contrario" in answer.content.decode()


def test_a_card_is_not_withdrawn_without_a_reason(enter: Enter) -> None:
    row = cards.published()
    answer = enter("marta").post(page(row), {"act": "withdraw", "reason": ""})
    assert answer.status_code == 422
    enter("marta").post(page(row), {"act": "withdraw", "reason": "Ha chiuso."})
    assert Service.objects.get(pk=row.pk).state == "withdrawn"


def test_the_desk_finds_no_button_to_change_a_card(enter: Enter) -> None:
    row = cards.published()
    assert 'value="confirm"' not in enter("silvia").get(page(row)).content.decode()
    assert enter("silvia").get(f"{page(row)}modifica/").status_code == 404


@pytest.mark.parametrize("who", ["salvatore", "ornella", "roberto"])
def test_whoever_has_no_use_for_it_finds_nothing(enter: Enter, who: str) -> None:
    assert enter(who).get(LIST).status_code == 404


def test_an_unknown_button_and_an_unknown_list_are_not_there(enter: Enter) -> None:
    row = cards.published()
    assert enter("marta").post(page(row), {"act": "delete"}).status_code == 404
    assert enter("marta").get(f"{LIST}?cosa=tutte").status_code == 404


# --- the keeper, by mail ---


def test_the_keeper_reads_the_card_and_confirms_it_with_one_tap(client: Client) -> None:
    row = cards.whole()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    address = link()
    assert "Compiti insieme." in client.get(address).content.decode()
    answer = client.post(address, follow=True)
    assert "La scheda è confermata" in answer.content.decode()
    assert Service.objects.get(pk=row.pk).confirmed_how == "keeper"


def test_opening_the_link_confirms_nothing(client: Client) -> None:
    row = cards.published()
    actions.ask_keeper(row.pk, by=cast.SYSTEM)
    client.get(link())
    assert not row.confirmations.filter(how="keeper").exists()


def test_an_invented_link_says_what_an_old_one_says(client: Client) -> None:
    address = reverse("workspace:still_so", args=["inventato"])
    assert "non vale più" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
