"""M13 and M21: consent and participation are asked when a pathway opens or money is granted, never of who asks for help."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from cortile.agenda.models import Appointment
from cortile.listening.models import Thread
from tests import cast
from tests.agenda.booking import booked
from tests.sessions import Enter

# The words of M13 and M21 (product §9), and of any question that would stand for them.
ASKED = re.compile(
    r"l'europa paga|preferisco non rispondere"
    r"|vuoi che parliamo di te|diciamo solo queste cose|puoi dire di no|puoi cambiare idea|domande sul lavoro|titolo di studio"
    r"|fondo sociale|FSE\+|situazione lavorativa|acconsent|dai il (?:tuo )?consenso|vuoi partecipare",
    re.IGNORECASE,
)
TENANT = (
    "/casa/", "/casa/aiuto/", "/casa/aiuto/racconta/", "/casa/aiuto/controlla/", "/casa/richieste/{number}/",
    "/casa/richieste/{number}/ricevuta/", "/casa/messaggi/", "/casa/io/", "/casa/appuntamenti/{visit}/", "/casa/conti/",
)  # fmt: skip
STRANGER = ("/casa/", "/casa/entra/", "/", "/privacy/")
DESK = (
    "/scrivania/contatto/", "/scrivania/contatto/?persona={person}", "/scrivania/contatto/?persona={person}&fatto=opened_request",
    "/scrivania/richieste/{number}/", "/scrivania/richieste/{number}/per-conto/", "/scrivania/richieste/{number}/ricevuta/",
    "/scrivania/persone/nuova/", "/scrivania/persone/{person}/", "/scrivania/telefono/",
)  # fmt: skip


@pytest.fixture
def addresses(thread: Thread) -> dict[str, int]:
    """Return what the pages are about."""
    visit: Appointment = booked("adele")
    cast.in_front("marta", "adele")
    return {"number": thread.number, "person": thread.person_id, "visit": visit.pk}


def words(page: HttpResponse) -> str:
    """Return what a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.parametrize("page", TENANT)
def test_who_asks_is_asked_for_no_consent(enter: Enter, addresses: dict[str, int], page: str) -> None:
    client = enter("adele")
    client.post("/casa/aiuto/", {"topic": "broken"})
    answer = client.get(page.format(**addresses))
    assert answer.status_code in {200, 302}, page
    assert ASKED.findall(words(answer)) == []  # type: ignore[arg-type]  # the client's own answer


@pytest.mark.parametrize("page", STRANGER)
def test_who_comes_in_is_asked_for_no_consent(enter: Enter, page: str) -> None:
    assert ASKED.findall(words(enter.client.get(page, follow=True))) == []  # type: ignore[arg-type]  # the client's own answer


@pytest.mark.parametrize("page", DESK)
def test_a_contact_asks_for_no_consent(enter: Enter, addresses: dict[str, int], page: str) -> None:
    answer = enter("marta").get(page.format(**addresses))
    assert answer.status_code == 200, page
    assert ASKED.findall(words(answer)) == []  # type: ignore[arg-type]  # the client's own answer


@pytest.mark.pure
def test_the_questions_themselves_are_noticed() -> None:
    m13 = "Vuoi che parliamo di te con l'ambulatorio? Diciamo solo queste cose: nome, telefono. Puoi dire di no."
    assert len(ASKED.findall(m13)) == 3
