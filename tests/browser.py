"""A real browser on a real address: each test has its own database and server, and leaves nothing behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cortile.config.wsgi import application
from tests import database, sessions

CHROMIUM = Path(os.environ.get("CORTILE_CHROMIUM", "/usr/bin/chromium"))


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


@dataclass(frozen=True, slots=True)
class Site:
    """A running Cortile: its address, and a browser that can come in as somebody."""

    address: str
    context: BrowserContext

    def enter(self, name: str) -> Page:
        """Open a page signed in as somebody of the cast."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions.key_of(name), "url": self.address}
        self.context.add_cookies([cookie])  # type: ignore[list-item]  # the three keys Playwright asks for
        return self.context.new_page()


@pytest.fixture
def site(chromium: Browser, django_db_setup: None, django_db_blocker: object) -> Iterator[Site]:
    """Serve a clone of the cast's database on 127.0.0.1, and drop it afterwards."""
    own = f"{database.mine()}_page"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.drop(own)
        connections["default"].close()
        database.clone(database.mine(), own)
        database.point_at(own)
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.set_app(application)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        context = chromium.new_context(base_url=address, locale="it-IT", timezone_id="Europe/Rome")
        yield Site(address, context)
        context.close()
        server.shutdown()
        server.server_close()
        thread.join()
        database.point_at(database.mine())
    database.drop(own)
