"""The phone: a number read out gets the words the app shows, and a number that tells nothing the same page, whatever it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse

from cortile.agencies.models import Office
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import Refused
from cortile.listening import actions, phone
from cortile.listening.actions.phone import tell_by_number
from cortile.listening.models import Thread
from cortile.listening.words import STATE_LABELS
from cortile.people import actions as people
from tests import cast
from tests.sessions import Enter

PAGE = "/scrivania/telefono/"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce-[\w-]+')


def said(enter: Enter, number: object, who: str = "silvia") -> HttpResponse:
    """Say a number to somebody on the phone."""
    return enter(who).post(PAGE, {"number": str(number)})  # type: ignore[return-value]  # the client's own response


def words(page: HttpResponse) -> str:
    """Return what is to be read out."""
    found = re.search(r'<div id="parole">(.*?)</div>', page.content.decode(), re.DOTALL)
    return plain(found.group(1)) if found else ""


def plain(marked: str) -> str:
    """Return the words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", marked).split())


def _waits_for_her(thread: Thread) -> None:
    actions.ask_tenant(thread, by=cast.at_desk("marta"), what="Una foto")


def _with_an_office(thread: Thread) -> None:
    office = Office.objects.get(name="Ufficio manutenzioni")
    actions.hand_over(thread, office, by=cast.at_desk("marta"), question="Quando?")


def _late(thread: Thread) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(pk=thread.pk).update(late_for=clock.today(), escalated_to=cast.staff("paola"))


STATES: dict[str, Callable[[Thread], object]] = {
    "received": lambda _thread: None,
    "with_us": lambda thread: actions.take(thread, by=cast.at_desk("marta")),
    "waiting_you": _waits_for_her,
    "waiting_other": _with_an_office,
    "solved": lambda thread: actions.propose_solved(thread, by=cast.at_desk("marta"), text="Riparato"),
    "closed": lambda thread: actions.close(thread, by=cast.at_desk("marta"), outcome="solved_before_us"),
    "late": _late,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_the_phone_says_what_the_app_says(enter: Enter, thread: Thread, state: str, language: str) -> None:
    STATES[state](thread)
    enter.client.cookies["lingua"] = language
    read_out = words(said(enter, thread.number))
    assert read_out
    assert read_out in plain(enter("adele").get(f"/casa/richieste/{thread.number}/").content.decode())


def test_every_state_has_its_words_read_out() -> None:
    assert set(STATES) - {"late"} == set(STATE_LABELS)


@pytest.mark.parametrize("number", ["{n}", " {n} ", "n. {n}", "#{n}", "numero {n}", "{spaced}", "{dashed}"])
def test_a_number_is_heard_as_it_is_said(enter: Enter, thread: Thread, number: str) -> None:
    digits = str(thread.number)
    page = said(enter, number.format(n=digits, spaced=" ".join(digits), dashed="-".join(digits)))
    assert "La segue" in words(page)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("said_so", "number"),
    [
        ("1 0 4 2", 1042),
        ("n° 1042", 1042),
        ("١٠٤٢", 1042),
        ("", None),
        ("mille", None),
        ("1042x", None),
        ("9" * 12, None),
        ("½", None),
    ],
)
def test_figures_of_any_script_are_a_number(said_so: str, number: int | None) -> None:
    assert phone.number_said(said_so) == number


def test_neither_the_name_nor_the_matter_is_there(enter: Enter, thread: Thread) -> None:
    page = said(enter, thread.number).content.decode()
    assert thread.title not in page
    assert "Brambilla" not in page
    assert "Adele" not in page


def _gone(thread: Thread) -> None:
    with scopes.opened(scopes.EVERYTHING):
        type(thread.person).objects.filter(pk=thread.person_id).update(state="died")


HIDDEN: dict[str, Callable[[Thread], object]] = {
    "delicate": lambda thread: actions.mark_delicate(thread, by=cast.at_desk("marta")),
    "only in person": lambda thread: actions.keep_in_person(thread, by=cast.at_desk("marta")),
    "hers is in person": lambda thread: people.choose_in_person(thread.person, by=cast.at_desk("marta"), only_in_person=True),
    "she died": _gone,
}


@pytest.mark.parametrize("why", HIDDEN)
@pytest.mark.parametrize("who", ["silvia", "marta", "paola", "bruno"])
def test_what_is_apart_answers_like_a_number_that_is_not_there(enter: Enter, thread: Thread, why: str, who: str) -> None:
    HIDDEN[why](thread)
    nothing = TOKEN.sub("", said(enter, 999_999_999, who).content.decode())
    assert TOKEN.sub("", said(enter, thread.number, who).content.decode()) == nothing
    assert "Con questo numero non posso dirti niente" in nothing


def test_another_bodys_number_answers_like_one_that_is_not_there(enter: Enter, thread: Thread) -> None:
    nothing = TOKEN.sub("", said(enter, 999_999_999, "sara").content.decode())
    assert TOKEN.sub("", said(enter, thread.number, "sara").content.decode()) == nothing


def test_a_number_that_tells_would_be_noticed(enter: Enter, thread: Thread) -> None:
    assert said(enter, thread.number).content != said(enter, 999_999_999).content


def test_each_look_is_in_the_audit_with_the_person(thread: Thread) -> None:
    tell_by_number(str(thread.number), by=cast.at_desk("silvia"))
    event = AuditEvent.objects.filter(what="thread.told").latest("pk")
    assert (event.agent_name, event.verb) == ("Silvia M.", "R")
    assert [s.person_id for s in event.subjects.all()] == [thread.person_id]


def test_she_reads_that_it_was_told(enter: Enter, thread: Thread) -> None:
    said(enter, thread.number)
    assert "ha detto al telefono a che punto è una tua richiesta" in enter("adele").get("/casa/io/").content.decode()


def test_numbers_are_not_asked_one_after_the_other(enter: Enter) -> None:
    pages = [said(enter, 900_000 + n) for n in range(phone.MOST_MISSED + 1)]
    assert [page.status_code for page in pages] == [200] * phone.MOST_MISSED + [422]
    assert "Hai chiesto troppi numeri" in pages[-1].content.decode()


def test_nor_are_numbers_that_tell(enter: Enter, thread: Thread) -> None:
    pages = [said(enter, thread.number) for _ in range(phone.MOST_ASKED + 1)]
    assert (pages[-2].status_code, pages[-1].status_code) == (200, 422)


def test_the_next_hour_begins_again(enter: Enter, thread: Thread) -> None:
    for n in range(phone.MOST_MISSED):
        said(enter, 900_000 + n)
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        assert words(said(enter, thread.number))


def test_what_a_colleague_asked_uses_up_nothing_of_mine(enter: Enter, thread: Thread) -> None:
    for n in range(phone.MOST_MISSED):
        said(enter, 900_000 + n)
    assert words(said(enter, thread.number, "paola"))


@pytest.mark.parametrize("who", ["salvatore", "lucia", "ornella", "roberto", "adele"])
def test_who_does_not_answer_the_phone_finds_no_page(enter: Enter, who: str) -> None:
    assert enter(who).get(PAGE).status_code in {302, 404}


def test_the_record_opens_from_there_with_a_reason(enter: Enter, thread: Thread) -> None:
    person = f"/scrivania/persone/{thread.person_id}/"
    actions.close(thread, by=cast.at_desk("marta"), outcome="solved_before_us")
    with scopes.opened(scopes.EVERYTHING):
        Thread.objects.filter(pk=thread.pk).update(closed_at=cast.NOW - timedelta(days=90))
    assert person in said(enter, thread.number).content.decode()
    assert "Perché apri la scheda?" in enter("silvia").get(person).content.decode()


def test_who_may_not_open_the_record_has_no_way_to_it(enter: Enter, thread: Thread) -> None:
    page = said(enter, thread.number, "bruno")
    assert words(page)
    assert f"/scrivania/persone/{thread.person_id}/" not in page.content.decode()


def test_a_form_sent_empty_asks_for_the_number(enter: Enter) -> None:
    page = said(enter, "")
    assert page.status_code == 422
    assert "da correggere" in page.content.decode()


def test_a_custodian_is_told_nothing(thread: Thread, salvatore: Actor) -> None:
    with pytest.raises(Refused) as refused:
        tell_by_number(str(thread.number), by=salvatore)
    assert refused.value.code == "not-allowed"
