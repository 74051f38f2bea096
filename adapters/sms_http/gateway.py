"""A client of an SMS gateway: one POST an SMS, under a reference of ours that makes repeating it harmless."""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import re
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from cortile.kit.carriers import OUTCOMES, SENT, Later, Never, Parcel

SECONDS = 10.0
LONGEST_ANSWER = 64 * 1024
# What the gateway refuses for the SMS's own sake. All else (a token, a limit, a fault) may be right at another attempt.
FOR_GOOD = frozenset({400, 410, 413, 422})
OK, NOT_FOUND, REDIRECTED = 200, 404, 300
NAMES = {"to": "to", "text": "text", "reference": "reference", "from": "from", "id": "id", "state": "state"}


class Gateway:
    """Sends by HTTP, and asks what became of an SMS where the gateway has an address for that."""

    def __init__(self) -> None:
        self.address = _checked("CORTILE_SMS_ADDRESS")
        self.asked_at = _checked("CORTILE_SMS_LOOKUP") if os.environ.get("CORTILE_SMS_LOOKUP") else ""
        self.token, self.sender = os.environ.get("CORTILE_SMS_TOKEN", ""), os.environ.get("CORTILE_SMS_FROM", "")
        self.names = NAMES | _pairs("CORTILE_SMS_FIELDS")
        self.states = {state: state for state in OUTCOMES} | _pairs("CORTILE_SMS_STATES", small=True)

    @property
    def looks_up(self) -> bool:
        """Tell whether the gateway can be asked."""
        return bool(self.asked_at)

    def send(self, parcel: Parcel) -> str:
        """Send an SMS and return the gateway's name of it. Raise ``Later`` when nobody knows, ``Never`` when it is refused."""
        said = {"to": international(parcel.to), "text": parcel.text, "reference": parcel.reference, "from": self.sender}
        body = {self.names[name]: value for name, value in said.items() if value}
        status, answer = self._ask("POST", self.address, json.dumps(body).encode(), parcel.reference)
        if status in FOR_GOOD:
            raise Never(_said(status))
        if not OK <= status < REDIRECTED:
            raise Later(_said(status))
        return str(answer.get(self.names["id"], ""))

    def look_up(self, reference: str) -> str | None:
        """Ask what became of an SMS: None when the gateway never heard of it. Raise ``Later`` when it does not say."""
        if not self.looks_up:
            return None
        status, answer = self._ask("GET", self.asked_at.replace("{reference}", quote(reference, safe="")))
        if status == NOT_FOUND:
            return None
        if not OK <= status < REDIRECTED:
            raise Later(_said(status))
        return self.states.get(str(answer.get(self.names["state"], "")).lower(), SENT)

    def _ask(self, method: str, address: str, body: bytes | None = None, key: str = "") -> tuple[int, dict[str, Any]]:
        where = urlsplit(address)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        line = kind(where.netloc, timeout=SECONDS)
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key, "Content-Type": "application/json"}
        target = f"{where.path or '/'}{'?' if where.query else ''}{where.query}"
        try:
            line.request(method, target, body, {name: value for name, value in headers.items() if value.strip() != "Bearer"})
            answer = line.getresponse()
            return answer.status, _read(answer.read(LONGEST_ANSWER))
        except (OSError, http.client.HTTPException) as failure:
            raise Later(type(failure).__name__, str(failure)) from failure
        finally:
            line.close()


def _said(status: int) -> str:
    return f"HTTP {status}"


def international(number: str) -> str:
    """Return a number as gateways want it: «333 555» is Italian unless it says another country."""
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+39{digits}"


def _read(body: bytes) -> dict[str, Any]:
    """Read an answer; one that is no JSON says nothing more than its status."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _checked(name: str) -> str:
    """Read an address: https, or a port of this machine, since what is said to people never travels in clear."""
    address = os.environ.get(name, "")
    where = urlsplit(address)
    try:
        here = where.scheme == "http" and ipaddress.ip_address(where.hostname or "").is_loopback
    except ValueError:
        here = False
    if not (here or (where.scheme == "https" and where.hostname)):
        message = f"{name}={address}: use an https address"
        raise ImproperlyConfigured(message)
    return address


def _pairs(name: str, *, small: bool = False) -> dict[str, str]:
    said = (word.partition("=") for word in os.environ.get(name, "").split(",") if word.strip())
    return {(left.lower() if small else left).strip(): right.strip() for left, _mark, right in said}
