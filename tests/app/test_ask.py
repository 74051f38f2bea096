"""T2: three screens, no key, a receipt with a name and a date."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from cortile.kit import clock, drafts
from cortile.kit.actor import Actor
from cortile.listening.models import Thread
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.app.pages import as_daughter, said
from tests.sessions import Enter

TOPIC, WORDS, CHECK = "/casa/aiuto/", "/casa/aiuto/racconta/", "/casa/aiuto/controlla/"
BROKEN = {"topic": "broken"}


def _send(client: Client, **more: str) -> str:
    sent = {"topic": "broken", "story": "", "answer_by": "phone", "once": "k1"} | more
    return client.post(CHECK, sent).headers["Location"]


def _photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")


def test_three_screens_without_a_key_open_a_request(enter: Enter) -> None:
    adele = enter("adele")
    assert adele.post(TOPIC, BROKEN).headers["Location"] == WORDS
    assert adele.post(WORDS, BROKEN | {"call": "1"}).headers["Location"] == CHECK
    assert "checked" in said(adele.get(CHECK)).split('value="phone"')[1][:40]
    _send(adele)
    assert Thread.objects.get().title == "Qualcosa non funziona"


def test_the_receipt_says_number_date_and_owner(enter: Enter) -> None:
    adele = enter("adele")
    page = said(adele.get(_send(adele)))
    assert str(Thread.objects.get().number) in page
    assert "lunedì 16 marzo" in page
    assert "Marta" in page
    assert "Adesso non c'è nessuno" not in page


@pytest.mark.parametrize(
    ("instant", "reading"),
    [
        (datetime(2026, 3, 14, 22, tzinfo=UTC), "lunedì 16 marzo, 9:00"),
        (datetime(2026, 8, 15, 9, tzinfo=UTC), "lunedì 17 agosto, 9:00"),
    ],
)
def test_out_of_hours_the_receipt_says_when_a_person_reads(enter: Enter, instant: datetime, reading: str) -> None:
    with clock.frozen(instant):
        adele = enter("adele")
        assert reading in said(adele.get(_send(adele)))


def test_the_title_has_the_first_words(enter: Enter) -> None:
    _send(enter("adele"), story="La caldaia fa rumore. Non dormo.")
    assert Thread.objects.get().title == "Qualcosa non funziona: La caldaia fa rumore. Non dormo"


def test_the_title_is_italian_whatever_the_page_speaks(enter: Enter) -> None:
    samira = enter("samira")
    samira.cookies["lingua"] = "ar"
    _send(samira, answer_by="app")
    assert Thread.objects.get().title == "Qualcosa non funziona"


def test_without_a_topic_nothing_goes_on(enter: Enter) -> None:
    answer = enter("adele").post(TOPIC, {})
    assert answer.status_code == 422
    assert "Altro, o non lo so" in said(answer)


def test_what_was_begun_is_there_on_another_phone(enter: Enter) -> None:
    adele = enter("adele")
    adele.post(TOPIC, BROKEN)
    adele.post(WORDS, BROKEN | {"story": "La porta non chiude"})
    again = enter("adele")
    assert "La porta non chiude" in said(again.get(WORDS))
    assert "riprendi da dove eri" in said(again.get("/casa/"))


def test_words_sent_after_the_session_ended_are_kept(client: Client, as_adele: Actor) -> None:
    token = drafts.token(as_adele, "ask", path=WORDS)
    answer = client.post(WORDS, BROKEN | {"story": "Scritto tardi", "bozza": token})
    assert answer.headers["Location"].startswith("/casa/entra/?next=")
    assert drafts.find(as_adele, "ask")["story"] == "Scritto tardi"


def test_sent_twice_is_sent_once(enter: Enter) -> None:
    adele = enter("adele")
    assert _send(adele) == _send(adele)
    assert Thread.objects.count() == 1


def test_back_after_sending_shows_the_receipt(enter: Enter) -> None:
    adele = enter("adele")
    receipt = _send(adele)
    assert adele.get(CHECK).headers["Location"] == receipt


def test_a_photo_comes_with_the_request(enter: Enter) -> None:
    adele = enter("adele")
    adele.post(WORDS, BROKEN | {"photo": _photo()})
    assert "1 foto" in said(adele.get(CHECK))
    _send(adele)
    assert Thread.objects.get().entries.get(kind="opened").data["photos"] == 1


def test_a_wrong_file_says_so_and_costs_no_words(enter: Enter) -> None:
    adele = enter("adele")
    wrong = SimpleUploadedFile("foto.jpg", b"non sono una foto", "image/jpeg")
    answer = adele.post(WORDS, BROKEN | {"story": "La caldaia", "photo": wrong})
    assert answer.status_code == 422
    assert "Questo file non è una foto." in said(answer)
    assert "La caldaia" in said(adele.get(WORDS))


def test_the_same_problem_leads_to_its_request(enter: Enter, thread: Thread) -> None:
    adele = enter("adele")
    adele.post(TOPIC, BROKEN)
    page = said(adele.get(WORDS))
    assert "È lo stesso problema" in page
    assert f"/casa/richieste/{thread.number}/" in page


def test_an_unsafe_number_is_never_offered(enter: Enter, adele: Person, as_adele: Actor) -> None:
    people.confirm_contact_point(adele.contact_points.get(), by=as_adele, still_right=False)
    client = enter("adele")
    client.post(TOPIC, BROKEN)
    assert "CHIAMATEMI VOI" not in said(client.get(WORDS))
    assert "02 5550 100" not in said(client.get(CHECK))


def test_it_says_who_reads_it(enter: Enter) -> None:
    adele = enter("adele")
    adele.post(TOPIC, BROKEN)
    assert "<bdi>Marta</bdi> e chi la coordina" in said(adele.get(CHECK))


def test_a_daughter_asks_only_about_what_adele_chose(client: Client) -> None:
    daughter = as_daughter(client, "faults")
    assert "Bollette" not in said(daughter.get(TOPIC))
    assert daughter.post(TOPIC, {"topic": "bills"}).status_code == 422


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(TOPIC).headers["Location"] == "/casa/entra/?next=%2Fcasa%2Faiuto%2F"


def test_an_operator_has_no_business_here(enter: Enter) -> None:
    assert enter("marta").get(TOPIC).status_code == 404


def test_another_s_receipt_is_not_there(enter: Enter, thread: Thread) -> None:
    assert enter("samira").get(f"/casa/richieste/{thread.number}/ricevuta/").status_code == 404


def test_the_danger_band_stands_on_the_first_page(enter: Enter) -> None:
    assert "È pericoloso adesso?" in said(enter("adele").get(TOPIC))


def test_only_in_person_still_answers_whoever_asks(enter: Enter, marta: Actor) -> None:
    people.choose_in_person(cast.person("adele"), by=marta, only_in_person=True)
    adele = enter("adele")
    assert "Abbiamo ricevuto la tua richiesta" in said(adele.get(_send(adele)))
