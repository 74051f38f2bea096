"""A real browser at the lane's own host name: each test has its own database and server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page

from cortile.haven.middleware import SHIFT
from cortile.kit.sessions import SessionStore
from tests import database, glass
from tests_haven import cast

application = get_wsgi_application()


@dataclass(frozen=True, slots=True)
class Site:
    """The running lane: its address, and phones to open it on."""

    address: str
    browser: Browser
    wall: glass.Wall

    def phone(self, login: str = "", *, scripts: bool = True, width: int = 360, language: str = "it-IT") -> Page:
        """Open a page on a device of its own, with an operator's shift open or none."""
        size = {"width": width, "height": 740}
        known = {**glass.ITALY, "locale": language}
        context = self.browser.new_context(base_url=self.address, viewport=size, java_script_enabled=scripts, **known)  # type: ignore[arg-type]  # plain dictionaries
        if login:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(login), "url": self.address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # the three keys Playwright asks for
        return context.new_page()


def session_of(login: str) -> str:
    """Return the key of a new session whose shift is open."""
    session = SessionStore()
    session[SHIFT] = cast.token(login)
    session.create()
    return str(session.session_key)


@pytest.fixture
def site(chromium: Browser, django_db_setup: None, django_db_blocker: object, now: datetime) -> Iterator[Site]:
    """Serve a clone of the cast's database, and drop it afterwards."""
    own = f"{database.mine()}_page"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.drop(own)
        connections["default"].close()
        database.clone(database.mine(), own)
        database.point_at(own)
        wall = glass.Wall(now, application)
        with glass.answering(wall) as port:
            yield Site(f"http://riservato.localhost:{port}", chromium, wall)
            for opened in chromium.contexts:
                opened.close()
        database.point_at(database.mine())
    database.drop(own)
