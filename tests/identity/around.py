"""What the tests of SPID and CIE share: a fiscal code for somebody of the cast, and the way there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from adapters.identity import metadata
from cortile.kit import scopes
from cortile.people.models import Person
from tests.identity.certified import CLIENT, SECRET

# Invented: the birthplace Z999 does not exist.
HERS, ANOTHERS, NOBODYS = "BRMDLA47E43Z999Y", "SLAGNN60A01Z999Z", "NSSNNN60A01Z999G"
OPENID = "adapters.identity.openid.OpenId"
LEAVE, BACK = "/casa/entra/spid/", "/casa/entra/spid/ritorno/"


def give_code(key: str, fiscal_code: str) -> None:
    """Write somebody's fiscal code in the registry."""
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(code=key).update(fiscal_code=fiscal_code)


def configure(way: str, issuer: str, folder: Path, settings: Settings, patch: pytest.MonkeyPatch, **more: str) -> None:
    """Name an issuer for a way, as the environment of an installation does."""
    secret = folder / "secret"
    secret.write_text(SECRET)
    said = {"ISSUER": issuer, "CLIENT": CLIENT, "SECRET_FILE": str(secret)} | more
    for name, value in said.items():
        patch.setenv(f"CORTILE_{way.upper()}_{name}", value)
    settings.IDENTITY = settings.IDENTITY | {way: OPENID}
    metadata.forget()


def leave(client: Client, **more: str) -> str:
    """Press «Entra con SPID» and return where one is sent."""
    answer = client.post(LEAVE, more)
    return str(answer.headers["Refresh"]).partition("url=")[2]


def asked(address: str, name: str) -> str:
    """Return something of the question one was sent away with."""
    return parse_qs(urlsplit(address).query)[name][0]


def back(client: Client, state: str, code: str = "c", **more: str) -> Any:  # noqa: ANN401 -- the test client's own answer
    """Come back and press «Entra»; return the last answer, or the first page that was not passed."""
    first = client.get(BACK, {"state": state, "code": code} | more)
    return client.post(BACK) if first.status_code == 200 else first
