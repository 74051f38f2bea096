"""S4 with nothing that ties: asked why first, in one tap; the emergency; the page of who answers for the lane."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from cortile.agencies import actions as agencies
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.people import actions
from cortile.people.models import Alarm, Canary, Person, RecordOpening
from tests import cast
from tests.sessions import Enter

WHY = "La vicina dice che non risponde da due giorni."
EMERGENCY, REVIEWS = "/scrivania/emergenza/", "/scrivania/accessi/"
ASKED = "È qui davanti a me"


def page(person: Person, rest: str = "") -> str:
    """Return the address of a person's page."""
    return f"/scrivania/persone/{person.pk}/{rest}"


def read(answer: HttpResponse) -> str:
    """Return a page's text as somebody reads it."""
    return answer.content.decode().replace("&#x27;", "'")


def broken(by: Actor, key: str = "adele") -> RecordOpening:
    """Break the glass on somebody."""
    found = actions.break_glass(by=by, reason=WHY, card_number=cast.person(key).card_number)
    assert found is not None
    return found


# --- why ---


def test_with_nothing_that_ties_only_name_and_stair_are_there(enter: Enter, adele: Person) -> None:
    answer = enter("marta").get(page(adele))
    found = read(answer)
    assert answer.status_code == 200
    assert ASKED in found
    assert "Adele Brambilla" in found
    assert not any(hidden in found for hidden in ("5550 100", "3/5/1947", adele.card_number, "Preferenze"))


def test_one_tap_opens_it(enter: Enter, adele: Person) -> None:
    found = read(enter("marta").post(page(adele, "apri/"), {"davanti": "1"}, follow=True))
    assert "02 5550 100" in found
    assert ASKED not in found


def test_not_here_is_a_code_and_a_sentence(enter: Enter, adele: Person) -> None:
    marta = enter("marta")
    words = {"code": "call", "sentence": "niente"}
    short = marta.post(page(adele, "apri/"), words)
    assert short.status_code == 422
    assert "Il motivo è troppo corto." in read(short)
    assert "niente" in read(short)
    assert marta.post(page(adele, "apri/"), words | {"sentence": "La figlia ha chiamato."})["Location"] == page(adele)
    assert "02 5550 100" in read(marta.get(page(adele)))


def test_a_contact_just_recorded_asks_nothing(enter: Enter, marta: Actor, adele: Person) -> None:
    listening.record_contact(by=marta, chip="listening", done_what="listened", persons=[adele])
    assert ASKED not in read(enter("marta").get(page(adele)))


def test_a_desk_is_asked_too_and_opens_the_card_only(enter: Enter, adele: Person) -> None:
    silvia = enter("silvia")
    assert ASKED in read(silvia.get(page(adele)))
    found = read(silvia.post(page(adele, "apri/"), {"davanti": "1"}, follow=True))
    assert "02 5550 100" in found
    assert adele.card_number not in found


@pytest.mark.parametrize("rest", ["scrivi/recapito/", "scrivi/delega/", "chi-ha-visto.pdf"])
def test_forms_and_sheets_ask_first(enter: Enter, adele: Person, rest: str) -> None:
    assert ASKED in read(enter("marta").get(page(adele, rest)))


@pytest.mark.parametrize("rest", ["di-persona/", "codice.pdf", "scrivi/recapito/"])
def test_nothing_is_written_before_the_answer(enter: Enter, adele: Person, rest: str) -> None:
    answer = enter("marta").post(page(adele, rest), {"scelta": "1", "kind": "mobile", "value": "333 5550 777"})
    assert ASKED in read(answer)
    assert not Person.objects.get(pk=adele.pk).only_in_person
    assert adele.contact_points.count() == 1


@pytest.mark.parametrize("who", ["bruno", "sara", "salvatore", "lucia", "ornella"])
def test_who_may_not_see_her_is_not_even_asked(enter: Enter, adele: Person, who: str) -> None:
    assert enter(who).get(page(adele)).status_code == 404
    assert enter(who).post(page(adele, "apri/"), {"davanti": "1"}).status_code == 404


def test_a_canary_looks_like_anybody(enter: Enter, paola: Actor) -> None:
    pair = [actions.register(cast.agency(), by=cast.SYSTEM, given_name="Ida", family_name="Neri") for _ in range(2)]
    seen = []
    for person in pair:
        actions.open_in_front(person, by=paola)
        seen.append(read(enter("paola").get(page(person))))
    actions.place_canary(pair[0], by=paola)
    after = read(enter("paola").get(page(pair[0])))
    assert masked(after, pair[0]) == masked(seen[0], pair[0])


def masked(text: str, person: Person) -> str:
    """Blank what differs in every answer: the tokens, and what the numbers of two persons change."""
    lines = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(str(person.pk), "N")


# --- the emergency ---


def send(enter: Enter, who: str = "bruno", **words: Any) -> Any:  # noqa: ANN401 -- the client's own response
    """Ask for an emergency."""
    return enter(who).post(EMERGENCY, {"reason": WHY, **words})


def test_it_opens_with_a_banner_and_its_end(enter: Enter, adele: Person) -> None:
    answer = send(enter, card_number=adele.card_number)
    assert answer["Location"] == page(adele)
    found = read(enter("bruno").get(page(adele)))
    assert "Scheda aperta per emergenza." in found
    assert "13:00" in found
    assert not any(act in found for act in ("Solo di persona", "Stampa il foglio", "Aggiungi chi aiuta"))
    with clock.frozen(cast.NOW + timedelta(hours=3)):
        assert enter("bruno").get(page(adele)).status_code == 404


def test_a_delicate_request_stays_in_its_envelope(enter: Enter, marta: Actor, bruno: Actor, thread: Thread, adele: Person) -> None:
    listening.mark_delicate(thread, by=marta)
    broken(bruno)
    found = read(enter("bruno").get(page(adele)))
    assert str(thread.number) not in found
    assert "delicat" not in found
    assert enter("bruno").get(f"/scrivania/richieste/{thread.number}/").status_code == 404


def test_whatever_was_wrong_the_page_is_the_same(enter: Enter) -> None:
    wrong: tuple[dict[str, str], ...] = (
        {"card_number": "0000"},
        {"name": "Adele Brambilla"},
        {"card_number": cast.person("teresa").card_number},
        {},
    )
    answers = [send(enter, **words) for words in wrong]
    assert {a.status_code for a in answers} == {422}
    assert {str(a.context["form"].non_field_errors()) for a in answers} == {str(answers[0].context["form"].non_field_errors())}


@pytest.mark.parametrize("who", ["silvia", "salvatore", "nadia", "ornella"])
def test_who_receives_no_one_breaks_no_glass(enter: Enter, who: str) -> None:
    assert enter(who).get(EMERGENCY).status_code == 404


# --- the page of who answers for the lane ---


def test_a_lead_reads_who_when_and_why_and_decides(enter: Enter, bruno: Actor) -> None:
    opening = broken(bruno)
    paola = enter("paola")
    found = read(paola.get(REVIEWS))
    assert all(said in found for said in ("Bruno G.", "community manager", "Adele B.", WHY))
    assert paola.post(f"{REVIEWS}{opening.pk}/", {"esito": "not_fine"}).status_code == 409
    assert paola.post(f"{REVIEWS}{opening.pk}/", {"esito": "fine"}).status_code == 302
    assert WHY not in read(paola.get(REVIEWS))


def test_an_owner_without_persons_reads_no_name(enter: Enter, bruno: Actor) -> None:
    assert enter("nadia").get(REVIEWS).status_code == 404
    agencies.name_lane_owner(cast.agency(), cast.staff("nadia"), by=cast.SYSTEM)
    broken(bruno)
    found = read(enter("nadia").get(REVIEWS))
    assert WHY in found
    assert "Adele" not in found


@pytest.mark.parametrize("who", ["marta", "bruno", "silvia", "ornella"])
def test_nobody_else_reads_it(enter: Enter, bruno: Actor, who: str) -> None:
    opening = broken(bruno)
    assert enter(who).get(REVIEWS).status_code == 404
    assert enter(who).post(f"{REVIEWS}{opening.pk}/", {"esito": "fine"}).status_code == 404


def test_another_body_s_lead_finds_none_of_ours(enter: Enter, bruno: Actor) -> None:
    opening = broken(bruno)
    luca = enter("luca")
    assert WHY not in read(luca.get(REVIEWS))
    assert luca.post(f"{REVIEWS}{opening.pk}/", {"esito": "fine"}).status_code == 404


def test_an_alarm_is_answered_here(enter: Enter, marta: Actor) -> None:
    actions.raise_alarm(cast.agency(), by=cast.machine(), kind="burst", staff_id=marta.id or 0, day=clock.today(), count=40)
    paola, alarm = enter("paola"), Alarm.objects.get()
    assert "ha aperto molte schede in poco tempo" in read(paola.get(REVIEWS))
    assert paola.post(f"{REVIEWS}avvisi/{alarm.pk}/", {"nota": ""}).status_code == 409
    assert paola.post(f"{REVIEWS}avvisi/{alarm.pk}/", {"nota": "Preparava il giro."}).status_code == 302
    assert "Nessun avviso." in read(paola.get(REVIEWS))


def test_a_card_nobody_has_answers_like_one_that_is_there(enter: Enter, adele: Person) -> None:
    invented = actions.register(cast.agency(), by=cast.SYSTEM, given_name="Ida", family_name="Neri")
    cards = ("00000000", invented.card_number, adele.card_number)
    answers = [enter("paola").post(f"{REVIEWS}controllo/", {"tessera": card}) for card in cards]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, REVIEWS)}
    assert Canary.objects.get().person_id == invented.pk


# --- an old request ---


def test_a_request_that_ended_long_ago_asks_on_every_page(enter: Enter, marta: Actor, adele: Person) -> None:
    number = listening.close(cast.open_request("adele"), by=marta, outcome="withdrawn").number
    with clock.frozen(cast.NOW + timedelta(days=200)):
        paola = enter("paola")
        for rest in ("", "foglio.pdf", "foglio-custode.pdf", "ricevuta/", "file/1/", "nota/"):
            assert ASKED in read(paola.get(f"/scrivania/richieste/{number}/{rest}"))
        paola.post(page(adele, "apri/"), {"davanti": "1"})
        assert ASKED not in read(paola.get(f"/scrivania/richieste/{number}/"))


def test_nothing_is_written_on_an_old_request_before_the_answer(enter: Enter, marta: Actor) -> None:
    old = listening.close(cast.open_request("adele"), by=marta, outcome="withdrawn")
    with clock.frozen(cast.NOW + timedelta(days=200)):
        answer = enter("paola").post(f"/scrivania/richieste/{old.number}/riapri/", {"text": "Torna il guasto."})
    assert ASKED in read(answer)
    assert Thread.objects.get(pk=old.pk).state == "closed"


# --- leaving works on the next request ---


@pytest.fixture
def addresses(adele: Person) -> list[str]:
    """Return what Marta has open: her page, Adele's request with a photo in it, the month's CSV."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    size = picture.tell()
    picture.seek(0)
    photo = listening.bring_photo(adele, picture, size, by=cast.herself("adele"))
    number = cast.open_request("adele").number
    request, file = reverse("workspace:thread", args=[number]), reverse("workspace:thread_file", args=[number, photo.pk])
    return [reverse("workspace:today"), page(adele), request, file, reverse("workspace:month_csv")]


def test_who_left_finds_nothing_of_what_was_open(enter: Enter, addresses: list[str]) -> None:
    marta = enter("marta")
    assert {marta.get(address).status_code for address in addresses} == {200}
    agencies.off_board(cast.staff("marta"), by=cast.SYSTEM)
    assert {marta.get(address).status_code for address in addresses} == {302}


def test_their_glass_ends_with_them(bruno: Actor, adele: Person, enter: Enter) -> None:
    session = enter("bruno")
    broken(bruno)
    assert session.get(page(adele)).status_code == 200
    agencies.off_board(cast.staff("bruno"), by=cast.SYSTEM)
    assert session.get(page(adele)).status_code == 302


def test_a_delegate_taken_back_reads_no_more(marta: Actor, adele: Person, client: Client) -> None:
    given = actions.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    number = cast.open_request("adele").number
    signed_in(client, "tenant", kind="delegate", id=given.pk)
    assert client.get(reverse("app:thread", args=[number])).status_code == 200
    actions.withdraw_delegation(given, by=marta)
    assert client.get(reverse("app:thread", args=[number])).status_code == 302


def test_an_office_s_link_taken_back_answers_no_more(marta: Actor, thread: Thread, client: Client) -> None:
    sent = listening.hand_over(thread, cast.office(), by=marta, question="Quando viene il tecnico?")
    signed_in(client, "link", id=sent.pk)
    assert client.get(reverse("workspace:link_question")).status_code == 200
    listening.withdraw_hand_over(sent, by=marta)
    assert client.get(reverse("workspace:link_question")).status_code == 302


def signed_in(client: Client, key: str, **who: object) -> None:
    """Sign a browser in as a delegate or an office's link."""
    session = client.session
    session[key] = {"agency": cast.agency().pk, **who}
    session.save()
