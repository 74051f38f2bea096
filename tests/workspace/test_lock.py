"""A screen nobody touches is locked: nothing of the page behind, the words kept, a PIN or a passkey to come back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from cortile.agencies import actions
from cortile.agencies.models import Staff
from cortile.homes.models import Place
from cortile.kit import clock, drafts, scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from tests import cast, traces
from tests.sessions import Enter

LOCK, HOME, FORM = "/scrivania/blocco/", "/scrivania/", "/scrivania/contatto/"
GOOD, WRONG = "4917", "7294"


@contextlib.contextmanager
def after(**time: float) -> Iterator[None]:
    """Let some time pass."""
    with clock.frozen(clock.now() + timedelta(**time)):
        yield


@pytest.fixture
def at_work(enter: Enter, marta: Actor) -> Client:
    """Return Marta's browser: she has a PIN and has just looked at her page."""
    actions.set_pin(cast.staff("marta"), by=marta, pin=GOOD)
    client = enter("marta")
    assert client.get(HOME).status_code == 200
    return client


def test_ten_minutes_without_a_touch_lock_it(at_work: Client) -> None:
    with after(minutes=9, seconds=59):
        assert at_work.get(HOME).status_code == 200
    with after(minutes=20):
        assert at_work.get("/scrivania/cerca/?q=adel")["Location"] == f"{LOCK}?next=%2Fscrivania%2Fcerca%2F%3Fq%3Dadel"


def test_the_page_says_how_long_it_may_stay_and_where_it_goes(at_work: Client, enter: Enter) -> None:
    assert 'data-lock-minutes="10" data-lock-to="/scrivania/blocco/?next=%2Fscrivania%2F"' in at_work.get(HOME).content.decode()
    assert 'data-lock-minutes="30" data-lock-to="/casa/entra/"' in enter("adele").get("/casa/").content.decode()
    assert "data-lock" not in Client().get("/casa/").content.decode()


@pytest.mark.parametrize(("page", "leaves"), [(HOME, True), (FORM, False), ("/scrivania/pin/", False), (f"{LOCK}?ferma=1", False)])
def test_without_scripts_only_a_page_to_read_leaves_by_itself(at_work: Client, page: str, leaves: bool) -> None:
    assert ('http-equiv="refresh"' in at_work.get(page).content.decode()) is leaves


def test_a_page_that_left_waits_with_nothing_on_it(at_work: Client, adele: object) -> None:
    shown = at_work.get(f"{LOCK}?ferma=1&next=/scrivania/cerca/").content.decode()
    assert ('href="/scrivania/cerca/"' in shown, "Adele" in shown) == (True, False)


def test_the_place_says_how_long(at_work: Client) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Place.objects.filter(pk=cast.space().pk).update(lock_minutes=5)
    with after(minutes=2):
        assert at_work.get(HOME).status_code == 200
        with after(minutes=5):
            assert at_work.get(HOME)["Location"].startswith(LOCK)


def test_nothing_of_the_page_behind_is_shown(at_work: Client, adele: object) -> None:
    with after(minutes=11):
        shown = at_work.get(f"{LOCK}?next=/scrivania/").content.decode()
    assert "Schermo bloccato" in shown
    assert not any(word in shown for word in ("Brambilla", "Spazio C.A.S.A.", "Registra contatto", "Adele"))


@pytest.mark.parametrize("page", ["/accesso/2fa/", "/accesso/2fa/webauthn/", "/accesso/login/", "/accesso/2fa/reauthenticate/"])
def test_the_librarys_pages_are_locked_too(at_work: Client, page: str) -> None:
    with after(minutes=11):
        assert at_work.get(page)["Location"] == LOCK


def test_other_doors_stay_as_for_anybody(at_work: Client) -> None:
    with after(minutes=11):
        assert at_work.get("/privacy/").status_code == 200
        assert at_work.get("/casa/io/").status_code == 404


def test_what_was_being_written_is_there_afterwards(at_work: Client, marta: Actor) -> None:
    token = drafts.token(marta, "contatto", path=FORM)
    with after(minutes=11):
        answer = at_work.post(FORM, {"bozza": token, "note": "la caldaia fa rumore"})
        assert answer["Location"] == f"{LOCK}?next=%2Fscrivania%2Fcontatto%2F"
        assert drafts.find(marta, "contatto")["note"] == "la caldaia fa rumore"


def test_the_pin_opens_it_where_one_was(at_work: Client) -> None:
    with after(minutes=11):
        answer = at_work.post(LOCK, {"pin": GOOD, "next": "/scrivania/cerca/"})
        assert answer["Location"] == "/scrivania/cerca/"
        assert at_work.get("/scrivania/cerca/").status_code == 200
    assert traces.event("staff.pin_tried").fields == ["pin"]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", LOCK, ""])
def test_it_leads_nowhere_else(at_work: Client, elsewhere: str) -> None:
    with after(minutes=11):
        assert at_work.post(LOCK, {"pin": GOOD, "next": elsewhere})["Location"] == HOME


def test_a_wrong_pin_is_told_and_comes_back_on_no_page(at_work: Client) -> None:
    with after(minutes=11):
        answer = at_work.post(LOCK, {"pin": WRONG})
        assert (answer.status_code, WRONG in answer.content.decode()) == (422, False)
        assert at_work.get(HOME)["Location"].startswith(LOCK)
    assert traces.event("staff.pin_tried").fields == ["wrong_pin"]


def test_after_five_wrong_ones_the_whole_sign_in_is_asked(at_work: Client) -> None:
    with after(minutes=11):
        answers = [at_work.post(LOCK, {"pin": WRONG, "next": FORM}) for _ in range(5)]
        assert [a.status_code for a in answers] == [422] * 4 + [302]
        assert answers[-1]["Location"] == "/accesso/login/?next=%2Fscrivania%2Fcontatto%2F"
        assert at_work.post(LOCK, {"pin": GOOD})["Location"].startswith("/accesso/login/")


def test_the_right_one_elsewhere_gives_no_guesses_back_to_who_guesses_here(at_work: Client, marta: Actor) -> None:
    with after(minutes=11):
        for _ in range(4):
            at_work.post(LOCK, {"pin": WRONG})
        actions.try_pin(cast.staff("marta"), by=marta, pin=GOOD)
        assert at_work.post(LOCK, {"pin": WRONG})["Location"].startswith("/accesso/login/")
        assert at_work.post(LOCK, {"pin": GOOD})["Location"].startswith("/accesso/login/")


WAYS_IN = ("webauthn/add/", "totp/activate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/")


@pytest.mark.parametrize("page", WAYS_IN)
def test_a_screen_opened_with_the_pin_adds_no_way_in(at_work: Client, page: str) -> None:
    with after(minutes=11):
        at_work.post(LOCK, {"pin": GOOD})
        answer = at_work.get(f"/accesso/2fa/{page}")
        assert answer["Location"] == f"/accesso/login/?{urlencode({'next': f'/accesso/2fa/{page}'})}"
        assert at_work.get(HOME)["Location"].startswith("/accesso/login/")


@pytest.mark.parametrize(("minutes", "comes_in"), [(4, False), (6, True)])
def test_one_left_open_adds_none_either(at_work: Client, minutes: int, comes_in: bool) -> None:
    with after(minutes=minutes):
        assert at_work.post("/accesso/2fa/webauthn/add/").get("Location", "").startswith("/accesso/login/") is comes_in


def test_a_passkey_just_shown_is_as_good_as_the_whole_sign_in(at_work: Client) -> None:
    session = at_work.session
    shown = (cast.NOW + timedelta(minutes=9)).timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "webauthn", "at": shown}]
    session.save()
    with after(minutes=9):
        assert not at_work.get("/accesso/2fa/totp/activate/").get("Location", "").startswith("/accesso/login/")


def test_then_the_right_one_opens_nothing_until_she_has_come_in(at_work: Client, marta: Actor) -> None:
    for _ in range(5):
        actions.try_pin(cast.staff("marta"), by=marta, pin=WRONG)
    assert not actions.try_pin(cast.staff("marta"), by=marta, pin=GOOD)
    actions.record_entry(cast.staff("marta"), by=marta)
    assert actions.try_pin(cast.staff("marta"), by=marta, pin=GOOD)


def test_guesses_sent_all_at_once_are_counted_one_by_one(at_work: Client, marta: Actor) -> None:
    with CaptureQueriesContext(connection) as done:
        actions.try_pin(cast.staff("marta"), by=marta, pin=WRONG)
    assert any("agencies_staff" in q["sql"] and "FOR UPDATE" in q["sql"] for q in done.captured_queries)


@pytest.mark.parametrize(("when", "status"), [(11, 200), (0, 302)])
def test_a_passkey_opens_it_when_shown_while_locked(at_work: Client, when: int, status: int) -> None:
    session = at_work.session
    shown = (cast.NOW + timedelta(minutes=when)).timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "webauthn", "at": shown}]
    session.save()
    with after(minutes=12):
        assert at_work.get(HOME).status_code == status


def test_without_a_pin_one_comes_in_from_the_beginning(enter: Enter) -> None:
    client = enter("paola")
    client.get(HOME)
    with after(minutes=11):
        shown = client.get(LOCK).content.decode()
        assert 'name="pin"' not in shown
        assert client.post("/accesso/logout/", {"next": "/accesso/login/?next=/scrivania/"})["Location"].startswith(
            "/accesso/login/"
        )
        assert client.get(HOME)["Location"].startswith("/accesso/login/")


def test_who_is_not_locked_is_led_on(at_work: Client) -> None:
    assert at_work.get(f"{LOCK}?next=/scrivania/cerca/")["Location"] == "/scrivania/cerca/"


def test_twelve_hours_end_the_session_however_busy(at_work: Client) -> None:
    for minutes in range(9, 12 * 60, 9):
        with after(minutes=minutes):
            assert at_work.get("/scrivania/pin/").status_code == 200
    with after(hours=12):
        assert at_work.get(HOME)["Location"].startswith("/accesso/login/")


def test_looking_writes_once_a_minute(at_work: Client) -> None:
    for seconds, writes in ((59, 0), (60, 1)):
        with after(seconds=seconds), CaptureQueriesContext(connection) as done:
            at_work.get("/scrivania/pin/")
        assert sum("UPDATE" in q["sql"] and "django_session" in q["sql"] for q in done.captured_queries) == writes


# --- choosing the PIN ---


def test_a_pin_is_chosen_on_a_page(enter: Enter) -> None:
    answer = enter("marta").post("/scrivania/pin/", {"pin": GOOD, "again": GOOD})
    assert answer["Location"] == "/accesso/2fa/"
    assert GOOD not in cast.staff("marta").pin_hash


@pytest.mark.parametrize("pin", ["0000", "1234", "4321", "123456", "1212", "123123", "1984", "2580"])
def test_one_that_is_guessed_at_once_is_refused(marta: Actor, pin: str) -> None:
    with pytest.raises(Refused, match="pin-weak"):
        actions.set_pin(cast.staff("marta"), by=marta, pin=pin)


@pytest.mark.parametrize("pin", ["", "491", "4917264", "49a7", "٤٩١٧"])
def test_what_is_no_pin_is_refused(marta: Actor, pin: str) -> None:
    with pytest.raises(Refused, match="pin-impossible"):
        actions.set_pin(cast.staff("marta"), by=marta, pin=pin)


def test_nobody_chooses_somebody_elses(paola: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.set_pin(cast.staff("marta"), by=paola, pin=GOOD)


def test_a_screen_opened_with_the_pin_cannot_change_it(at_work: Client) -> None:
    with after(minutes=11):
        at_work.post(LOCK, {"pin": GOOD})
        answer = at_work.post("/scrivania/pin/", {"pin": "8362", "again": "8362"})
        assert "entra di nuovo" in answer.content.decode()
    assert actions.try_pin(cast.staff("marta"), by=cast.at_desk("marta"), pin=GOOD)


def test_two_different_ones_are_no_pin(enter: Enter) -> None:
    answer = enter("marta").post("/scrivania/pin/", {"pin": GOOD, "again": WRONG})
    assert (answer.status_code, "I due PIN sono diversi" in answer.content.decode()) == (422, True)


# --- who is no longer there ---


def test_the_next_request_of_who_left_finds_nobody(at_work: Client) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Staff.objects.filter(email="marta@example.invalid").update(is_active=False)
    assert at_work.get(HOME)["Location"].startswith("/accesso/login/")


def test_a_session_begun_in_another_role_is_nobody_s(at_work: Client) -> None:
    before = cast.staff("marta")
    before.role = "desk"
    session = at_work.session
    session[HASH_SESSION_KEY] = before.get_session_auth_hash()
    session.save()
    assert at_work.get(HOME)["Location"].startswith("/accesso/login/")
