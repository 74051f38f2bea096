"""FL10, first half: Federica reads the rule beside the data and proposes with one tap; Paola signs; Adele is told."""

from __future__ import annotations

import pytest

from cortile.benefits.models import Application, Decision
from cortile.messages.models import Message
from tests.benefits import files, money
from tests.browser import Site
from tests.hands import Hand

pytestmark = pytest.mark.browser
QUEUE, SIGN = "/scrivania/contributi/domande/", "/scrivania/contributi/firme/"
# A clean file is three minutes at most (product §5, F10): to read it is most of that.
MOST_SECONDS, TO_READ = 180, 60


def test_a_clean_file_is_proposed_in_two_taps_and_the_next_opens(site: Site, scripts: bool) -> None:
    row = files.arrived()
    other = money.applied(row.version, "gianni")
    page = site.phone("federica", scripts=scripts)
    page.goto(site.address + QUEUE)
    hand = Hand(page, most_taps=2, most_keys=0)
    hand.tap("Adele B.")
    hand.tap("Proponi: ACCOLTA")
    page.wait_for_url(f"**{QUEUE}{other.number}/**")
    assert (Decision.objects.get(application=row).outcome, hand.seconds + TO_READ < MOST_SECONDS) == ("granted", True)


def test_the_second_signature_tells_her_how_much(site: Site, scripts: bool) -> None:
    row = files.arrived()
    files.proposed(row)
    page = site.phone("paola", scripts=scripts)
    page.goto(site.address + SIGN)
    hand = Hand(page, most_taps=2, most_keys=0)
    hand.tap("Adele B.")
    hand.tap("Firma: la seconda firma")
    page.wait_for_load_state()
    assert Application.objects.get(pk=row.pk).outcome == "granted"
    assert "Ricevi 412,50 euro." in Message.objects.get(key="application_granted").body_it


def test_nobody_is_offered_their_own_signature(site: Site) -> None:
    row = files.arrived()
    files.proposed(row)
    page = site.enter("federica")
    page.goto(f"{site.address}{QUEUE}{row.number}/")
    assert page.locator("button", has_text="Firma").count() == 0
