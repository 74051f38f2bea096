"""A real browser on a real address: each test has its own database and server, and leaves nothing behind."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page

from cortile.kit import clock
from tests import database, glass, sessions
from tests.glass import CHROMIUM, ITALY, PHONE, Wall

__all__ = ["CHROMIUM", "ITALY", "PHONE", "Site", "serve"]

# Without the examination of the start: it would ask a database before a test has one.
application = get_wsgi_application()


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
    wall = Wall(instant, application)
    with glass.answering(wall) as port:
        address = f"http://127.0.0.1:{port}"
        context = chromium.new_context(base_url=address, service_workers="block", **ITALY)
        yield Site(address, context, wall)
        for opened in chromium.contexts:
            opened.close()


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
