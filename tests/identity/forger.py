"""A small issuer of the tests' own, for what a certified one never says: it signs whatever it is told to."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from cortile.kit import clock
from tests import loopback

CLIENT, SECRET = "cortile", "segreto di prova"
SIGNING = RSAKey.generate_key(2048, {"kid": "a", "use": "sig"})
ANOTHER = RSAKey.generate_key(2048, {"kid": "a", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "b", "use": "sig"})


@dataclass
class Forger:
    """What it answers: claims over the honest ones, a header, a key, a token as it is, a fault of the token address."""

    issuer: str = ""
    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: SIGNING)
    twist: Callable[[str], str] = str
    status: int = 200
    ready: str = ""
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def token(self) -> str:
        """Return the token as it was told to make it."""
        now = int(clock.now().timestamp())
        honest = {"iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 300, "nonce": self.nonce}
        said = {name: value for name, value in (honest | self.claims).items() if value is not None}
        header = {"alg": "RS256", "kid": "a"} | self.header
        return self.twist(jwt.encode(header, said, self.key, algorithms=["RS256", "ES256", "HS256"]))

    def answer(self, path: str) -> dict[str, Any]:
        """Return what an address says."""
        at = self.issuer
        pages: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {
                "issuer": at, "authorization_endpoint": f"{at}/auth", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/jwks",
            },
            "/jwks": {"keys": [SIGNING.as_dict(private=False), CURVE.as_dict(private=False)]},
        }  # fmt: skip
        return pages.get(path, {})


class _Handler(loopback.Quiet, BaseHTTPRequestHandler):
    forger: Forger

    def do_GET(self) -> None:
        """Say who the issuer is."""
        self._say(200, self.forger.answer(self.path))

    def do_POST(self) -> None:
        """Give the token for any code, in the clock of who asks: the test set it before."""
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.forger.asked.append((self.path, dict(self.headers.items()), form))
        self._say(self.forger.status, {"access_token": "x", "token_type": "Bearer", "id_token": self.forger.ready})

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())


@contextlib.contextmanager
def running() -> Iterator[Forger]:
    """Serve a forger on loopback until the block ends."""
    forger = Forger()
    with loopback.answering(_Handler, forger=forger) as port:
        forger.issuer = f"http://127.0.0.1:{port}"
        yield forger
