"""S8: a partner without an account answers from its mail, sees exactly what was ticked, and nothing once it is taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from cortile.directory.models import Service
from cortile.kit import clock
from cortile.listening.models import Thread
from cortile.messages.models import Delivery
from cortile.referrals import actions
from cortile.referrals.models import Referral
from tests import cast
from tests.referrals import world

PAGE = "/servizio/richiesta/"


@pytest.fixture
def asked(_alone: None) -> Referral:
    """Return a referral of Adele's to a club: name, language and need, not her telephone."""
    thread: Thread = cast.open_request("adele", chip="school", title="Doposcuola del nipote", words="Parole sue")
    return world.send(thread, world.service(), fields=("name", "language", "need"), need="Compiti, tre pomeriggi")


def code() -> str:
    """Return the code of the last mail that has one."""
    texts = Delivery.objects.filter(channel="email").order_by("-pk").values_list("text", flat=True)
    found = next(match for match in (re.search(r"\b(\d{3} ?\d{3})\b", text) for text in texts) if match)
    return found.group(1)


def come_in(client: Client, asked: Referral) -> HttpResponse:
    """Open the mailed link, ask for a code and bring it."""
    address = f"/servizio/l/{world.token_of(asked)}/"
    client.post(address)
    return client.post(address, {"code": code()})  # type: ignore[return-value]  # the client's own


def facts(page: str) -> dict[str, str]:
    """Return what a page tells of the person: label and value, as they stand in its list."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", page))


def test_the_code_opens_the_one_request(client: Client, asked: Referral) -> None:
    assert come_in(client, asked).headers["Location"] == PAGE
    assert world.fresh(asked).state == "received"


def test_the_page_shows_exactly_the_ticked_fields(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    shown = client.get(PAGE).content.decode()
    assert facts(shown) == dict(world.fresh(asked).given)
    assert set(facts(shown)) == {"Nome", "Lingua", "Di che cosa ha bisogno"}


@pytest.mark.parametrize("other", ["02 5550 100", "Via dei Tigli", "1947", "Parole sue", "Doposcuola del nipote"])
def test_nothing_else_of_her_is_there(client: Client, asked: Referral, other: str) -> None:
    come_in(client, asked)
    assert other not in client.get(PAGE).content.decode()


def test_the_title_says_nothing_of_anybody(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    title = re.search(r"<title>([^<]*)", client.get(PAGE).content.decode())
    assert title
    assert "Adele" not in title.group(1)
    assert "Doposcuola" not in title.group(1)


def test_an_invented_link_says_what_a_true_one_says(client: Client, asked: Referral) -> None:
    pages = [client.post(f"/servizio/l/{token}/", follow=True) for token in (world.token_of(asked), "inventato")]
    bodies = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", p.content.decode()) for p in pages]
    assert bodies[0] == bodies[1]


def test_a_wrong_code_is_refused_alike(client: Client, asked: Referral) -> None:
    wrong = [client.post(f"/servizio/l/{token}/", {"code": "1"}) for token in (world.token_of(asked), "inventato")]
    assert [w.status_code for w in wrong] == [422, 422]
    assert client.get(PAGE).headers["Location"].startswith("/servizio/?next=")


def test_yes_is_one_tap_from_the_page(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    assert 'value="2026-03-12"' in client.get(PAGE).content.decode()
    client.post(f"{PAGE}possiamo/", {"day": "2026-03-12"})
    assert world.fresh(asked).state == "accepted"


def test_a_day_gone_by_comes_back(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    answer = client.post(f"{PAGE}possiamo/", {"day": "2026-03-01"})
    assert answer.status_code == 409
    assert "2026-03-01" in answer.content.decode()


def test_after_a_no_the_data_are_gone_and_a_page_says_thanks(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    answer = client.post(f"{PAGE}non-possiamo/", {"reason": "full", "available_from": "2026-05-04"}, follow=True)
    assert "da adesso non vedete più i dati" in answer.content.decode()
    assert world.fresh(asked).available_from.isoformat() == "2026-05-04"  # type: ignore[union-attr]  # just said
    assert client.get(PAGE).status_code == 302


def test_a_no_without_a_reason_comes_back(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    assert client.post(f"{PAGE}non-possiamo/", {}).status_code == 422


def test_one_question_is_asked_and_its_answer_read(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    client.post(f"{PAGE}chiedo/", {"text": "Che classe fa?"})
    actions.answer(world.fresh(asked), by=cast.at_desk("marta"), words="La quarta.")
    shown = client.get(PAGE).content.decode()
    assert "Che classe fa?" in shown
    assert "La quarta." in shown


def test_how_it_went_is_one_tap(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    client.post(f"{PAGE}possiamo/", {"day": "2026-03-12"})
    client.post(f"{PAGE}esito/", {"outcome": "did_not_arrive"})
    assert world.fresh(asked).service_outcome == "did_not_arrive"


def test_the_card_is_confirmed_with_one_tap(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    answer = client.post(f"{PAGE}scheda/", follow=True)
    assert "La scheda è confermata" in answer.content.decode()
    assert Service.objects.get(pk=asked.service_id).confirmed_how == "keeper"


def test_the_places_left_are_corrected(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    client.post(f"{PAGE}posti/", {"state": "capacity", "available": "2"})
    assert Service.objects.get(pk=asked.service_id).capacity.available == 2
    assert "ci sono posti" in client.get(PAGE).content.decode()


def test_places_without_a_number_come_back(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    assert client.post(f"{PAGE}posti/", {"state": "capacity", "available": ""}).status_code == 422


@pytest.mark.parametrize("how", ["withdrawn", "revoked"])
def test_once_taken_back_the_next_request_shows_nothing(client: Client, asked: Referral, how: str) -> None:
    come_in(client, asked)
    assert "Adele" in client.get(PAGE).content.decode()
    if how == "withdrawn":
        actions.withdraw_consent(asked.consent, by=cast.herself("adele"))  # type: ignore[arg-type]  # it rests on her yes
    else:
        actions.revoke(asked, by=cast.at_desk("marta"), reason="Non serve più.")
    after = client.get(PAGE, follow=True)
    assert "Qui non c'è una richiesta aperta" in after.content.decode()
    assert "Adele" not in after.content.decode()
    assert client.post(f"{PAGE}possiamo/", {"day": "2026-03-12"}).status_code == 302


def test_an_old_link_says_what_a_true_one_says(client: Client, asked: Referral) -> None:
    address = f"/servizio/l/{world.token_of(asked)}/"
    true = client.post(address, follow=True).content.decode()
    with clock.frozen(cast.NOW + timedelta(days=40)):
        old = client.post(address, follow=True).content.decode()
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", true) == strip.sub("", old)


def test_leaving_closes_the_session(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    client.post("/servizio/esci/")
    assert client.get(PAGE).headers["Location"].startswith("/servizio/")


def test_an_office_s_link_opens_no_request_of_a_service(client: Client, asked: Referral) -> None:
    come_in(client, asked)
    assert client.get("/ufficio/domanda/").status_code == 404
    assert client.post(f"{PAGE}cancella/").status_code == 404
