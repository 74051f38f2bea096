"""What a tenant sends and gets back: three ways in, one way out, and a right that ends on the next fetch."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cortile.agencies import actions as agencies
from cortile.kit.actor import Actor
from cortile.kit.models import StoredFile
from cortile.listening import actions as acts
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people.models import Delegation, Person
from tests import cast
from tests.app.pages import as_daughter, said
from tests.files import HTML, OGG, PDF, picture, sent
from tests.sessions import Enter

WORDS, CHECK = "/casa/aiuto/racconta/", "/casa/aiuto/controlla/"
BROKEN = {"topic": "broken"}


def _upload(content: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


@pytest.fixture
def address(adele: Person, as_adele: Actor) -> str:
    """Return where Adele's voice about her lift is fetched, past the door."""
    stored = acts.bring_voice(adele, *sent(OGG), by=as_adele)
    return f"/richieste/{cast.open_request('adele').number}/file/{stored.pk}/"


def test_a_voice_comes_with_the_request(enter: Enter) -> None:
    adele = enter("adele")
    adele.post(WORDS, BROKEN | {"voice": _upload(OGG)})
    assert "1 registrazione" in said(adele.get(CHECK))
    adele.post(CHECK, BROKEN | {"answer_by": "phone", "once": "k"})
    assert Thread.objects.get().entries.get(kind="opened").data["voices"] == 1


def test_the_recorder_opens_without_a_script(enter: Enter) -> None:
    adele = enter("adele")
    adele.post("/casa/aiuto/", BROKEN)
    page = said(adele.get(WORDS))
    assert 'type="file" name="voice" accept="audio/*" capture' in page
    assert "Registra la voce" in page


def test_a_wrong_voice_costs_neither_the_words_nor_the_photo(enter: Enter) -> None:
    adele = enter("adele")
    answer = adele.post(WORDS, BROKEN | {"story": "La porta", "photo": _upload(picture()), "voice": _upload(HTML)})
    assert (answer.status_code, "Questo file non è una registrazione." in said(answer)) == (422, True)
    assert ("La porta" in said(adele.get(WORDS)), "1 foto" in said(adele.get(WORDS))) == (True, True)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("photo", picture(), "Ecco una foto."), ("voice", OGG, "Ecco una registrazione."), ("document", PDF, "Ecco un documento.")],
)
def test_a_file_alone_is_an_answer(enter: Enter, thread: Thread, name: str, content: bytes, sentence: str) -> None:
    at = f"/casa/richieste/{thread.number}/"
    adele = enter("adele")
    assert adele.post(at, {"act": "say", "once": "k", name: _upload(content)}).status_code == 302
    assert sentence in said(adele.get(at))
    assert adele.get(f"{at}file/{StoredFile.objects.get().pk}/").status_code == 200


def test_her_voice_can_be_heard_in_parts(enter: Enter, address: str) -> None:
    adele = enter("adele")
    whole, part = adele.get(f"/casa{address}"), adele.get(f"/casa{address}", headers={"Range": "bytes=0-3"})
    assert (whole.content, part.status_code, part.content) == (OGG, 206, b"OggS")
    assert (whole["Content-Type"], whole["Content-Security-Policy"][:27]) == ("audio/ogg", "sandbox; default-src 'none'")


def test_a_helper_withdrawn_hears_nothing_more(client: Client, adele: Person, as_adele: Actor) -> None:
    stored = acts.bring_voice(adele, *sent(OGG), by=as_adele)
    number = acts.open_thread(adele, by=as_adele, chip="faults", title="La caldaia").number
    address = f"/casa/richieste/{number}/file/{stored.pk}/"
    daughter = as_daughter(client, "faults")
    assert daughter.get(address).status_code == 200
    people.withdraw_delegation(Delegation.objects.get(), by=as_adele)
    assert daughter.get(address).headers["Location"].startswith("/casa/entra/")


def test_a_helper_with_other_matters_finds_a_404(client: Client, address: str) -> None:
    assert as_daughter(client, "health").get(f"/casa{address}").status_code == 404


def test_what_became_delicate_is_on_no_phone(enter: Enter, address: str, marta: Actor) -> None:
    acts.mark_delicate(Thread.objects.get(), by=marta)
    assert enter("adele").get(f"/casa{address}").status_code == 404
    assert enter("paola").get(f"/scrivania{address}").status_code == 404


def test_whoever_left_the_body_fetches_nothing(enter: Enter, address: str) -> None:
    marta = enter("marta")
    assert marta.get(f"/scrivania{address}").status_code == 200
    agencies.off_board(cast.staff("marta"), by=cast.at_desk("nadia"))
    assert marta.get(f"/scrivania{address}").headers["Location"].startswith("/accesso/login/")
