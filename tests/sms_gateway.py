"""An SMS gateway of the tests' own on loopback: it keeps what it accepts by reference, and fails as it is told to."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests import loopback

# What may go wrong with one POST: nobody answers (before or after it was accepted), a fault, a refusal, the caller dies.
HANGS, HANGS_AFTER, BROKEN, REFUSED, KILLS, KILLS_AFTER = "hangs", "hangs after", "broken", "refused", "kills", "kills after"
STATUS = {BROKEN: 503, REFUSED: 422}


@dataclass
class Gateway:
    """What arrived. ``telephones`` counts what a telephone really shows: each SMS that was accepted as a new one."""

    knows_references: bool = True
    answers: bool = True
    faults: list[str] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    telephones: list[dict[str, Any]] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    worker: int = 0
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def accept(self, said: dict[str, Any]) -> None:
        """Keep an SMS, once a reference where this gateway knows them."""
        with self.lock:
            again = any(sms["reference"] == said["reference"] for sms in self.telephones)
            if not (self.knows_references and again):
                self.telephones.append(said)

    def double(self) -> int:
        """Return how many telephones rang twice for one event: the same words, to the same number."""
        shown = [(sms["to"], sms["text"]) for sms in self.telephones]
        return len(shown) - len(set(shown))


class _Handler(loopback.Quiet, BaseHTTPRequestHandler):
    gateway: Gateway

    def do_POST(self) -> None:
        """Take an SMS, or fail as told."""
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said["key"], said["token"] = self.headers["Idempotency-Key"], self.headers["Authorization"]
        with self.gateway.lock:
            self.gateway.posts.append(said)
            fault = self.gateway.faults.pop(0) if self.gateway.faults else ""
        if fault in {"", HANGS_AFTER, KILLS_AFTER}:
            self.gateway.accept(said)
        if fault in {KILLS, KILLS_AFTER}:
            os.kill(self.gateway.worker, signal.SIGKILL)
        elif fault in {HANGS, HANGS_AFTER}:
            self.gateway.over.wait()
        else:
            self._answer(STATUS.get(fault, 202), {"id": f"g-{len(self.gateway.posts)}"})

    def do_GET(self) -> None:
        """Say what became of an SMS, by our reference."""
        reference = self.path.rpartition("/")[2]
        known = any(sms["reference"] == reference for sms in self.gateway.telephones)
        found = self.gateway.states.get(reference, "accepted" if known else "")
        self._answer(200 if found else 404, {"state": found})

    def _answer(self, status: int, said: dict[str, str]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def serving(gateway: Gateway) -> Iterator[Gateway]:
    """Serve a gateway until the block ends; who still waits for an answer is let go then."""
    with loopback.answering(_Handler, gateway=gateway) as port:
        gateway.address = f"http://127.0.0.1:{port}/sms"
        try:
            yield gateway
        finally:
            gateway.over.set()


def environment(gateway: Gateway) -> dict[str, str]:
    """Return what a worker reads of where this gateway is."""
    asked = {"CORTILE_SMS_LOOKUP": f"{gateway.address}/{{reference}}"} if gateway.answers else {}
    return {
        "CORTILE_SMS_CARRIER": "adapters.sms_http.gateway.Gateway", "CORTILE_SMS_ADDRESS": gateway.address,
        "CORTILE_SMS_TOKEN": "prova", **asked,
    }  # fmt: skip
