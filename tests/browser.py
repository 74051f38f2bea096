"""A real browser on a real address: each test has its own database and server, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cortile.kit import clock
from tests import database, sessions

CHROMIUM = Path(os.environ.get("CORTILE_CHROMIUM", "/usr/bin/chromium"))
PHONE = {"width": 360, "height": 740}
ITALY: dict[str, Any] = {"locale": "it-IT", "timezone_id": "Europe/Rome"}
# Without the examination of the start: it would ask a database before a test has one.
application = get_wsgi_application()


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

    def application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 -- WSGI's own
        """Answer at the hour the wall shows."""
        with clock.frozen(self.instant):
            return application(environ, start_response)


@dataclass(frozen=True, slots=True)
class Site:
    """A running Cortile: its address, and a browser that can come in as somebody."""

    address: str
    context: BrowserContext
    wall: Wall

    def enter(self, name: str) -> Page:
        """Open a page signed in as somebody of the cast."""
        self.sign_in(self.context, name)
        return self.context.new_page()

    def phone(self, name: str = "", *, scripts: bool = True, worker: bool = False) -> Page:
        """Open a page on a phone of its own, which runs scripts or none, signed in as somebody or as nobody.

        Without a worker every request is the page's own, so that a test can weigh it or answer it.
        """
        browser = self.context.browser
        assert browser is not None
        context = browser.new_context(
            base_url=self.address,
            viewport=PHONE,
            java_script_enabled=scripts,
            service_workers="allow" if worker else "block",
            **ITALY,
        )  # type: ignore[arg-type]  # plain dictionaries
        if name:
            self.sign_in(context, name)
        return context.new_page()

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """Give a browser the session of somebody of the cast."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions.key_of(name), "url": self.address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # the three keys Playwright asks for

    @contextlib.contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        """Move the clock of the test and of the server for a block."""
        before, self.wall.instant = self.wall.instant, instant
        with clock.frozen(instant):
            yield
        self.wall.instant = before


@contextlib.contextmanager
def serve(chromium: Browser, instant: datetime) -> Iterator[Site]:
    """Serve the database of the moment on 127.0.0.1, at one hour, until the block ends."""
    wall = Wall(instant)
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(wall.application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    context = chromium.new_context(base_url=address, service_workers="block", **ITALY)
    yield Site(address, context, wall)
    for opened in chromium.contexts:
        opened.close()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def site(chromium: Browser, django_db_setup: None, django_db_blocker: object, now: datetime) -> Iterator[Site]:
    """Serve a clone of the cast's database, and drop it afterwards."""
    own = f"{database.mine()}_page"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.drop(own)
        connections["default"].close()
        database.clone(database.mine(), own)
        database.point_at(own)
        with serve(chromium, now) as running:
            yield running
        database.point_at(database.mine())
    database.drop(own)
