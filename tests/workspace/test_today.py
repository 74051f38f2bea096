"""S1 and the list of requests: the right next thing first, and nothing of somebody else's."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cortile.kit import clock, drafts
from cortile.kit.actor import Actor
from cortile.listening import actions
from cortile.listening.models import Thread
from cortile.listening.reads import PAGE
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.sessions import Enter

TODAY, THREADS = "/scrivania/", "/scrivania/richieste/"


def later(days: int) -> AbstractContextManager[None]:
    """Move the stopped clock on."""
    return clock.frozen(cast.NOW + timedelta(days=days))


def queries(enter: Enter, address: str, who: str = "marta") -> int:
    """Return how many questions a page asks the database."""
    client = enter(who)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in q["sql"] for q in asked)


def test_a_passed_promise_comes_with_the_number_to_call(enter: Enter, thread: Thread) -> None:
    with later(9):
        shown = enter("marta").get(TODAY).content.decode()
    assert "in ritardo" in shown
    assert 'href="tel:+39025550100"' in shown


def test_an_office_that_answered_is_now_until_we_speak(enter: Enter, thread: Thread, marta: Actor) -> None:
    actions.take(thread, by=marta)
    sent = actions.hand_over(thread, cast.office(), by=marta, question="È in regola?")
    with later(1):
        actions.answer_hand_over(sent, by=cast.at_desk("ornella"), text="Sì, è in regola.")
        assert [(w.why, w.move) for w in enter("marta").get(TODAY).context["queue"].now] == [("office", "answer")]
        actions.say(thread, by=marta, text="Sei in regola.")
        assert not enter("marta").get(TODAY).context["queue"].now


def test_danger_comes_before_a_passed_promise(enter: Enter, thread: Thread) -> None:
    with later(9):
        cast.open_request("gianni", title="Odore di gas", urgency="danger")
        shown = enter("marta").get(TODAY).content.decode()
    assert shown.index("Odore di gas") < shown.index("Ascensore fermo")


def test_a_new_request_is_taken_in_one_tap(enter: Enter, thread: Thread) -> None:
    shown = enter("marta").get(TODAY).content.decode()
    assert f'action="/scrivania/richieste/{thread.number}/prendi/"' in shown


def test_seven_lines_at_most_are_now(enter: Enter) -> None:
    for n in range(9):
        cast.open_request("adele", title=f"Guasto numero {n}")
    queue = enter("marta").get(TODAY).context["queue"]
    assert (len(queue.now), len(queue.later)) == (7, 2)


def test_a_number_somebody_else_answers_is_never_dialled(enter: Enter, thread: Thread, adele: Person) -> None:
    people.add_contact_point(adele, by=cast.machine(), kind="landline", value="02 5550 100", shared=True)
    with later(9):
        shown = enter("marta").get(TODAY).content.decode()
    assert "tel:+39025550100" not in shown


def test_an_empty_day_suggests_whom_to_call(enter: Enter, marta: Actor) -> None:
    with later(-70):
        actions.record_contact(by=marta, chip="listening", done_what="listened", persons=[cast.person("gianni")])
    shown = enter("marta").get(TODAY).content.decode()
    assert "una persona non la senti da 60 giorni" in shown
    assert "Gianni S." in shown


def test_who_was_heard_yesterday_is_not_suggested(enter: Enter, marta: Actor) -> None:
    for days in (-70, -1):
        with later(days):
            actions.record_contact(by=marta, chip="listening", done_what="listened", persons=[cast.person("gianni")])
    assert "Gianni S." not in enter("marta").get(TODAY).content.decode()


def test_a_silent_office_is_heard_of_here(enter: Enter, thread: Thread, marta: Actor) -> None:
    actions.hand_over(thread, by=marta, office=cast.office(), question="Quando?")
    with later(9):
        shown = enter("marta").get(TODAY).content.decode()
    assert "Uffici in silenzio" in shown
    assert "Sollecita" in shown


def test_a_draft_leads_back_to_its_page(enter: Enter, marta: Actor) -> None:
    drafts.keep(drafts.slot_of(marta, "contact", "/scrivania/contatto/"), {"note": "Mi ha detto"}, title="Contatto da registrare")
    shown = enter("marta").get(TODAY).content.decode()
    assert '<a href="/scrivania/contatto/">Contatto da registrare</a>' in shown


def test_the_presidio_of_today_is_there(enter: Enter) -> None:
    assert "Spazio C.A.S.A. San Siro" in enter("marta").get(TODAY).content.decode()


def test_another_quarter_s_operator_finds_nothing(enter: Enter, thread: Thread) -> None:
    assert "Ascensore fermo" not in enter("bruno").get(TODAY).content.decode()


@pytest.mark.parametrize(("who", "where"), [("salvatore", "/scrivania/contatto/"), ("ornella", "/scrivania/ufficio/")])
def test_who_has_no_queue_begins_elsewhere(enter: Enter, who: str, where: str) -> None:
    assert enter(who).get(TODAY)["Location"] == where


def test_who_has_no_page_finds_a_404(enter: Enter) -> None:
    assert enter("federica").get(TODAY).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(TODAY)["Location"].startswith("/accesso/login/")


def test_a_tenant_finds_a_404(enter: Enter) -> None:
    assert enter("adele").get(TODAY).status_code == 404


def test_today_asks_the_same_at_one_and_three_rows_and_at_most_fifteen(enter: Enter, thread: Thread) -> None:
    queries(enter, TODAY)
    one = queries(enter, TODAY)
    cast.open_request("gianni")
    cast.open_request("samira")
    assert queries(enter, TODAY) == one
    assert one <= 15


# --- the list ---


def test_the_list_asks_the_same_at_one_and_three_rows_and_at_most_fifteen(enter: Enter, thread: Thread) -> None:
    queries(enter, THREADS)
    one = queries(enter, THREADS)
    cast.open_request("gianni")
    cast.open_request("samira")
    assert queries(enter, THREADS) == one
    assert one <= 15


def test_closed_requests_stand_apart(enter: Enter, thread: Thread, marta: Actor) -> None:
    actions.close(thread, by=marta, outcome="solved_before_us")
    assert "Ascensore fermo" not in enter("marta").get(THREADS).content.decode()
    assert "Risolto davanti a noi" in enter("marta").get(f"{THREADS}?stato=chiuse").content.decode()


def test_mine_leaves_out_a_colleague_s(enter: Enter, thread: Thread, paola: Actor) -> None:
    actions.assign(thread, cast.staff("paola"), by=paola)
    assert "Ascensore fermo" in enter("marta").get(THREADS).content.decode()
    assert "Ascensore fermo" not in enter("marta").get(f"{THREADS}?di=mie").content.decode()


def test_the_second_page_begins_where_the_first_ended(enter: Enter) -> None:
    numbers = [cast.open_request("adele").number for _ in range(PAGE + 3)]
    first = enter("marta").get(THREADS).context["page_of"]
    second = enter("marta").get(f"{THREADS}?dopo={first.older}").context["page_of"]
    assert [t.number for t in [*first.rows, *second.rows]] == numbers[::-1]
    assert second.older is None


def test_an_impossible_page_shows_the_first(enter: Enter, thread: Thread) -> None:
    assert "Ascensore fermo" in enter("marta").get(f"{THREADS}?dopo=qui").content.decode()


def test_a_delicate_request_is_in_nobody_else_s_list(enter: Enter, thread: Thread, marta: Actor) -> None:
    actions.mark_delicate(thread, by=marta)
    assert "Richiesta delicata" in enter("marta").get(THREADS).content.decode()
    assert "Richiesta delicata" not in enter("paola").get(THREADS).content.decode()


def test_a_custodian_finds_no_list(enter: Enter) -> None:
    assert enter("salvatore").get(THREADS).status_code == 404
