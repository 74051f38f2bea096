"""The calls we promised, as who makes them finds them: at their hour, with the number, the language and two buttons."""

from __future__ import annotations

import pytest

from cortile.agenda.models import CallBack
from cortile.kit import clock
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from tests import cast
from tests.agenda.booking import at
from tests.agenda.calls import promised
from tests.sessions import Enter


def fix(enter: Enter, thread: Thread, **more: str) -> CallBack:
    """Fix a call on its page, as Marta."""
    typed = {"day": "2026-03-12", "hour": "10:00", "language": "it", "once": "k"}
    enter("marta").post(f"/scrivania/agenda/telefonate/{thread.number}/", typed | more)
    return CallBack.objects.get()


def end(enter: Enter, call: CallBack, act: str, **sent: str) -> int:
    """Say how a call went; return how the page answered."""
    with clock.frozen(at(10, 20)):
        return enter("marta").post(f"/scrivania/agenda/telefonata/{call.pk}/{act}/", sent).status_code


def test_the_request_leads_to_its_call(enter: Enter, thread: Thread) -> None:
    page = enter("marta").get(f"/scrivania/richieste/{thread.number}/").content.decode()
    assert f"/scrivania/agenda/telefonate/{thread.number}/" in page


def test_a_call_is_fixed_with_its_language(enter: Enter, thread: Thread) -> None:
    call = fix(enter, thread, interpreter="on", language="ar")
    assert (call.starts_at, call.interpreter, call.language) == (at(10), True, "ar")


def test_a_fixed_call_stands_on_the_request(enter: Enter, thread: Thread) -> None:
    fix(enter, thread)
    page = enter("marta").get(f"/scrivania/richieste/{thread.number}/").content.decode()
    assert "Telefonata fissata:" in page
    assert "giovedì 12 marzo, 10:00" in page


def test_an_hour_out_of_the_phone_hours_comes_back_with_a_sentence(enter: Enter, thread: Thread) -> None:
    typed = {"day": "2026-03-12", "hour": "20:00", "language": "it"}
    answer = enter("marta").post(f"/scrivania/agenda/telefonate/{thread.number}/", typed)
    assert answer.status_code == 422
    assert "non rispondiamo al telefono" in answer.content.decode()


def test_today_has_the_call_with_number_and_interpreter(enter: Enter) -> None:
    promised(cast.open_request("samira"))
    with clock.frozen(at(9)):
        page = enter("marta").get("/scrivania/").content.decode()
    for said in ("Telefonate di oggi", "10:00–10:30", "333 5550 101", "interprete:", "arabo"):
        assert said in page


def test_a_call_of_tomorrow_is_not_in_today(enter: Enter, thread: Thread) -> None:
    promised(thread)
    assert "Telefonate di oggi" not in enter("marta").get("/scrivania/").content.decode()


@pytest.mark.parametrize(("act", "state"), [("fatta", "done"), ("non-trovata", "not_found")])
def test_how_it_went_is_one_tap(enter: Enter, thread: Thread, act: str, state: str) -> None:
    call = promised(thread)
    assert end(enter, call, act) == 302
    assert CallBack.objects.get().state == state


def test_we_take_it_back_with_a_reason(enter: Enter, thread: Thread) -> None:
    call = promised(thread)
    assert end(enter, call, "annulla") == 409
    assert end(enter, call, "annulla", reason="Sono malata") == 302


def test_what_she_asked_for_needs_none(enter: Enter, thread: Thread) -> None:
    assert end(enter, promised(thread), "annulla", asked="on") == 302


def test_another_act_is_a_404(enter: Enter, thread: Thread) -> None:
    assert end(enter, promised(thread), "rimanda") == 404


@pytest.mark.parametrize("who", ["bruno", "silvia", "salvatore", "lucia", "ornella", "sara"])
def test_nobody_else_fixes_or_ends_a_call(enter: Enter, thread: Thread, who: str) -> None:
    call = promised(thread)
    client = enter(who)
    assert client.get(f"/scrivania/agenda/telefonate/{thread.number}/").status_code == 404
    assert client.post(f"/scrivania/agenda/telefonata/{call.pk}/fatta/").status_code == 404


def test_a_delicate_call_shows_neither_name_nor_number_in_today(enter: Enter, thread: Thread) -> None:
    promised(thread)
    listening.mark_delicate(thread, by=cast.at_desk("marta"))
    with clock.frozen(at(9)):
        page = enter("marta").get("/scrivania/").content.decode()
    calls = page.split("Telefonate di oggi")[1].split("Appuntamenti di oggi")[0]
    assert "Telefonata delicata" in calls
    assert "Brambilla" not in calls
    assert "02 5550 100" not in calls
