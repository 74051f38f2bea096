"""A browser for pictures and measures: Chromium through Playwright, which only the development lock brings."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management import CommandError

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # pragma: no cover -- an installation without the development lock
    sync_playwright = None  # type: ignore[assignment]  # absent: the command says so

NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who opens which page; nobody signed in when the persona is empty."""

    persona: str
    path: str


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Start Chromium and yield it. Raise ``CommandError`` saying what to install when it is not there."""
    found = os.environ.get("CORTILE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if sync_playwright is None or found is None:
        message = "Serve un browser: installa chromium, poi ./run prepare, e riprova."
        raise CommandError(message)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()


def enter(context: Any, persona: str) -> None:  # noqa: ANN401 -- Playwright is of the tests only
    """Become a persona of the demo, as a visitor does on the entry page."""
    page = context.new_page()
    page.goto("/")
    if persona:
        page.locator(f'button[value="{persona}"]').first.click()
        page.wait_for_load_state()
    page.close()
