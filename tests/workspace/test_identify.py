"""The desk's person page says how we know who she is, and prints the code of somebody just recognised."""

from __future__ import annotations

from django.test import Client

from cortile.kit import scopes
from cortile.kit.actor import PUBLIC
from cortile.people import actions
from cortile.people.models import Identification, Person, SignInCode
from tests import cast
from tests.sessions import Enter


def _at_the_desk(enter: Enter) -> Client:
    cast.in_front("marta", "adele")
    return enter("marta")


def _print(client: Client, adele: Person, **more: str) -> int:
    return client.post(f"/scrivania/persone/{adele.pk}/codice.pdf", more).status_code


def test_it_asks_which_document_and_never_its_number(enter: Enter, adele: Person) -> None:
    page = _at_the_desk(enter).get(f"/scrivania/persone/{adele.pk}/").content.decode()
    assert "Permesso di soggiorno" in page
    assert "Riconosciuta" not in page


def test_the_sheet_is_of_somebody_recognised(enter: Enter, adele: Person) -> None:
    client = _at_the_desk(enter)
    assert _print(client, adele, documento="id_card") == 200
    assert (SignInCode.objects.get().identified, Identification.objects.count()) == (True, 1)
    page = client.get(f"/scrivania/persone/{adele.pk}/").content.decode()
    assert "Riconosciuta da <bdi>Marta F.</bdi> il" in page
    assert "con la carta d&#x27;identità" in page or "con la carta d'identità" in page


def test_without_a_document_it_prints_as_before(enter: Enter, adele: Person) -> None:
    assert _print(_at_the_desk(enter), adele) == 200
    assert (SignInCode.objects.get().identified, Identification.objects.exists()) == (False, False)


def test_a_document_nobody_knows_prints_nothing(enter: Enter, adele: Person) -> None:
    client = _at_the_desk(enter)
    assert _print(client, adele, documento="bollino") == 409
    assert not SignInCode.objects.exists()


def test_by_spid_it_says_so(enter: Enter, adele: Person) -> None:
    client = _at_the_desk(enter)
    actions.identify(adele, by=cast.at_desk("marta"), document="id_card")
    with scopes.opened(scopes.EVERYTHING):
        Identification.objects.update(way="spid", by=None)
    assert "Riconosciuta con SPID il" in client.get(f"/scrivania/persone/{adele.pk}/").content.decode()


def test_who_reads_the_card_only_finds_none_of_it(enter: Enter, adele: Person) -> None:
    cast.in_front("silvia", "adele")
    assert _print(enter("silvia"), adele, documento="id_card") == 404
    assert actions.sign_in(by=PUBLIC, card_number=adele.card_number, code="1") is None
