"""The page of notices: the address first, then who reads it; a refusal costs nobody their words."""

from __future__ import annotations

from cortile.kit.actor import Actor
from cortile.messages.models import Notice
from tests import cast
from tests.messages.test_notices import write
from tests.sessions import Enter

PAGE = "/scrivania/avvisi/"
SAID = {
    "home": "Tigli 12",
    "title": "Acqua chiusa giovedì",
    "text": "Giovedì 12 marzo l'acqua è chiusa dalle 9 alle 12. Riempi una bottiglia la sera prima.",
    "until": "12/03/2026",
}


def _stair(name: str) -> str:
    home = cast.person("adele").home_stair
    assert home is not None
    return f"s{home.building.stairs.get(name=name).pk}"


def test_an_address_asks_who_reads_it_then_it_is_published(enter: Enter) -> None:
    marta = enter("marta")
    asked = marta.post(PAGE, SAID)
    assert asked.status_code == 422
    assert "tutto il palazzo" in asked.content.decode()
    assert marta.post(PAGE, SAID | {"place": _stair("B")}).status_code == 302
    assert "Acqua chiusa giovedì" in marta.get(PAGE).content.decode()
    assert Notice.objects.get().stair_id == cast.person("adele").home_stair_id


def test_a_refused_text_is_still_there_with_what_to_change(enter: Enter) -> None:
    said = SAID | {"place": _stair("B"), "text": "Si comunica che l'acqua è chiusa."}
    answer = enter("marta").post(PAGE, said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "«Si comunica che»: meglio «(dire la cosa)»" in page
    assert "Si comunica che l&#x27;acqua" in page
    assert not Notice.objects.exists()


def test_an_address_nobody_knows_is_said(enter: Enter) -> None:
    answer = enter("marta").post(PAGE, SAID | {"home": "Via che non c'è 9"})
    assert "Non troviamo questo indirizzo" in answer.content.decode()
    assert answer.status_code == 422


def test_a_stair_of_another_address_is_refused(enter: Enter) -> None:
    assert enter("marta").post(PAGE, SAID | {"place": "s999999"}).status_code == 422
    assert not Notice.objects.exists()


def test_one_tap_takes_it_back(enter: Enter, marta: Actor) -> None:
    notice = write(marta)
    enter("marta").post(PAGE, {"act": "withdraw", "id": notice.pk})
    notice.refresh_from_db()
    assert notice.withdrawn_at is not None


def test_another_bodys_notice_is_a_404(enter: Enter, marta: Actor) -> None:
    notice = write(marta)
    assert enter("sara").post(PAGE, {"act": "withdraw", "id": notice.pk}).status_code == 404
    assert enter("sara").post(PAGE, {"act": "withdraw", "id": "x"}).status_code == 404
