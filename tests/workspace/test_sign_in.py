"""How staff come in: a code by mail, an app's code on top, a passkey; nobody signs up, nobody has a password."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from cortile.agencies import actions
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from tests import cast
from tests.sessions import Enter

LOGIN, ASK, CONFIRM = "/accesso/login/", "/accesso/login/code/", "/accesso/login/code/confirm/"
MARTA = "marta@example.invalid"


@pytest.fixture(autouse=True)
def _no_memory_of_guesses() -> None:
    """Forget how often an address asked for a code: the login library counts in the cache."""
    cache.clear()


def come_in(client: Client, mailoutbox: list[EmailMessage], email: str = MARTA) -> HttpResponse:
    """Ask for a code and bring it."""
    client.post(ASK, {"email": email})
    code = re.search(r"^([A-Z0-9-]{6,9})$", mailoutbox[-1].body, re.MULTILINE)
    assert code, mailoutbox[-1].body
    return client.post(CONFIRM, {"code": code.group(1)})  # type: ignore[return-value]  # the client's own response


def test_the_door_wears_our_look_and_asks_no_password(client: Client) -> None:
    shown = client.get(LOGIN).content.decode()
    assert "Entra alla Scrivania" in shown
    assert 'type="password"' not in shown


def test_a_stranger_is_led_to_the_door_and_back(client: Client) -> None:
    assert client.get("/scrivania/mese/")["Location"] == "/accesso/login/?next=%2Fscrivania%2Fmese%2F"


def test_the_mails_code_opens(client: Client, mailoutbox: list[EmailMessage]) -> None:
    assert come_in(client, mailoutbox).status_code == 302
    assert client.get("/scrivania/").status_code == 200


def test_the_mail_is_in_plain_words(client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post(ASK, {"email": MARTA})
    assert mailoutbox[-1].subject == "Il tuo codice per entrare"
    assert "Non dirlo a nessuno" in mailoutbox[-1].body


def test_with_only_the_mail_one_is_led_to_a_passkey(client: Client, mailoutbox: list[EmailMessage]) -> None:
    assert come_in(client, mailoutbox)["Location"] == "/accesso/2fa/"
    assert "Aggiungi una passkey" in client.get("/accesso/2fa/").content.decode()


def test_coming_in_is_in_the_audit(client: Client, mailoutbox: list[EmailMessage]) -> None:
    come_in(client, mailoutbox)
    assert AuditEvent.objects.filter(what="staff.signed_in", agent_id=cast.staff("marta").pk).count() == 1


def test_a_wrong_code_is_told(client: Client) -> None:
    client.post(ASK, {"email": MARTA})
    answer = client.post(CONFIRM, {"code": "000-000"})
    assert "Il codice non è giusto." in answer.content.decode()
    assert client.get("/scrivania/").status_code == 302


def test_an_unknown_address_gets_the_same_page() -> None:
    pages = []
    for client, email in ((Client(), MARTA), (Client(), "nessun@example.invalid")):
        answer = client.post(ASK, {"email": email})
        shown = client.get(answer["Location"]).content.decode().replace(email, "")
        pages.append((answer["Location"], re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)))
    assert pages[0] == pages[1]


def test_an_apps_code_comes_on_top(client: Client, mailoutbox: list[EmailMessage]) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.staff("marta"), secret)
    assert come_in(client, mailoutbox)["Location"].startswith("/accesso/2fa/authenticate/")
    assert client.get("/scrivania/").status_code == 302
    code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"
    client.post("/accesso/2fa/authenticate/", {"code": code})
    assert client.get("/scrivania/").status_code == 200


def test_an_app_is_connected_in_one_page(client: Client, mailoutbox: list[EmailMessage]) -> None:
    come_in(client, mailoutbox)
    shown = client.get("/accesso/2fa/totp/activate/").content.decode()
    assert "Inquadra questo disegno" in shown
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("page", ["webauthn/add/", "webauthn/", "recovery-codes/generate/"])
def test_the_pages_of_keys_open(client: Client, mailoutbox: list[EmailMessage], page: str) -> None:
    come_in(client, mailoutbox)
    TOTP.activate(cast.staff("marta"), generate_totp_secret())
    assert "<h1>" in client.get(f"/accesso/2fa/{page}", follow=True).content.decode()


def test_nobody_signs_up(client: Client) -> None:
    answer = client.post("/accesso/signup/", {"email": "nuova@example.invalid"})
    assert "Non ci si registra da soli" in answer.content.decode()


@pytest.mark.parametrize("page", ["password/reset/", "password/set/", "password/change/", "email/", "signup/passkey/"])
def test_pages_nobody_here_uses_are_not_there(enter: Enter, page: str) -> None:
    assert enter("marta").get(f"/accesso/{page}").status_code == 404


def test_who_left_does_not_come_in(client: Client, mailoutbox: list[EmailMessage], system: Actor) -> None:
    actions.off_board(cast.staff("marta"), by=system)
    client.post(ASK, {"email": MARTA})
    assert "qui non lavora nessuno" in mailoutbox[-1].body


def test_leaving_ends_the_session(client: Client, mailoutbox: list[EmailMessage]) -> None:
    come_in(client, mailoutbox)
    client.post("/accesso/logout/")
    assert client.get("/scrivania/").status_code == 302
