"""S2: two answers are enough, nothing typed is lost, one record however often it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from cortile.kit import drafts
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.listening import actions
from cortile.listening.models import Contact, Thread
from cortile.people.models import Person
from tests import cast
from tests.sessions import Enter

PAGE = "/scrivania/contatto/"
TWO = {"act": "save", "chip": "listening", "done_what": "listened"}
ASKS = {"act": "save", "chip": "faults", "done_what": "opened_request"}


def send(enter: Enter, who: str = "marta", **words: Any) -> Any:  # noqa: ANN401 -- the client's own response
    """Send the form as somebody of the cast."""
    return enter(who).post(PAGE, words)


def test_two_answers_are_enough(enter: Enter) -> None:
    assert send(enter, **TWO)["Location"] == f"{PAGE}?salvato=1"
    contact = Contact.objects.get()
    assert (contact.chip, contact.unnamed, contact.channel, contact.minutes) == ("listening", 1, "in_person", 10)


def test_the_presidio_is_already_chosen(enter: Enter) -> None:
    assert enter("marta").get(PAGE).context["form"]["place"].value() == str(cast.space().pk)


@pytest.mark.parametrize("missing", ["chip", "done_what"])
def test_a_missing_answer_is_said_and_the_note_kept(enter: Enter, missing: str) -> None:
    answer = send(enter, **{k: v for k, v in TWO.items() if k != missing}, note="Mi ha raccontato di sua figlia.")
    assert answer.status_code == 422
    assert "Mi ha raccontato di sua figlia." in answer.content.decode()


def test_four_letters_and_enter_find_somebody_without_a_script(enter: Enter, adele: Person) -> None:
    shown = send(enter, act="search", q="bram", note="Porta rotta", chip="faults").content.decode()
    assert f'type="radio" name="pick" value="{adele.pk}"' in shown
    assert "Porta rotta" in shown
    assert "C&#x27;è qualcosa da correggere" not in shown


def test_enter_in_the_box_looks_and_does_not_save(enter: Enter) -> None:
    shown = enter("marta").get(PAGE).content.decode()
    assert shown.index('value="search"') < shown.index('value="save"')


def test_a_staircase_gives_boxes_to_tick(enter: Enter, adele: Person) -> None:
    shown = enter("marta").get(f"{PAGE}chi/?q=tigli 12 b").content.decode()
    assert f'type="checkbox" name="persons" value="{adele.pk}"' in shown


def test_who_was_picked_stays_when_another_is_looked_for(enter: Enter, adele: Person, samira: Person) -> None:
    answer = send(enter, act="search", q="hadd", pick=adele.pk)
    assert answer.context["chosen"] == [adele]
    assert answer.context["found"].rows == [samira]


def test_a_courtyard_is_one_record(enter: Enter, adele: Person, samira: Person, gianni: Person) -> None:
    send(enter, **TWO, persons=[adele.pk, samira.pk], pick=gianni.pk, unnamed=7)
    contact = Contact.objects.get()
    assert contact.people.count() == 3
    assert contact.unnamed == 7


def test_a_group_too_big_is_refused_with_its_words(enter: Enter) -> None:
    assert send(enter, **TWO, unnamed=900).status_code == 422
    assert not Contact.objects.exists()


def test_a_request_opens_with_number_date_and_owner(enter: Enter, adele: Person) -> None:
    answer = enter("marta").post(PAGE, {**ASKS, "pick": adele.pk}, follow=True)
    thread = Thread.objects.get()
    assert (thread.title, thread.contact, thread.owner) == ("Guasti", Contact.objects.get(), cast.staff("marta"))
    shown = answer.content.decode()
    assert str(thread.number) in shown
    assert "lunedì 16 marzo" in shown
    assert "La segue <bdi>Marta</bdi>." in shown


def test_a_request_needs_a_person(enter: Enter) -> None:
    answer = send(enter, **ASKS)
    assert answer.context["form"].refused.code == "person-missing"
    assert not Contact.objects.exists()


def test_a_request_is_of_one_person(enter: Enter, adele: Person, gianni: Person) -> None:
    answer = send(enter, **ASKS, persons=[adele.pk, gianni.pk])
    assert answer.context["form"].refused.code == "one-person"
    assert not Contact.objects.exists()


def test_sent_twice_is_one_contact_and_one_request(enter: Enter, adele: Person) -> None:
    first, second = (send(enter, **ASKS, pick=adele.pk, once="k1")["Location"] for _ in range(2))
    assert first == second
    assert (Contact.objects.count(), Thread.objects.count()) == (1, 1)


def test_one_tap_makes_both_delicate(enter: Enter, adele: Person) -> None:
    send(enter, **ASKS, pick=adele.pk, delicate="on")
    assert Contact.objects.get().delicate
    assert Thread.objects.get().duty == cast.staff("marta")


def test_the_note_never_becomes_the_request_s_words(enter: Enter, adele: Person) -> None:
    send(enter, **ASKS, pick=adele.pk, note="Il marito non deve sapere.")
    thread = Thread.objects.get()
    assert "marito" not in thread.title
    assert not thread.entries.filter(text__contains="marito").exists()


def test_a_draft_is_there_again_and_gone_once_sent(enter: Enter, marta: Actor, adele: Person) -> None:
    drafts.keep(drafts.slot_of(marta, "contact", PAGE), {"note": "A metà", "pick": str(adele.pk)})
    shown = enter("marta").get(PAGE)
    assert "A metà" in shown.content.decode()
    assert shown.context["chosen"] == [adele]
    send(enter, **TWO)
    assert drafts.find(marta, "contact") == {}


def test_a_contact_begun_at_somebody_s_page_is_not_mixed_with_another(enter: Enter, marta: Actor, samira: Person) -> None:
    drafts.keep(drafts.slot_of(marta, "contact", PAGE), {"note": "Di un'altra persona"})
    shown = enter("marta").get(f"{PAGE}?persona={samira.pk}")
    assert "Di un&#x27;altra persona" not in shown.content.decode()
    assert shown.context["chosen"] == [samira]


def test_registering_on_the_way_keeps_what_was_written(enter: Enter, marta: Actor) -> None:
    token = drafts.token(marta, "contact", path=PAGE)
    answer = send(enter, act="register", q="rosa esposito", note="Appena arrivata", bozza=token)
    assert answer["Location"] == "/scrivania/persone/nuova/?nome=rosa+esposito&torna=contatto"
    assert drafts.find(marta, "contact")["note"] == "Appena arrivata"


def test_danger_stands_on_top_without_a_tap_of_its_own(enter: Enter) -> None:
    shown = enter("marta").get(PAGE).content.decode()
    assert shown.index("È pericoloso adesso?") < shown.index('id="id_q"')
    assert 'href="tel:112"' in shown


# --- who may not ---


def test_a_custodian_hears_nothing_of_rent_money_or_health(enter: Enter) -> None:
    shown = enter("salvatore").get(PAGE).content.decode()
    assert 'value="faults"' in shown
    assert not any(f'value="{chip}"' in shown for chip in ("rent", "benefits", "health", "opened_request"))
    assert 'id="id_q"' not in shown


def test_a_custodian_s_contact_about_rent_is_refused_in_the_room(salvatore: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.record_contact(by=salvatore, chip="rent", done_what="listened")
    assert refused.value.code == "chip-missing"


def test_a_custodian_logs_a_greeting(enter: Enter) -> None:
    send(enter, "salvatore", **TWO)
    assert Contact.objects.get().staff == cast.staff("salvatore")


def test_a_custodian_may_not_look_for_names(enter: Enter) -> None:
    assert enter("salvatore").get(f"{PAGE}chi/?q=bram").status_code == 404
    assert "Brambilla" not in send(enter, "salvatore", act="search", q="bram").content.decode()


def test_a_person_of_another_body_is_not_recorded(enter: Enter) -> None:
    send(enter, **TWO, pick=cast.person("teresa").pk)
    assert Contact.objects.get().people.count() == 0


def test_the_receipt_of_another_quarter_is_not_there(enter: Enter, thread: Thread) -> None:
    assert enter("bruno").get(f"/scrivania/richieste/{thread.number}/ricevuta/").status_code == 404


def test_the_office_records_no_contact(enter: Enter) -> None:
    assert enter("ornella").get(PAGE).status_code == 404
