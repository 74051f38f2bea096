"""Colleagues hear and read what came with a request, and see whether a scanner looked into it."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.people.models import Person
from tests import cast
from tests.app.pages import said
from tests.clamd import serving
from tests.files import OGG, PDF, picture, sent
from tests.sessions import Enter


def _page(enter: Enter) -> str:
    return said(enter("marta").get(f"/scrivania/richieste/{cast.open_request('adele').number}/"))


def test_a_voice_is_heard_on_the_page(enter: Enter, adele: Person, as_adele: Actor) -> None:
    stored = acts.bring_voice(adele, *sent(OGG), by=as_adele)
    page = _page(enter)
    assert f'/file/{stored.pk}/" aria-label="Registrazione 1 della richiesta"></audio>' in page
    assert "Non controllata" in page


def test_a_document_is_a_download(enter: Enter, adele: Person, as_adele: Actor) -> None:
    acts.bring_document(adele, *sent(PDF), by=as_adele)
    page = _page(enter)
    assert "Scarica il PDF 1" in page
    assert "Non controllato" in page


@pytest.mark.parametrize("said_clean", [True, False])
def test_what_nobody_looked_into_says_so(
    enter: Enter, adele: Person, as_adele: Actor, settings: Settings, said_clean: bool
) -> None:
    settings.SCANNER = "adapters.clamav.clamd.Clamd"
    with serving() as address:
        settings.SCANNER_ADDRESS = address if said_clean else "127.0.0.1:1"
        acts.bring_photo(adele, *sent(picture()), by=as_adele)
    assert ("Non controllata" in _page(enter)) is not said_clean
