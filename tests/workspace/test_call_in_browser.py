"""Federica in a real browser: a threshold changed in its sentence, the count that moves, and her signature."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cortile.benefits.models import CallVersion
from tests import cast
from tests.benefits import notices, quarter
from tests.browser import Site

pytestmark = pytest.mark.browser


def entitled_above(version: CallVersion, site: Site, *, scripts: bool) -> Page:
    """Give nine households an ISEE above the ceiling of a draft, and open it for editing."""
    for key in ("adele", "samira", "gianni"):
        quarter.known(key, value_cents=16_000_00)
    quarter.households(6, value_cents=16_000_00)
    page = site.phone("federica", scripts=scripts)
    page.goto(f"/scrivania/contributi/avvisi/{version.pk}/modifica/")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_she_changes_a_threshold_sees_the_count_and_proposes(site: Site, scripts: bool) -> None:
    version = notices.drafted()
    page = entitled_above(version, site, scripts=scripts)
    page.get_by_role("button", name="Conta adesso").click()
    expect(page.get_by_role("listitem").filter(has_text="Hanno i requisiti")).to_contain_text("0")
    page.get_by_label("ISEE massimo (euro)").fill("18.000")
    page.get_by_role("button", name="Conta adesso").click()
    expect(page.get_by_role("listitem").filter(has_text="Hanno i requisiti")).to_contain_text("9")
    page.get_by_role("button", name="Salva la bozza").click()
    page.get_by_role("button", name="Proponi", exact=True).click()
    version.refresh_from_db()
    assert (version.state, version.proposed_by_id) == ("proposed", cast.staff("federica").pk)


def test_a_slider_writes_its_figure_beside_it(site: Site) -> None:
    version = notices.drafted()
    page = entitled_above(version, site, scripts=True)
    page.goto(f"/scrivania/contributi/prova/{version.pk}/")
    page.get_by_role("slider", name="ISEE massimo").fill("18000")
    expect(page.get_by_role("textbox", name="ISEE massimo (euro)")).to_have_value("18000")
