"""One question to an identity provider and its answer, over TLS, within a few seconds. No redirect is followed."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from cortile.kit.identity import Silent

SECONDS = 8.0
LONGEST_ANSWER = 256 * 1024


def is_safe(address: str) -> bool:
    """Tell whether an address is one we may speak to: https, or in clear on this very machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and _here(str(parts.hostname))))


def ask(address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any], str]:
    """Return the status, the JSON object and the date of an answer. Raise ``Silent`` when there is none."""
    if not is_safe(address):
        raise Silent
    parts = urlsplit(address)
    line = _line(parts)
    sent = {"Accept": "application/json"} | (headers or {})
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    with contextlib.closing(line):
        try:
            line.request("GET" if form is None else "POST", path, urlencode(form) if form is not None else None, sent)
            answer = line.getresponse()
            return answer.status, _object(answer.read(LONGEST_ANSWER)), answer.headers.get("Date", "")
        except (OSError, HTTPException) as failure:
            raise Silent from failure


def _line(parts: SplitResult) -> HTTPConnection:
    if parts.scheme == "https":
        return HTTPSConnection(str(parts.hostname), parts.port, timeout=SECONDS, context=ssl.create_default_context())
    return HTTPConnection(str(parts.hostname), parts.port, timeout=SECONDS)


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _object(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
