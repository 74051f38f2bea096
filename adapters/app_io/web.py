"""One question to App IO and its answer, over TLS, within a few seconds. No redirect is followed."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from cortile.kit.carriers import Later

SECONDS = 10.0
LONGEST_ANSWER = 256 * 1024
KEY_HEADER = "Ocp-Apim-Subscription-Key"


class Silent(Later):
    """It was asked, and nobody knows what it did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What App IO said."""

    status: int
    said: dict[str, Any]
    location: str = ""


class Web:
    """Asks App IO at its address, with the key of the body's service."""

    def __init__(self, address: str, key: str) -> None:
        parts = urlsplit(address)
        if not key or not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname))):
            message = f"CORTILE_IO_ADDRESS={address}: use https, and a file with the key in CORTILE_IO_KEY_FILE"
            raise ImproperlyConfigured(message)
        self.safe, self.host, self.port, self.base = parts.scheme == "https", parts.hostname, parts.port, parts.path.rstrip("/")
        self.key = key

    def ask(self, method: str, path: str, body: dict[str, object] | None = None) -> Answer:
        """Return an answer. Raise ``Later`` when nothing was asked, ``Silent`` when something was and nobody knows the rest."""
        line = self._line()
        with contextlib.closing(line):
            try:
                line.connect()
            except OSError as failure:
                message = "App IO non risponde"
                raise Later(message) from failure
            try:
                line.request(method, self.base + path, json.dumps(body) if body is not None else None, self._headers())
                return _read(line.getresponse())
            except (OSError, HTTPException) as failure:
                message = "App IO non ha detto se lo ha preso"
                raise Silent(message) from failure

    def _line(self) -> HTTPConnection:
        if self.safe:
            return HTTPSConnection(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
        return HTTPConnection(self.host, self.port, timeout=SECONDS)

    def _headers(self) -> dict[str, str]:
        return {KEY_HEADER: self.key, "Content-Type": "application/json", "Accept": "application/json"}


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(response: HTTPResponse) -> Answer:
    raw = response.read(LONGEST_ANSWER)
    try:
        said = json.loads(raw)
    except ValueError:
        said = {}
    return Answer(response.status, said if isinstance(said, dict) else {}, response.headers.get("Location", ""))
