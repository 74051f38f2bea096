"""SPID and CIE: every answer that proves nothing is refused in one sentence, and card and code stay where they are."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from adapters.identity.openid import OpenId
from cortile.kit import clock, identity
from cortile.kit.actor import Actor
from tests import cast
from tests.app.pages import said
from tests.identity import forger
from tests.identity.around import ANOTHERS, BACK, HERS, LEAVE, NOBODYS, asked, back, configure, give_code, leave
from tests.identity.forger import ANOTHER, CLIENT, CURVE, SIGNING, Forger

CARD = 'href="/casa/entra/"'
NOT_EXPECTED = "non è quella che aspettavamo"


@pytest.fixture(scope="module")
def one() -> Iterator[Forger]:
    """Serve one forger for all tests of this file."""
    with forger.running() as running:
        yield running


@pytest.fixture
def issuer(one: Forger, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Forger:
    """Return an honest issuer that SPID is configured with, and give Adele her fiscal code."""
    one.__init__(issuer=one.issuer)  # type: ignore[misc]  # as new
    one.claims = {"fiscal_number": f"TINIT-{HERS}"}
    configure("spid", one.issuer, tmp_path, settings, monkeypatch)
    give_code("adele", HERS)
    give_code("gianni", ANOTHERS)
    return one


def come(client: Client, issuer: Forger, **more: str) -> str:
    """Go, come back with the token the issuer was told to make, and return the page, or where one is let in."""
    address = leave(client)
    issuer.nonce = asked(address, "nonce")
    issuer.ready = issuer.ready or issuer.token()
    answer = back(client, asked(address, "state"), **more)
    return answer.headers["Location"] if answer.status_code == 302 else said(answer)


def refused(page: str) -> bool:
    """Tell whether a page lets nobody in and offers the card and a person."""
    return "notice warn" in page and CARD in page and "passa dallo Spazio" in page


def test_who_is_recognised_comes_in(client: Client, issuer: Forger) -> None:
    assert come(client, issuer) == "/casa/"
    assert "<bdi>Adele</bdi>" in said(client.get("/casa/"))
    assert (client.session["tenant"]["came_by"], client.session["tenant"]["step"]) == ("spid", 2)


def test_a_token_signed_on_a_curve_is_as_good(client: Client, issuer: Forger) -> None:
    issuer.header, issuer.key = {"alg": "ES256", "kid": "b"}, CURVE
    assert come(client, issuer) == "/casa/"


def test_the_question_has_all_that_keeps_the_answer_ours(client: Client, issuer: Forger, settings: Settings) -> None:
    address = leave(client)
    assert asked(address, "redirect_uri") == f"{settings.PUBLIC_ADDRESS}{BACK}"
    assert (asked(address, "code_challenge_method"), asked(address, "response_type")) == ("S256", "code")
    assert len({asked(address, name) for name in ("state", "nonce", "code_challenge")}) == 3


WRONG: dict[str, tuple[Callable[[Forger], object], str]] = {
    "audience": (lambda f: f.claims.update(aud="another"), NOT_EXPECTED),
    "audiences without azp": (lambda f: f.claims.update(aud=[CLIENT, "another"]), NOT_EXPECTED),
    "azp": (lambda f: f.claims.update(azp="another"), NOT_EXPECTED),
    "issuer": (lambda f: f.claims.update(iss="https://id.example.invalid"), NOT_EXPECTED),
    "nonce": (lambda f: f.claims.update(nonce="another"), NOT_EXPECTED),
    "no nonce": (lambda f: f.claims.update(nonce=None), NOT_EXPECTED),
    "at_hash": (lambda f: f.claims.update(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), NOT_EXPECTED),
    "expired": (lambda f: f.claims.update(exp=int(cast.NOW.timestamp()) - 61), "scaduta"),
    "old": (lambda f: f.claims.update(iat=int(cast.NOW.timestamp()) - 661), "scaduta"),
    "no exp": (lambda f: f.claims.update(exp=None), "scaduta"),
    "issued tomorrow": (lambda f: f.claims.update(iat=int(cast.NOW.timestamp()) + 61), NOT_EXPECTED),
    "not yet": (lambda f: f.claims.update(nbf=int(cast.NOW.timestamp()) + 61), NOT_EXPECTED),
    "no subject": (lambda f: f.claims.update(sub=""), NOT_EXPECTED),
    "no fiscal code": (lambda f: f.claims.update(fiscal_number=None), "codice fiscale"),
    "unknown kid": (lambda f: f.header.update(kid="z"), NOT_EXPECTED),
    "another key": (lambda f: setattr(f, "key", ANOTHER), NOT_EXPECTED),
    "alg none": (lambda f: setattr(f, "twist", unsigned), NOT_EXPECTED),
    "no token": (lambda f: setattr(f, "twist", lambda _token: "x"), NOT_EXPECTED),
    "the public key as a secret": (lambda f: setattr(f, "twist", by_secret), NOT_EXPECTED),
    "a code of nobody": (lambda f: setattr(f, "status", 400), NOT_EXPECTED),
    "broken": (lambda f: setattr(f, "status", 500), "non risponde"),
    "nobody here": (lambda f: f.claims.update(fiscal_number=NOBODYS), "qui non riusciamo"),
}


def unsigned(token: str) -> str:
    """Return a token that says it needs no signature."""
    return f"eyJhbGciOiJub25lIn0.{token.split('.')[1]}."


def by_secret(token: str) -> str:
    """Return a token signed with the issuer's public key, taken for a secret: the library itself would make none."""
    signed = ".".join((plain(b'{"alg":"HS256","kid":"a"}'), token.split(".")[1]))
    return f"{signed}.{plain(hmac.digest(SIGNING.as_pem(private=False), signed.encode(), 'sha256'))}"


def plain(raw: bytes) -> str:
    """Return bytes as a token writes them."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize("what", WRONG)
def test_refused_in_one_sentence(what: str, client: Client, issuer: Forger) -> None:
    spoil, sentence = WRONG[what]
    spoil(issuer)
    page = come(client, issuer)
    assert refused(page)
    assert sentence in page
    assert "tenant" not in client.session


@pytest.mark.parametrize("late", [-59, 59])
def test_clocks_may_differ_by_a_minute(late: int, client: Client, issuer: Forger) -> None:
    now = int(cast.NOW.timestamp())
    issuer.claims |= {"iat": now + late, "exp": now + (late if late < 0 else 300), "nbf": now + late}
    assert come(client, issuer) == "/casa/"


def test_a_token_used_before_is_refused(client: Client, issuer: Forger, monkeypatch: pytest.MonkeyPatch) -> None:
    # The nonce alone would stop it: with the same one, the token itself was seen.
    monkeypatch.setattr("adapters.identity.openid.secrets.token_urlsafe", lambda _length: "same" * 11)
    assert come(client, issuer) == "/casa/"
    assert "già stata usata" in come(Client(), issuer)


def test_a_state_that_was_used_is_no_way_in(client: Client, issuer: Forger) -> None:
    state = asked(leave(client), "state")
    back(client, state)
    assert "non è cominciato qui" in said(client.get(BACK, {"state": state, "code": "c"}))


def test_a_code_of_somebody_else_is_not_taken(client: Client, issuer: Forger) -> None:
    state = asked(leave(Client()), "state")
    leave(client)
    assert "non è cominciato qui" in said(back(client, state))
    assert issuer.asked == []


def test_a_return_read_again_is_the_same_page_and_another_code_is_none(client: Client, issuer: Forger) -> None:
    state = asked(leave(client), "state")
    pages = [client.get(BACK, {"state": state, "code": code}) for code in ("c", "c", "d")]
    assert [page.status_code for page in pages] == [200, 200, 422]


def test_pressing_without_having_gone_is_no_way_in(client: Client, issuer: Forger) -> None:
    assert "non è cominciato qui" in said(client.post(BACK))


def test_after_a_quarter_of_an_hour_one_begins_again(client: Client, issuer: Forger) -> None:
    state = asked(leave(client), "state")
    with clock.frozen(cast.NOW + timedelta(minutes=16)):
        assert "troppo tempo" in said(back(client, state))


@pytest.mark.parametrize(("error", "sentence"), [("access_denied", "Non hai finito"), ("server_error", "non ti fa entrare")])
def test_who_said_no_and_who_failed(error: str, sentence: str, client: Client, issuer: Forger) -> None:
    page = said(client.get(BACK, {"state": asked(leave(client), "state"), "error": error}))
    assert refused(page)
    assert sentence in page


def test_an_answer_in_another_issuers_name_is_refused(client: Client, issuer: Forger) -> None:
    assert NOT_EXPECTED in come(client, issuer, iss="https://id.example.invalid")
    assert issuer.asked == []


def test_a_changed_fiscal_code_is_refused(client: Client, issuer: Forger) -> None:
    come(client, issuer)
    issuer.claims, issuer.ready = {"fiscal_number": ANOTHERS}, ""
    assert "non è quello di prima" in come(Client(), issuer)


def test_nobody_here_and_two_bodies_read_the_same(client: Client, issuer: Forger) -> None:
    give_code("teresa", HERS)
    two = come(client, issuer)
    issuer.claims, issuer.ready = {"fiscal_number": NOBODYS}, ""
    assert come(Client(), issuer) == two


def test_it_goes_on_where_one_was_going_and_nowhere_else(client: Client, issuer: Forger) -> None:
    for onward, ends in (("/casa/aiuto/", "/casa/aiuto/"), ("https://example.org/", "/casa/")):
        address, issuer.ready = leave(client, next=onward), ""
        issuer.nonce, issuer.claims["jti"] = asked(address, "nonce"), onward
        issuer.ready = issuer.token()
        assert back(client, asked(address, "state")).headers["Location"] == ends


def test_the_session_is_a_new_one(client: Client, issuer: Forger) -> None:
    leave(client)
    before = client.session.session_key
    come(client, issuer)
    assert client.session.session_key != before
    assert "away" not in client.session


def test_the_door_offers_what_is_configured(client: Client, issuer: Forger) -> None:
    page = said(client.get("/casa/entra/"))
    assert "Entra con SPID" in page
    assert "Entra con CIE" not in page


@pytest.mark.parametrize("way", ["spid", "cie", "altro"])
def test_with_none_configured_there_is_no_button_and_no_page(way: str, client: Client) -> None:
    assert "Entra con" not in said(client.get("/casa/entra/")).replace("Entra con la tessera", "")
    assert client.post(f"/casa/entra/{way}/").status_code == client.get(f"/casa/entra/{way}/ritorno/").status_code == 404


def test_when_nobody_answers_it_says_so(
    client: Client, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("spid", "http://127.0.0.1:9", tmp_path, settings, monkeypatch)
    page = client.post(LEAVE)
    assert refused(said(page))
    assert "non risponde" in said(page)


@pytest.mark.parametrize("wrong", [{"ISSUER": "http://id.example.invalid"}, {"CLIENT": ""}, {"SECRET_FILE": ""}])
def test_half_a_configuration_is_a_mistake(
    wrong: dict[str, str], tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("spid", "https://id.example.invalid", tmp_path, settings, monkeypatch, **wrong)
    with pytest.raises(ImproperlyConfigured):
        OpenId("spid")


def test_doctors_question(issuer: Forger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "orologio" in identity.of("spid").lacks()
    monkeypatch.setenv("CORTILE_SPID_ISSUER", "http://127.0.0.1:9")
    assert "non risponde" in identity.of("spid").lacks()


def test_who_is_signed_in_may_come_in_again(enter: Callable[[str], Client], issuer: Forger, as_adele: Actor) -> None:
    assert come(enter("gianni"), issuer) == "/casa/"
