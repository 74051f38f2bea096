"""T6-B: six pages, nothing asked that we know, found again anywhere, and sent only by who we know."""

from __future__ import annotations

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from PIL import Image

from cortile.benefits import actions
from cortile.benefits.models import Application, ApplicationDraft, Datum, Document
from cortile.kit import scopes
from cortile.people.models import Membership
from tests import cast, sessions
from tests.app.pages import as_daughter, come_by, said
from tests.benefits import money, notices

CODE = re.compile(r"[A-Z]{4,8}-[A-Z]{4,8}-\d{4}")


@pytest.fixture
def call() -> int:
    """Return a call that is open."""
    return notices.published().call_id


def at(call: int, page: int | str = "") -> str:
    """Return the address of a page of an application."""
    return f"/casa/domanda/{call}/{f'{page}/' if page else ''}"


def known(client: Client, name: str = "adele") -> Client:
    """Return a browser of somebody whose identity was checked."""
    return come_by(client, name, "spid", 2)


def filled(client: Client, call: int, **changed: str) -> None:
    """Fill all the pages but the last."""
    for page in (1, 3, 4):
        client.post(at(call, page), {"said_band": "accesso", "said_due": "825"})
    client.post(at(call, 2), {"isee": "protocol", "isee_protocol": "inps isee 2026 12345678x 00", "isee_value": "12.400"})
    client.post(at(call, 5), {"answer_by": "app", "paid_by": "account", "iban": "", "helper": ""} | changed)


def page_of(client: Client, address: str) -> BeautifulSoup:
    """Return a page, read."""
    return BeautifulSoup(client.get(address).content, "html.parser")


def photo(shade: str = "white", width: int = 1200) -> io.BytesIO:
    """Return a photo of a sheet with lines on it."""
    image, out = Image.new("RGB", (width, 800), shade), io.BytesIO()
    if shade == "white":
        for line in range(0, 800, 20):
            image.paste("black", (0, line, width, line + 6))
    image.save(out, "JPEG")
    out.seek(0)
    out.name = "foglio.jpg"
    return out


def test_what_we_know_is_shown_with_its_source_and_not_asked(client: Client, call: int) -> None:
    page = page_of(known(client), at(call, 4))
    assert "registro dei contributi" in page.text
    assert page.select("main [name^=said_]") == []


def test_what_nobody_knows_is_asked_from_the_rule(client: Client, call: int) -> None:
    page = page_of(known(client), at(call, 1))
    assert [field["value"] for field in page.select("[name=said_band]")][-1] == "unknown"


def test_the_list_says_what_is_done(client: Client, call: int) -> None:
    known(client).post(at(call, 2), {"isee": "unknown", "isee_protocol": "", "isee_value": ""})
    states = [tag.text.strip() for tag in page_of(client, at(call)).select("ol .tag")]
    assert states == ["Da fare", "Completato", "Da fare", "Completato", "Da fare", "Non ancora"]


def test_the_code_is_shown_once_it_is_kept(client: Client, call: int) -> None:
    known(client).post(at(call, 2), {"isee": "unknown"})
    assert CODE.search(said(client.get(at(call))))


def test_another_device_resumes_in_two_steps(client: Client, call: int) -> None:
    known(client).post(at(call, 2), {"isee": "protocol", "isee_protocol": "INPS-ISEE-2026-12345678X-00"})
    code, other = CODE.search(said(client.get(at(call)))), Client()
    assert code
    resumed = other.post("/casa/domanda/codice/", {"code": code[0].lower().replace("-", " ")}, follow=True)
    assert resumed.redirect_chain == [(at(call), 302)]
    assert page_of(other, at(call, 2)).select_one("[name=isee_protocol]")["value"] == "INPS-ISEE-2026-12345678X-00"  # type: ignore[index]  # it is there


def with_the_code(client: Client, call: int) -> Client:
    """Return a browser that has only the code of Adele's draft."""
    known(client).post(at(call, 2), {"isee": "unknown"})
    code, other = CODE.search(said(client.get(at(call)))), Client()
    other.post("/casa/domanda/codice/", {"code": code[0] if code else ""})
    return other


def test_the_code_alone_shows_nothing_we_know(client: Client, call: int) -> None:
    other = with_the_code(client, call)
    for page in range(1, 7):
        text = said(other.get(at(call, page)))
        assert "Brambilla" not in text
        assert "registro dei contributi" not in text


def test_the_code_alone_sends_nothing(client: Client, call: int) -> None:
    other = with_the_code(client, call)
    filled(other, call)
    other.post(at(call, 6), {"send": "1"})
    assert not Application.objects.exists()


@pytest.mark.parametrize("code", ["LUNA-RIVA-0000", "luna", ""])
def test_a_wrong_code_is_told_the_same(client: Client, code: str) -> None:
    answer = client.post("/casa/domanda/codice/", {"code": code})
    assert answer.status_code == 422


def test_who_has_neither_session_nor_code_signs_in_first(client: Client, call: int) -> None:
    assert client.get(at(call, 2)).headers["Location"].startswith("/casa/entra/?next=")


def test_a_dropped_session_loses_no_word(client: Client, call: int) -> None:
    token = page_of(known(client), at(call, 5)).select_one("[name=bozza]")
    assert token
    Client().post(at(call, 5), {"bozza": str(token["value"]), "helper": "Lucia", "answer_by": "app"})
    assert page_of(client, at(call, 5)).select_one("[name=helper]")["value"] == "Lucia"  # type: ignore[index]  # it is there


def test_stopping_keeps_even_what_is_wrong(client: Client, call: int) -> None:
    known(client)
    assert client.post(at(call, 5), {"iban": "IT00", "stop": "1"}).headers["Location"] == at(call)
    assert page_of(client, at(call, 5)).select_one("[name=iban]")["value"] == "IT00"  # type: ignore[index]  # it is there


def test_a_wrong_account_is_said_and_nothing_else_is_lost(client: Client, call: int) -> None:
    answer = known(client).post(at(call, 5), {"answer_by": "app", "paid_by": "transfer", "iban": "IT60X0542811101000000123457"})
    assert answer.status_code == 422
    assert "In questo IBAN" in said(answer)


def test_sending_gives_a_number_a_date_and_the_legal_day(client: Client, call: int) -> None:
    filled(known(client), call)
    answer = client.post(at(call, 6), {"send": "1", "words": "Grazie"}, follow=True)
    number = str(Application.objects.get().number)
    for words in (number, "Ti rispondiamo entro", "venerdì 10 aprile", "La segue"):
        assert words in said(answer)


def test_what_was_typed_reaches_the_application(client: Client, call: int) -> None:
    filled(known(client), call, helper="Lucia", paid_by="transfer", iban="it60 x054 2811 1010 0000 0123 456")
    client.post(at(call, 6), {"send": "1"})
    made, isee = Application.objects.get(), Datum.objects.filter(name="isee").latest("pk")
    assert (made.helper_name, made.iban, made.asked_cents) == ("Lucia", "IT60X0542811101000000123456", 412_50)
    assert (isee.value, isee.evidence, str(isee.expires_on)) == (12_400_00, "INPS-ISEE-2026-12345678X-00", "2026-12-31")


def test_sending_twice_is_one_application(client: Client, call: int) -> None:
    filled(known(client), call)
    first = client.post(at(call, 6), {"send": "1", "once": "k"})
    second = client.post(at(call, 6), {"send": "1", "once": "k"})
    assert first.headers["Location"] == second.headers["Location"]
    assert Application.objects.count() == 1


def test_a_card_and_a_code_fill_in_but_do_not_send(client: Client, call: int) -> None:
    filled(come_by(client, "adele", "paper"), call)
    assert "Dobbiamo sapere che sei tu" in said(client.get(at(call, 6)))
    client.post(at(call, 6), {"send": "1"})
    assert not Application.objects.exists()
    assert ApplicationDraft.objects.exists()


def test_a_daughter_helps_to_fill_in_and_does_not_send(client: Client, call: int) -> None:
    filled(as_daughter(client, "benefits"), call)
    client.post(at(call, 6), {"send": "1"})
    assert ApplicationDraft.objects.get().answers["isee"] == "protocol"
    assert not Application.objects.exists()


def test_who_helps_with_other_matters_finds_nothing(client: Client, call: int) -> None:
    assert as_daughter(client, "faults").get(at(call)).status_code == 404


def test_a_shut_call_has_no_pages(client: Client) -> None:
    shut = notices.published(closes_at="2026-03-02T08:00:00+00:00").call_id
    assert known(client).get(at(shut, 2)).status_code == 404


def bring(client: Client, call: int, file: io.BytesIO, day: str = "2026-02-02") -> object:
    """Bring a paper on the page of papers."""
    return client.post(at(call, 5), {"kind": "ISEE", "file": file, "dated_on": day, "helper": "Lucia", "add": "1"})


def test_a_paper_is_looked_at_and_kept(client: Client, call: int) -> None:
    bring(known(client), call, photo())
    assert "Si legge" in said(client.get(at(call, 5)))
    assert str(Document.objects.get().dated_on) == "2026-02-02"


@pytest.mark.parametrize(
    ("file", "day", "words"),
    [
        (lambda: photo("black"), "2026-02-02", "troppo scura"), (lambda: photo(width=700), "2026-02-02", "troppo piccola"),
        (photo, "", "Manca il giorno"), (photo, "2026-05-02", "deve ancora venire"),
        (lambda: io.BytesIO(b"%PDF-1.4\n%%EOF"), "2026-02-02", "non ha pagine"),
        (lambda: io.BytesIO(b"%PDF-1.4\n/Encrypt 5 0 R /Type /Page\n%%EOF"), "2026-02-02", "password"),
    ],
    ids=["dark", "small", "undated", "tomorrow", "empty", "locked"],
)  # fmt: skip
def test_a_paper_nobody_can_use_is_said_at_once(client: Client, call: int, file: object, day: str, words: str) -> None:
    upload = file()  # type: ignore[operator]  # makes a file
    upload.name = "foglio.pdf"
    answer = bring(known(client), call, upload, day)
    assert words in said(answer)  # type: ignore[arg-type]  # the test client's answer
    assert not Document.objects.exists()
    assert ApplicationDraft.objects.get().answers["helper"] == "Lucia"


def test_a_paper_is_taken_back(client: Client, call: int) -> None:
    bring(known(client), call, photo())
    client.post(f"{at(call)}foglio/{Document.objects.get().pk}/togli/")
    assert not Document.objects.exists()


def test_papers_go_with_the_application(client: Client, call: int) -> None:
    filled(known(client), call)
    bring(client, call, photo())
    client.post(at(call, 6), {"send": "1"})
    assert Document.objects.get().application == Application.objects.get()


def test_her_own_page_says_her_place_and_how_far_the_money_goes(client: Client) -> None:
    version = notices.published(strategy="first_come")
    money.envelope(version, 500_00)
    made = money.applied(version)
    assert "al posto 1 su 1" in said(known(client).get(f"/casa/domanda/numero/{made.number}/"))


def test_her_own_page_says_what_she_sent(client: Client) -> None:
    made = money.applied(notices.published())
    text = said(known(client).get(f"/casa/domanda/numero/{made.number}/"))
    assert "12.400 euro" in text
    assert "da esaminare" in text


def test_who_lives_with_her_sees_that_there_is_one_and_no_more(client: Client) -> None:
    made = money.applied(notices.published(), words="Sono in difficoltà")
    with scopes.opened(scopes.EVERYTHING):
        Membership.objects.create(agency_id=made.agency_id, household=made.household, person=cast.person("samira"))
    text = said(known(client, "samira").get(f"/casa/domanda/numero/{made.number}/"))
    assert made.state_label in text
    assert not any(words in text for words in ("12.400", "Sono in difficoltà", f"/richieste/{made.number}/"))


def test_who_lives_elsewhere_finds_no_application(client: Client) -> None:
    made = money.applied(notices.published())
    assert known(client, "samira").get(f"/casa/domanda/numero/{made.number}/").status_code == 404


def test_a_home_that_applied_is_told_before_anything_is_typed(client: Client) -> None:
    made = money.applied(notices.published())
    text = said(known(client).get(at(made.call_id)))
    assert "c'è già una domanda" in text.replace("&#x27;", "'")
    assert "/2/" not in text


def test_who_began_is_said_to_who_goes_on(client: Client, call: int) -> None:
    actions.keep_draft(call, cast.person("adele"), by=cast.at_desk("marta"), answers={"isee": "unknown"})
    assert "Marta" in said(known(client).get(at(call)))


def test_open_calls_are_listed(client: Client, call: int) -> None:
    assert at(call) in said(sessions.Enter(client)("adele").get("/casa/domanda/"))
