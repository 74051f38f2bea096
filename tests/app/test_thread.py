"""T3: never silent, and closed only with the tenant's word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cortile.kit import drafts
from cortile.kit.actor import Actor
from cortile.listening import actions as acts
from cortile.listening.models import Thread
from tests import cast
from tests.app.pages import as_daughter, said
from tests.sessions import Enter


def _at(thread: Thread) -> str:
    return f"/casa/richieste/{thread.number}/"


def test_the_history_is_in_plain_words(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.say(thread, by=marta, text="Vengono domani.")
    acts.hand_over(thread, cast.office("Ufficio manutenzioni"), by=marta, question="Quando?")
    page = said(enter("adele").get(_at(thread)))
    assert "Marta ti risponde" in page
    assert "Vengono domani." in page
    assert "Abbiamo chiesto a: Ufficio manutenzioni" in page


def _solved(thread: Thread, marta: Actor) -> None:
    acts.propose_solved(thread, by=marta, text="È ripartito")


def _closed(thread: Thread, marta: Actor) -> None:
    acts.close(thread, by=marta, outcome="solved_before_us")


def _reopened(thread: Thread, marta: Actor) -> None:
    _closed(thread, marta)
    acts.reopen(thread, by=marta)


STATES: dict[str, Callable[[Thread, Actor], object]] = {
    "received": lambda _thread, _marta: None,
    "with_us": lambda thread, marta: acts.take(thread, by=marta),
    "waiting_you": lambda thread, marta: acts.ask_tenant(thread, by=marta, what="Una foto"),
    "waiting_other": lambda thread, marta: acts.hand_over(thread, cast.office(), by=marta, question="Quando?"),
    "solved": _solved,
    "closed": _closed,
    "reopened": _reopened,
}


@pytest.mark.parametrize("state", STATES)
def test_from_every_state_the_page_offers_its_paper_and_the_paper_prints(
    state: str, enter: Enter, thread: Thread, marta: Actor
) -> None:
    STATES[state](thread, marta)
    adele = enter("adele")
    page = said(adele.get(_at(thread)))
    assert f"{_at(thread)}foglio.pdf" in page
    assert "Chiama e di" in page
    assert adele.get(f"{_at(thread)}foglio.pdf").content.startswith(b"%PDF")


def test_internal_notes_and_questions_never_show(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.note(thread, by=marta, text="Segreto di ufficio")
    acts.hand_over(thread, cast.office(), by=marta, question="Domanda interna")
    page = said(enter("adele").get(_at(thread)))
    assert "Segreto di ufficio" not in page
    assert "Domanda interna" not in page


def test_an_answer_of_hers_reaches_marta(enter: Enter, thread: Thread) -> None:
    adele = enter("adele")
    answer = adele.post(_at(thread), {"act": "say", "story": "È ancora fermo", "once": "k"})
    assert answer.headers["Location"] == _at(thread)
    assert "È ancora fermo" in said(adele.get(_at(thread)))


def test_an_empty_answer_is_refused_in_words(enter: Enter, thread: Thread) -> None:
    answer = enter("adele").post(_at(thread), {"act": "say", "story": "  "})
    assert answer.status_code == 422
    assert "Manca il testo." in said(answer)


def test_what_was_typed_is_there_after_a_reload(enter: Enter, thread: Thread, as_adele: Actor) -> None:
    drafts.keep(drafts.slot_of(as_adele, f"thread:{thread.number}:say", _at(thread)), {"story": "Volevo dire"})
    assert "Volevo dire" in said(enter("adele").get(_at(thread)))


def test_her_yes_closes(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.propose_solved(thread, by=marta, text="È ripartito")
    adele = enter("adele")
    assert "Sì, è risolto" in said(adele.get(_at(thread)))
    adele.post(_at(thread), {"act": "yes", "once": "y"})
    assert Thread.objects.get().outcome == "solved"


def test_her_no_gives_the_ball_back_with_a_date(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.propose_solved(thread, by=marta, text="È ripartito")
    enter("adele").post(_at(thread), {"act": "no", "once": "n"})
    assert Thread.objects.get().ball == "us"


def test_a_closed_one_opens_again_with_its_number(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.close(thread, by=marta, outcome="solved_before_us")
    adele = enter("adele")
    assert "riapri" in said(adele.get(_at(thread)))
    adele.post(_at(thread), {"act": "reopen", "once": "r"})
    assert Thread.objects.get().state == "with_us"


def test_yes_before_the_question_is_refused(enter: Enter, thread: Thread) -> None:
    assert enter("adele").post(_at(thread), {"act": "yes"}).status_code == 422


def test_sent_twice_is_one_line(enter: Enter, thread: Thread) -> None:
    adele = enter("adele")
    for _ in range(2):
        adele.post(_at(thread), {"act": "say", "story": "Due volte", "once": "same"})
    assert thread.entries.filter(kind="tenant").count() == 1


def test_a_neighbour_finds_nothing(enter: Enter, thread: Thread) -> None:
    samira = enter("samira")
    assert samira.get(_at(thread)).status_code == 404
    assert samira.post(_at(thread), {"act": "say", "story": "x"}).status_code == 404
    assert samira.get(_at(thread) + "foglio.pdf").status_code == 404


def test_a_delicate_one_is_on_no_phone(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.mark_delicate(thread, by=marta)
    assert enter("adele").get(_at(thread)).status_code == 404


def test_one_kept_in_person_is_on_no_phone(enter: Enter, thread: Thread, marta: Actor) -> None:
    acts.keep_in_person(thread, by=marta)
    assert enter("adele").get(_at(thread)).status_code == 404


def test_a_daughter_answers_and_does_not_close(client: Client, thread: Thread, marta: Actor) -> None:
    acts.propose_solved(thread, by=marta, text="È ripartito")
    daughter = as_daughter(client, "faults")
    assert "Sì, è risolto" not in said(daughter.get(_at(thread)))
    assert daughter.post(_at(thread), {"act": "yes"}).status_code == 404


def test_a_daughter_outside_what_adele_chose_finds_nothing(client: Client, thread: Thread) -> None:
    assert as_daughter(client, "health").get(_at(thread)).status_code == 404


def test_the_sheet_is_a_pdf(enter: Enter, thread: Thread) -> None:
    answer = enter("adele").get(_at(thread) + "foglio.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
