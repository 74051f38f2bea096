"""The certified provider of the tests: ``oidc-provider`` on loopback, told its clients and whose fiscal code is whose."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest

SERVER = Path(__file__).with_name("server.mjs")
CLIENT, SECRET = "cortile", "segreto di prova"


@dataclass
class Certified:
    """A running provider."""

    issuer: str
    file: Path
    told: dict[str, Any] = field(default_factory=dict)

    def say(self, account: str, fiscal_code: str) -> None:
        """Say whose fiscal code an account has, from now on."""
        self.told["accounts"][account] = fiscal_code
        self.file.write_text(json.dumps(self.told))


@contextlib.contextmanager
def running(folder: Path, backs: list[str], **more: object) -> Iterator[Certified]:
    """Start a provider that sends people back to some addresses and no others, until the block ends."""
    node, module = os.environ.get("CORTILE_NODE"), os.environ.get("CORTILE_OIDC")
    if not (node and module):
        pytest.skip("Il provider OpenID Connect non c'è: ./run test lo scarica quando c'è rete.")
    client = {
        "client_id": CLIENT, "redirect_uris": backs, "grant_types": ["authorization_code"], "response_types": ["code"],
        "token_endpoint_auth_method": "client_secret_basic",
    } | more  # fmt: skip
    if client["token_endpoint_auth_method"] == "client_secret_basic":
        client["client_secret"] = SECRET
    told: dict[str, Any] = {"clients": [client], "accounts": {}}
    file = folder / "told.json"
    file.write_text(json.dumps(told))
    with subprocess.Popen([node, SERVER, module, file], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:  # noqa: S603 -- our own
        try:
            assert server.stdout is not None
            issuer = server.stdout.readline().strip()
            while issuer and not issuer.startswith("http://127.0.0.1:"):
                issuer = server.stdout.readline().strip()
            assert issuer, "the provider did not start"
            yield Certified(issuer, file, told)
        finally:
            server.terminate()


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing by itself."""


class Person:
    """Somebody with a browser of their own in front of the provider."""

    def __init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stays())

    def goes(self, address: str, account: str) -> str:
        """Go where we were sent, say who one is (or nothing, for no), and return the address one is sent back to."""
        return self._until_away(self._to(address), account)

    def _until_away(self, address: str, account: str) -> str:
        for _step in range(6):
            if "/ritorno/" in address:
                return address
            address = self._to(address, {"account": account} if "/who/" in address else None)
        raise AssertionError(address)

    def _to(self, address: str, form: dict[str, str] | None = None) -> str:
        body = urlencode(form).encode() if form is not None else None
        try:
            with self.opener.open(Request(address, body)) as answer:  # noqa: S310 -- loopback
                return str(answer.url)
        except HTTPError as moved:
            return str(urljoin(address, moved.headers["Location"] or ""))
