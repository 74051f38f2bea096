"""T5: a word, a few ticks, and who can help; without scripts, in one's language, and never to an empty wall."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.test import Client

from cortile.directory import actions
from cortile.directory.models import Service
from cortile.kit import clock, scopes
from cortile.kit.models import AuditEvent
from tests import cast
from tests.app.pages import said
from tests.directory import cards
from tests.sessions import Enter

HERE = "/casa/chi-aiuta/"


@pytest.fixture
def after_school() -> Service:
    """Return the after-school club of Via dei Tigli, with everything a card may have."""
    return cards.whole("Doposcuola dei Tigli")


def grown_old(row: Service, days: int) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Service.objects.filter(pk=row.pk).update(confirmed_at=clock.now() - timedelta(days=days))


@pytest.mark.parametrize("word", ["compiti", "compitti", "واجبات", "deberes", "homework", "作业"])
def test_a_word_in_any_language_finds_the_card(client: Client, after_school: Service, word: str) -> None:
    page = said(client.get(HERE, {"q": word}))
    assert after_school.name in page
    assert 'href="tel:+39025550200"' in page
    for words in ("verificato oggi", "Gratis", "arabo", "lista d", "Oggi"):
        assert words in page


def test_a_card_says_how_long_ago_it_was_verified(client: Client, after_school: Service) -> None:
    grown_old(after_school, 6)
    assert "verificato 6 giorni fa" in said(client.get(HERE, {"q": "compiti"}))
    grown_old(after_school, 95)
    assert "Non è sicuro" in said(client.get(HERE, {"q": "compiti"}))


@pytest.mark.parametrize(("before", "found"), [("zzzzz yyyyy xxxxx", True), ("zzzzz yyyyy xxxxx wwwww", False)])
def test_four_words_that_say_something_are_looked_for(client: Client, after_school: Service, before: str, found: object) -> None:
    page = said(client.get(HERE, {"q": f"ho bisogno di {before} doposcuola"}))
    assert (after_school.name in page) == found


def test_nothing_found_leads_to_a_person(client: Client) -> None:
    page = said(client.get(HERE, {"q": "zzzzqqq"}))
    for words in ("Qui non abbiamo trovato niente", "Chiedi a una persona", "02 5550 000", "Chiamatemi voi", "Spazio C.A.S.A."):
        assert words in page


def test_what_the_ticks_left_out_is_one_tap_away(client: Client, after_school: Service) -> None:
    with clock.frozen(cast.NOW + timedelta(hours=10)):
        page = said(client.get(HERE, {"q": "compiti", "aperto": "on"}))
    assert after_school.name not in page
    assert 'href="?q=compiti"' in page


def test_a_tick_that_is_no_tick_narrows_nothing(client: Client, after_school: Service) -> None:
    page = said(client.get(HERE, {"q": "compiti", "quartiere": "x", "lingua": "klingon", "pagina": "9" * 30}))
    assert after_school.name in page


def test_the_tenant_s_quarter_is_where_she_starts_from(enter: Enter, after_school: Service) -> None:
    place = after_school.at_locations.get().location
    place.neighbourhood = cast.space().neighbourhood
    with scopes.opened(scopes.EVERYTHING):
        place.save()
    assert "nel tuo quartiere" in said(enter("adele").get(HERE, {"q": "compiti"}))


def test_the_places_of_the_body_stay_below(client: Client, after_school: Service) -> None:
    page = said(client.get(HERE))
    assert page.index(after_school.name) < page.index("Spazio C.A.S.A. San Siro")


def test_a_card_s_page_says_its_week_and_how_to_get_there(client: Client, after_school: Service) -> None:
    page = said(client.get(f"{HERE}{after_school.pk}/"))
    for words in ("Via dei Tigli 12", "Si entra senza scalini", "chiuso", "Dai 6 ai 14 anni", "San Siro"):
        assert words in page


def test_a_withdrawn_card_has_no_page(client: Client, after_school: Service) -> None:
    actions.withdraw_service(after_school.pk, by=cast.SYSTEM, reason="Ha chiuso.")
    assert client.get(f"{HERE}{after_school.pk}/").status_code == 404
    assert after_school.name not in said(client.get(HERE, {"q": "compiti"}))


def test_the_map_numbers_what_the_list_says(client: Client, after_school: Service) -> None:
    page = said(client.get(f"{HERE}mappa/", {"q": "compiti"}))
    assert '<a href="#servizio-1" aria-label="1. Doposcuola dei Tigli">' in page
    assert 'id="servizio-1"' in page


def test_looking_for_help_leaves_no_trace(enter: Enter, after_school: Service) -> None:
    adele = enter("adele")
    adele.get(HERE)
    before = AuditEvent.objects.count()
    adele.get(HERE, {"q": "donne"})
    adele.get(f"{HERE}{after_school.pk}/")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_first_view_stays_light(client: Client, after_school: Service, language: str) -> None:
    client.cookies["lingua"] = language
    for n in range(25):
        cards.published(f"Servizio {n}", of=after_school.organization, free=True, languages=[("ar", "arabo")])
    page = client.get(HERE, {"q": "servizio"})
    assert len(gzip.compress(page.content)) <= 60_000
    assert "leaflet" not in said(page)
