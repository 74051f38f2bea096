"""A real browser and a server on loopback, for the house's tests and the lane's: it knows no room."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from cortile.kit import clock

CHROMIUM = Path(os.environ.get("CORTILE_CHROMIUM", "/usr/bin/chromium"))
PHONE = {"width": 360, "height": 740}
ITALY: dict[str, Any] = {"locale": "it-IT", "timezone_id": "Europe/Rome"}
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a failing page shows itself in the test."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium once per worker."""
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium non c'è: {CHROMIUM}")
    # While Playwright's loop runs, Django keeps other connections than before and after it: none may stay open behind.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        connections.close_all()
        browser.close()


@dataclass(slots=True)
class Wall:
    """The clock on the server's wall: its requests run in threads of their own, which the test's clock does not reach."""

    instant: datetime
    answer: Application

    def application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 -- WSGI's own
        """Answer at the hour the wall shows."""
        with clock.frozen(self.instant):
            return self.answer(environ, start_response)


@contextlib.contextmanager
def answering(wall: Wall) -> Iterator[int]:
    """Serve an application on 127.0.0.1 at the hour of a wall until the block ends. Yield the port."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(wall.application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()
