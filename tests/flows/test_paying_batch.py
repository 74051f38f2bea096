"""FL10, second half: fifty families paid within ten minutes of taps, by two people, with nothing typed twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cortile.benefits.models import Batch
from tests.benefits import paydays
from tests.browser import Site
from tests.hands import Hand, OverBudgetError

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FAMILIES, TEN_MINUTES = 50, 600
LOTS = "/scrivania/contributi/lotti/"


def prepared(hand: Hand) -> None:
    """Choose the money and the way, say why, and ask for signatures."""
    hand.page.goto(LOTS)
    hand.tap("Prepara un lotto")
    hand.tap("Accredito sulla partita contabile")
    hand.tap("Guarda chi si può pagare")
    hand.write("textarea[name=reason]", "Determina 12")
    hand.tap("Prepara il lotto")
    hand.tap("Chiudi e chiedi le firme")


def signed(hand: Hand) -> Hand:
    """Open the batch that waits and sign its total."""
    hand.page.goto(LOTS)
    # Its number is the next of the body's own sequence, whoever made batches before.
    hand.tap(f"Lotto {Batch.objects.get().number}")
    hand.tap("Firma 20.625 euro")
    expect(hand.page.locator("main")).to_contain_text("Firmato da")
    return hand


def test_fifty_families_are_paid_within_ten_minutes(site: Site, tmp_path: Path) -> None:
    version = paydays.opened()
    for number in range(FAMILIES):
        paydays.neighbour(number, version)
    paydays.another_in_the_office()
    hand = Hand(site.phone("federica"), most_taps=12, most_keys=20)
    prepared(hand)
    # Twenty thousand euros want two signatures beside who made it.
    signers = [signed(Hand(site.phone(who), most_taps=2, most_keys=0)) for who in ("paola", "tommaso")]
    hand.page.reload()
    hand.tap("Manda: scrivi il file")
    batch = Batch.objects.get()
    answer = tmp_path / "esiti.csv"
    answer.write_bytes(paydays.csv_of(batch, *(f"{{{row}}};pagato;;2026-03-11" for row in range(FAMILIES))))
    hand.page.set_input_files("input[type=file]", answer)
    hand.tap("Leggi gli esiti")
    expect(hand.page.locator("main")).to_contain_text("concluso")
    assert hand.seconds + sum(signer.seconds for signer in signers) <= TEN_MINUTES


def test_a_budget_of_three_taps_is_seen_to_break(site: Site) -> None:
    version = paydays.opened()
    paydays.neighbour(1, version)
    with pytest.raises(OverBudgetError):
        prepared(Hand(site.phone("federica"), most_taps=3))
