"""S5: who has the ball and until when; every act comes back to the request, every refusal keeps what was typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpResponse

from cortile.kit.actor import Actor
from cortile.listening import actions
from cortile.listening.models import HandOver, Thread
from tests import cast
from tests.sessions import Enter


def page(thread: Thread, act: str = "") -> str:
    """Return the address of a request, or of one of its acts."""
    return f"/scrivania/richieste/{thread.number}/" + (f"{act}/" if act else "")


def do(enter: Enter, thread: Thread, act: str, who: str = "marta", **words: object) -> HttpResponse:
    """Do one thing to a request as somebody of the cast."""
    return enter(who).post(page(thread, act), words)  # type: ignore[return-value]  # the client's own response


def now(thread: Thread) -> Thread:
    """Return the request as it stands."""
    return Thread.objects.get(pk=thread.pk)


def test_the_page_says_ball_owner_and_date(enter: Enter, thread: Thread) -> None:
    shown = enter("marta").get(page(thread)).content.decode()
    assert "La palla è nostra." in shown
    assert "lunedì 16 marzo" in shown
    assert "Prima promessa" in shown


def test_the_next_act_comes_first(enter: Enter, thread: Thread) -> None:
    shown = enter("marta").get(page(thread)).content.decode()
    assert shown.index("La seguo io") < shown.index("Invia la risposta") < shown.index("Passa una domanda a un ufficio")


def test_what_the_person_wrote_last_stands_beside_the_ball(enter: Enter, thread: Thread, as_adele: Actor) -> None:
    actions.tenant_writes(thread, by=as_adele, text="Non riesco a scendere.")
    shown = enter("marta").get(page(thread)).content.decode()
    assert shown.index("Non riesco a scendere.") < shown.index("Invia la risposta")


def test_taking_makes_it_mine(enter: Enter, thread: Thread) -> None:
    answer = do(enter, thread, "prendi", who="paola")
    assert answer.status_code == 302
    assert now(thread).owner == cast.staff("paola")


def test_an_answer_reaches_the_person(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "rispondi", text="Il tecnico viene domani.")
    assert "Il tecnico viene domani." in [e.text for e in now(thread).entries.filter(public=True)]


def test_an_answer_sent_twice_is_one(enter: Enter, thread: Thread) -> None:
    for _ in range(2):
        do(enter, thread, "rispondi", text="Il tecnico viene domani.", once="abc")
    assert now(thread).entries.filter(kind="said").count() == 1


def test_an_empty_answer_comes_back(enter: Enter, thread: Thread) -> None:
    answer = do(enter, thread, "rispondi", text=" ")
    assert answer.status_code == 422
    assert "Errore:" in answer.content.decode()


def test_a_note_has_its_own_form_and_stays_inside(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "nota", text="Parla piano.")
    shown = enter("marta").get(page(thread)).content.decode()
    assert shown.index("Interno") < shown.index("Parla piano.")
    assert not now(thread).entries.filter(public=True, text="Parla piano.").exists()


def test_asking_gives_the_ball_to_the_person(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "chiedi", what="una foto")
    assert (now(thread).ball, now(thread).state) == ("you", "waiting_you")


def test_a_question_goes_to_an_office_and_the_date_stays(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "passa", office=cast.office().pk, question="Quanto deve?")
    assert now(thread).hand_overs.get().state == "sent"
    assert now(thread).next_date == thread.next_date


def test_the_same_office_twice_is_refused(enter: Enter, thread: Thread, marta: Actor) -> None:
    actions.hand_over(thread, cast.office(), by=marta, question="Quanto deve?")
    answer = do(enter, thread, "passa", office=cast.office().pk, question="Allora?")
    assert answer.status_code == 409
    assert "Questo ufficio ha già la domanda." in answer.content.decode()
    assert "Allora?" in answer.content.decode()


def test_an_office_is_reminded_and_then_taken_off(enter: Enter, thread: Thread, marta: Actor) -> None:
    sent = actions.hand_over(thread, cast.office(), by=marta, question="Quanto deve?")
    do(enter, thread, "sollecita", hand_over=sent.pk)
    do(enter, thread, "ritira", hand_over=sent.pk)
    assert (HandOver.objects.get(pk=sent.pk).chased, HandOver.objects.get(pk=sent.pk).state) == (1, "withdrawn")


def test_a_hand_over_of_another_request_is_not_found(enter: Enter, thread: Thread, marta: Actor) -> None:
    other = actions.hand_over(cast.open_request("gianni"), cast.office(), by=marta, question="Quanto deve?")
    assert do(enter, thread, "sollecita", hand_over=other.pk).status_code == 404


def test_a_later_date_needs_its_reason(enter: Enter, thread: Thread) -> None:
    answer = do(enter, thread, "data", day="2026-03-20", kind="answer", reason="")
    assert answer.status_code == 409
    assert "Se la data si sposta serve un motivo." in answer.content.decode()


def test_a_repair_date_needs_its_supplier(enter: Enter, thread: Thread) -> None:
    answer = do(enter, thread, "data", day="2026-03-20", kind="repair", reason="Il pezzo è ordinato.")
    assert answer.status_code == 409
    assert "solo il fornitore" in answer.content.decode()


def test_a_moved_date_keeps_the_first_promise(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "data", day="2026-03-20", kind="answer", reason="Il pezzo è ordinato.")
    assert (now(thread).next_date, now(thread).first_promise) == (date(2026, 3, 20), thread.first_promise)


def test_closing_without_a_yes_is_explained(enter: Enter, thread: Thread) -> None:
    answer = do(enter, thread, "chiudi", outcome="solved", text="Fatto")
    assert answer.status_code == 409
    assert "Serve il sì della persona, oppure due tentativi registrati." in answer.content.decode()
    assert now(thread).state == "received"


def test_two_attempts_let_it_close(enter: Enter, thread: Thread) -> None:
    for text in ("Non risponde.", "Ancora niente."):
        do(enter, thread, "tentativo", how="phone", text=text)
    do(enter, thread, "chiudi", outcome="no_reply")
    assert now(thread).outcome == "no_reply"


def test_the_persons_yes_closes_it(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "risolto", text="Ascensore riparato.")
    do(enter, thread, "conferma")
    assert (now(thread).state, now(thread).outcome) == ("closed", "solved")


def test_a_no_brings_the_ball_back(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "risolto", text="Ascensore riparato.")
    do(enter, thread, "non-risolto", text="Si ferma ancora.")
    assert (now(thread).state, now(thread).ball) == ("with_us", "us")


def test_a_closed_one_reopens_with_its_number(enter: Enter, thread: Thread, marta: Actor) -> None:
    actions.close(thread, by=marta, outcome="withdrawn")
    do(enter, thread, "riapri")
    assert now(thread).state == "with_us"


def test_it_passes_to_a_colleague(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "assegna", to=cast.staff("paola").pk)
    assert now(thread).owner == cast.staff("paola")


def test_it_gets_a_category_of_its_body(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "categoria", category=cast.category().pk, urgency="high")
    assert (now(thread).category, now(thread).urgency) == (cast.category(), "high")


def test_a_category_of_another_body_is_no_choice(enter: Enter, thread: Thread) -> None:
    answer = do(enter, thread, "categoria", category=cast.category(body="aler-lodi").pk, urgency="high")
    assert answer.status_code == 422


def test_maintenance_has_its_number_and_its_reminder(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "manutenzione", number="M-77")
    do(enter, thread, "sollecito-manutenzione")
    assert now(thread).maintenance_number == "M-77"
    assert now(thread).entries.filter(kind="chased").exists()


def test_delicate_in_one_tap_and_out_of_the_leads_sight(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "delicato")
    assert enter("marta").get(page(thread)).status_code == 200
    assert enter("paola").get(page(thread)).status_code == 404


def test_whoever_marks_what_they_do_not_follow_goes_back_to_today(enter: Enter, thread: Thread) -> None:
    assert do(enter, thread, "delicato", who="paola")["Location"] == "/scrivania/"


def test_in_person_only(enter: Enter, thread: Thread) -> None:
    do(enter, thread, "di-persona")
    assert now(thread).only_in_person


def test_the_sheet_is_a_pdf(enter: Enter, thread: Thread) -> None:
    answer = enter("marta").get(page(thread) + "foglio.pdf")
    assert answer.content.startswith(b"%PDF")


def test_a_delicate_one_has_no_custodians_sheet(enter: Enter, thread: Thread) -> None:
    assert enter("marta").get(page(thread) + "foglio-custode.pdf").status_code == 200
    do(enter, thread, "delicato")
    assert enter("marta").get(page(thread) + "foglio-custode.pdf").status_code == 409


@pytest.mark.parametrize("who", ["sara", "bruno", "salvatore", "ornella", "lucia"])
def test_who_may_not_see_it_finds_nothing(enter: Enter, thread: Thread, who: str) -> None:
    assert enter(who).get(page(thread)).status_code == 404


@pytest.mark.parametrize("who", ["sara", "bruno", "silvia", "salvatore"])
def test_who_may_not_act_on_it_finds_nothing(enter: Enter, thread: Thread, who: str) -> None:
    assert do(enter, thread, "rispondi", who=who, text="Ciao").status_code == 404


def test_the_desk_sees_title_state_and_date_only(enter: Enter, thread: Thread) -> None:
    shown = enter("silvia").get(page(thread)).content.decode()
    assert "Ascensore fermo" in shown
    assert "Conversazione" not in shown
    assert "Brambilla" not in shown


def test_an_unknown_act_is_not_found(enter: Enter, thread: Thread) -> None:
    assert do(enter, thread, "cancella").status_code == 404


def test_a_folded_act_opens_at_its_own_address(enter: Enter, thread: Thread) -> None:
    assert "Passa la domanda" not in enter("marta").get(page(thread)).content.decode()
    assert "Passa la domanda" in enter("marta").get(page(thread, "passa")).content.decode()


def test_the_address_of_an_act_its_state_forbids_leads_to_the_request(enter: Enter, thread: Thread) -> None:
    assert enter("marta").get(page(thread, "riapri"))["Location"] == page(thread)


def test_words_typed_after_the_session_ended_are_still_there(enter: Enter, thread: Thread) -> None:
    shown = enter("marta").get(page(thread)).content.decode()
    token = shown.split('name="bozza" value="')[1].split('"')[0]
    enter.client.cookies.clear()
    enter.client.post(page(thread, "rispondi"), {"text": "Arriva martedì.", "bozza": token})
    assert "Arriva martedì." in enter("marta").get(page(thread)).content.decode()
