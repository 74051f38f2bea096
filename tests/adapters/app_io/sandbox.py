"""App IO on this machine, made from its own description: it takes what that allows, and answers only what that has.

As on the real one, each submission is another message: whoever submits twice is counted twice.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.adapters.app_io.description import DESCRIPTION, Operation, Wrong, asked, check_answer

KEY = "chiave-di-prova"
CODE = "BRMDLA47E43Z999X"
SUBMIT, PROFILE, MESSAGE = "submitMessageforUserWithFiscalCodeInBody", "getProfileByPOST", "getMessage"
# Faults: a status, or no answer at all, before or after the message was taken.
BEFORE, AFTER = "before", "after"


@dataclass
class Sandbox:
    """What it knows: who is on App IO, which messages it took, what it refused, and which faults come next."""

    people: dict[str, bool] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    faults: dict[str, list[int | str]] = field(default_factory=dict)
    status: str = "ACCEPTED"
    address: str = ""
    gone: threading.Event = field(default_factory=threading.Event)

    def answer(self, operation: Operation, said: dict[str, Any], fault: int | str | None) -> tuple[int, dict[str, Any]]:
        """Return a status and a body the description has for an operation."""
        if isinstance(fault, int):
            return fault, problem(fault, "as planned")
        known = {PROFILE: self._profile, SUBMIT: self._submit, MESSAGE: self._message}
        return known[operation.name](said)

    def _profile(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        allowed = self.people.get(said["body"]["fiscal_code"])
        if allowed is None:
            return 404, problem(404, "no such profile")
        return 200, {"sender_allowed": allowed, "preferred_languages": ["it_IT"]}

    def _submit(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if not self.people.get(said["body"].get("fiscal_code", "")):
            return 403, problem(403, "not allowed")
        self.taken.append(said["body"])
        return 201, {"id": f"01BX9NSMKVXXS5PSP2FATZM{len(self.taken):03d}"}

    def _message(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        number = int(said["id"][-3:])
        if not 0 < number <= len(self.taken) or self.taken[number - 1]["fiscal_code"] != said["fiscal_code"]:
            return 404, problem(404, "no such message")
        mine = self.taken[number - 1]
        message = {
            "id": said["id"], "fiscal_code": mine["fiscal_code"], "content": mine["content"],
            "created_at": "2026-03-11T09:00:00.000Z", "sender_service_id": "01BX9NSMKVXXS5PSP2FATZM6QX",
            "feature_level_type": "STANDARD",
        }  # fmt: skip
        return 200, {"message": message, "status": self.status}


def problem(status: int, detail: str) -> dict[str, Any]:
    """Return a problem as RFC 7807 has it."""
    return {"type": "about:blank", "title": "Problem", "status": status, "detail": detail}


def handler_of(sandbox: Sandbox) -> type[BaseHTTPRequestHandler]:
    """Return who answers for a sandbox."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            sandbox.paths.append(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                operation, said = asked(self.command, self.path, dict(self.headers.items()), body, KEY)
            except Wrong as wrong:
                sandbox.refused.append(str(wrong))
                self._say(wrong.status, problem(wrong.status, str(wrong)))
                return
            faults = sandbox.faults.get(operation.name, [])
            fault = faults.pop(0) if faults else None
            if fault == BEFORE:
                sandbox.gone.wait(5)
                return
            status, answer = sandbox.answer(operation, said, fault)
            if fault == AFTER:
                sandbox.gone.wait(5)
                return
            if fault is None:
                check_answer(operation, status, answer)
            self._say(status, answer)

        do_GET = do_POST = _serve  # noqa: N815 -- the library's own names

        def _say(self, status: int, answer: dict[str, Any]) -> None:
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", DESCRIPTION["produces"][0])
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's own name
            del format, args

    return Handler


@contextlib.contextmanager
def serving(sandbox: Sandbox) -> Iterator[Sandbox]:
    """Serve a sandbox on a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(sandbox)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        sandbox.address = f"http://127.0.0.1:{server.server_address[1]}{DESCRIPTION['basePath']}"
        yield sandbox
        sandbox.gone.set()
        server.shutdown()
