"""A shift: opened by a phrase and nothing else, its key in memory alone, gone at rest and at the exit."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.signing import b64_decode
from django.test import Client

from cortile.haven import keyring, keys
from cortile.haven.actions import associations, shifts
from cortile.haven.middleware import LEFT, SHIFT
from cortile.haven.models import Operator
from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.sessions import SessionStore
from tests_haven import cast

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
RIGHT = {"login": "chiara", "phrase": cast.PHRASES["chiara"]}
WRONG = "una frase qualsiasi sbagliata"


def entered(client: Client) -> str:
    """Open Chiara's shift as she does, and return the session's key."""
    client.post("/lavoro/entra/", RIGHT)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def token_of(session_key: str) -> str:
    """Return the token a session holds."""
    return str(SessionStore(session_key)[SHIFT])


def test_a_phrase_opens_the_desk(client: Client) -> None:
    answer = client.post("/lavoro/entra/", RIGHT)
    assert (answer["Location"], client.get("/lavoro/").status_code) == ("/lavoro/", 200)


def test_the_session_of_before_is_another(client: Client) -> None:
    first, second = entered(client), entered(client)
    assert (first != second, SessionStore().exists(first)) == (True, False)


@pytest.mark.parametrize(
    ("onward", "leads"),
    [
        ("/lavoro/agenda/", "/lavoro/agenda/"),
        ("https://altrove.example/", "/lavoro/"),
        ("//altrove.example/lavoro/", "/lavoro/"),
        ("/orari/", "/lavoro/"),
    ],
)
def test_it_goes_on_to_pages_of_the_desk_alone(onward: str, leads: str, client: Client) -> None:
    assert client.post("/lavoro/entra/", {**RIGHT, "next": onward})["Location"] == leads


def shut(login: str) -> None:
    """Shut a login with five wrong phrases."""
    for _ in range(associations.GUESSES):
        shifts.sign_in(login, WRONG, by=PUBLIC)


def said(client: Client, login: str, phrase: str) -> tuple[int, bytes]:
    """Return what the sign-in page answers, its own login and form's key apart."""
    answer = client.post("/lavoro/entra/", {"login": login, "phrase": phrase})
    return answer.status_code, TOKEN.sub(b"", answer.content).replace(f'value="{login}"'.encode(), b"")


def test_unknown_wrong_shut_and_gone_are_told_the_same(client: Client) -> None:
    shut("chiara")
    with scopes.opened(scopes.EVERYTHING):
        Operator.objects.filter(login="dora").update(active=False)
    tried = [("nessuna", WRONG), ("giulia", WRONG), ("chiara", cast.PHRASES["chiara"]), ("dora", cast.PHRASES["dora"])]
    answers = {said(client, *one) for one in tried}
    assert [status for status, _page in answers] == [422]


def test_somebody_who_comes_in_is_told_something_else(client: Client) -> None:
    assert said(client, **RIGHT)[0] == 302


def test_a_shut_login_opens_again_after_a_quarter_of_an_hour() -> None:
    shut("chiara")
    with clock.frozen(cast.NOW + associations.SHUT):
        assert shifts.sign_in("chiara", cast.PHRASES["chiara"], by=PUBLIC) != ""


def worked(login: str) -> float:
    """Return how much of the processor a wrong sign-in takes, the least of three."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        shifts.sign_in(login, WRONG, by=PUBLIC)
        spent.append(time.process_time() - began)
    return min(spent)


def test_a_login_nobody_has_costs_what_somebodys_costs(shift: keyring.Shift, chiara: Actor) -> None:
    associations.name_operator(shift, "Elena", "elena", "elena ha la sua frase", by=chiara, how=keys.Stretching())
    ratio = worked("nessuna") / worked("elena")
    assert 0.4 < ratio < 2.5


def test_where_nothing_is_stretched_the_difference_is_seen() -> None:
    # The cast's phrases are quick on purpose.
    assert worked("nessuna") / worked("giulia") > 2.5


def test_no_key_stands_in_a_session(client: Client) -> None:
    session_key = entered(client)
    held = SessionStore(session_key).load()
    assert set(held) == {SHIFT}
    private = keyring.of(held[SHIFT]).private[1]
    rows = "".join(Session.objects.values_list("session_data", flat=True)).encode()
    assert [private in rows, private.hex().encode() in rows, private in b64_decode(held[SHIFT].encode())] == [False] * 3


def test_the_words_looked_for_stand_in_no_session(client: Client) -> None:
    session_key = entered(client)
    client.post("/lavoro/", {"asked": "girasole"})
    assert set(SessionStore(session_key).load()) == {SHIFT}


def test_two_minutes_untouched_and_the_key_is_gone(client: Client) -> None:
    token = token_of(entered(client))
    with clock.frozen(cast.NOW + timedelta(minutes=2)):
        answer = client.get("/lavoro/")
        assert (answer["Location"], keyring.of(token)) == ("/lavoro/entra/?next=%2Flavoro%2F", None)


def test_whoever_is_there_stays(client: Client) -> None:
    entered(client)
    for seconds in (100, 200, 300):
        with clock.frozen(cast.NOW + timedelta(seconds=seconds)):
            assert client.get("/lavoro/").status_code == 200


def test_typing_is_being_there(client: Client) -> None:
    # What the page asks for once a minute while somebody types.
    token = token_of(entered(client))
    with clock.frozen(cast.NOW + timedelta(seconds=100)):
        client.head("/lavoro/entra/")
    with clock.frozen(cast.NOW + timedelta(seconds=200)):
        assert keyring.of(token) is not None


def test_the_key_goes_even_where_nobody_asks() -> None:
    cast.token("chiara")
    with clock.frozen(cast.NOW + keyring.rest()):
        assert keyring.sweep() == 0


def test_a_form_sent_after_the_end_is_lost_and_the_page_says_so(client: Client) -> None:
    entered(client)
    with clock.frozen(cast.NOW + timedelta(minutes=3)):
        answer = client.post("/lavoro/nuova/", {"code": "girasole", "callback": "no"}, follow=True)
    assert "Quello che non hai mandato è perso" in answer.content.decode()


def test_closing_ends_it(client: Client) -> None:
    session_key = entered(client)
    token, answer = token_of(session_key), client.post("/lavoro/chiudi/")
    assert (keyring.of(token), SessionStore().exists(session_key)) == (None, False)
    assert (answer["Clear-Site-Data"], "Elenco" in answer.content.decode()) == ('"cache", "storage"', False)


def test_the_browser_keeps_no_cookie_of_the_shift(client: Client) -> None:
    entered(client)
    client.get("/lavoro/nuova/")
    client.post("/lavoro/chiudi/")
    assert {name: cookie.value for name, cookie in client.cookies.items()} == {LEFT: "no", "spazio": "", "spazio-csrf": ""}


def test_closing_without_a_shift_says_the_same(client: Client) -> None:
    pages = []
    for open_first in (True, False):
        if open_first:
            entered(client)
        pages.append(client.post("/lavoro/chiudi/").content)
    assert pages[0] == pages[1]


def test_who_left_with_the_red_button_is_at_work_no_more(client: Client) -> None:
    token = token_of(entered(client))
    client.cookies[LEFT] = "no"
    assert (client.get("/lavoro/").status_code, keyring.of(token)) == (302, None)


def test_without_scripts_the_page_leaves_by_itself(client: Client) -> None:
    entered(client)
    assert (
        '<noscript><meta http-equiv="refresh" content="120;url=/lavoro/entra/"></noscript>'
        in client.get("/lavoro/").content.decode()
    )
