"""The whole way with a certified OpenID Connect provider, which accepts all that we send; and in a browser, without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc.jwk import ECKey
from pytest_django import Settings

from cortile.kit import clock
from cortile.people.models import Identification
from tests.app.pages import said
from tests.browser import Site
from tests.identity import certified
from tests.identity.around import ANOTHERS, BACK, HERS, NOBODYS, configure, give_code, leave
from tests.identity.certified import Certified, Person


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certified]:
    """Start the provider once for this file; it sends people back where the installation is."""
    with certified.running(tmp_path_factory.mktemp("oidc"), [f"http://127.0.0.1:8000{BACK}"]) as one:
        yield one


@pytest.fixture
def present() -> Iterator[None]:
    """Let our clock run as the provider's does."""
    with clock.frozen(datetime.now(UTC)):
        yield


@pytest.fixture
def provider(running: Certified, present: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Certified:
    """Return the provider SPID is configured with: «a» is Adele's account there."""
    settings.PUBLIC_ADDRESS = "http://127.0.0.1:8000"
    configure("spid", running.issuer, tmp_path, settings, monkeypatch)
    running.say("a", f"TINIT-{HERS}")
    give_code("adele", HERS)
    give_code("gianni", ANOTHERS)
    return running


def come(client: Client, account: str, person: Person | None = None) -> Any:  # noqa: ANN401 -- the test client's own answer
    """Go to the provider, say who one is, come back and press «Entra»."""
    returned = (person or Person()).goes(leave(client), account)
    first = client.get(BACK, {name: values[0] for name, values in parse_qs(urlsplit(returned).query).items()})
    return client.post(BACK) if first.status_code == 200 else first


def test_who_says_who_they_are_comes_in(client: Client, provider: Certified) -> None:
    assert come(client, "a").headers["Location"] == "/casa/"
    assert "<bdi>Adele</bdi>" in said(client.get("/casa/"))
    assert Identification.objects.get().subject == f"{provider.issuer} a"


def test_who_says_no_does_not(client: Client, provider: Certified) -> None:
    assert "Non hai finito l&#x27;ingresso con SPID" in said(come(client, ""))


def test_an_account_of_nobody_does_not(client: Client, provider: Certified) -> None:
    provider.say("n", NOBODYS)
    assert "qui non riusciamo" in said(come(client, "n"))


def test_an_account_whose_fiscal_code_changed_does_not(client: Client, provider: Certified) -> None:
    come(client, "a")
    provider.say("a", ANOTHERS)
    assert "non è quello di prima" in said(come(Client(), "a"))


def test_with_a_wrong_secret_nobody_comes_in(client: Client, provider: Certified, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("un altro")
    assert "aspettavamo" in said(come(client, "a"))


def test_without_the_verifier_the_code_is_worth_nothing(client: Client, provider: Certified) -> None:
    address = leave(client)
    session = client.session
    session["away"]["errand"]["verifier"] = "x" * 43
    session.save()
    returned = Person().goes(address, "a")
    client.get(f"{BACK}?{urlsplit(returned).query}")
    assert "aspettavamo" in said(client.post(BACK))


def test_a_key_of_ours_is_as_good_as_a_secret(
    client: Client, provider: Certified, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ECKey.generate_key("P-256", {"kid": "ours", "use": "sig"})
    (tmp_path / "key").write_text(json.dumps(key.as_dict(private=True)))
    ours = {"keys": [key.as_dict(private=False)]}
    with certified.running(
        tmp_path, [f"http://127.0.0.1:8000{BACK}"], token_endpoint_auth_method="private_key_jwt",
        token_endpoint_auth_signing_alg="ES256", id_token_signed_response_alg="ES256", jwks=ours,
    ) as one:  # fmt: skip
        more = {"SECRET_FILE": "", "KEY_FILE": str(tmp_path / "key"), "KEY_ALGORITHM": "ES256"}
        configure("spid", one.issuer, tmp_path, settings, monkeypatch, **more)
        one.say("a", HERS)
        assert come(client, "a").headers["Location"] == "/casa/"


@pytest.mark.browser
def test_in_a_browser_without_scripts(site: Site, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_ADDRESS = site.address
    give_code("adele", HERS)
    back = f"{site.address}/casa/entra/cie/ritorno/"
    with site.at(datetime.now(UTC)), certified.running(tmp_path, [back]) as one:
        configure("cie", one.issuer, tmp_path, settings, monkeypatch)
        one.say("a", HERS)
        page = site.phone(scripts=False)
        page.goto("/casa/entra/")
        page.get_by_role("button", name="Entra con CIE").click()
        page.get_by_label("Chi sei?").fill("a")
        page.get_by_role("button", name="Sono io").click()
        page.get_by_role("button", name="Entra", exact=True).click()
        assert page.url == f"{site.address}/casa/"
        assert "Adele" in page.inner_text("main")
