"""The browser's own stage: a real server, a database of its own, somebody signed in."""

from __future__ import annotations

import pytest

from tests.browser import Site


@pytest.mark.browser
def test_the_site_answers_in_a_browser(site: Site) -> None:
    page = site.context.new_page()
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "it"
