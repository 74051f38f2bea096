"""Cells as people write them: hours, dates, broken letters. What is not read whole is left as it is."""

from __future__ import annotations

import contextlib
import time
from datetime import date

import pytest

from cortile.directory.importing import checks, hours, texts
from cortile.directory.importing.report import Row, Unfit

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("said", "days", "spans"),
    [
        ("lun-ven 9-13", "MO,TU,WE,TH,FR", [("09:00", "13:00")]),
        ("Martedì e giovedì dalle 14.30 alle 18", "TU,TH", [("14:30", "18:00")]),
        ("lun, mer: 9:00-12:30 e 14-17", "MO,WE", [("09:00", "12:30"), ("14:00", "17:00")]),
        ("sab 10:00/12:00", "SA", [("10:00", "12:00")]),
        ("lun-mar 20-8", "MO,TU", [("20:00", "08:00")]),
        ("sab dalle 14 alle 2 del giorno dopo", "SA", [("14:00", "02:00")]),
        ("dal lunedì al venerdì ore 9-12", "MO,TU,WE,TH,FR", [("09:00", "12:00")]),
    ],
)
def test_hours_in_words(said: str, days: str, spans: list[tuple[str, str]]) -> None:
    found = hours.read(said) or []
    assert [(line["opens_at"], line["closes_at"]) for line in found] == spans
    assert {line["byday"] for line in found} == {days}


@pytest.mark.parametrize(
    "said",
    [
        "su appuntamento",
        "lun 25-30",
        "lun 12-9",
        "lun 9-12 del giorno dopo",
        "lun 20-20",
        "lun-ven 9-13 solo soci",
        "ven-lun 9-12",
        "9-13",
    ],
)
def test_hours_not_understood_whole_are_no_hours(said: str) -> None:
    assert hours.read(said) is None


@pytest.mark.parametrize("said", ["14/03/2026", "14-3-26", "14.03.2026", "2026-03-14", "46095"])
def test_five_ways_to_write_a_day(said: str) -> None:
    assert texts.day(said) == date(2026, 3, 14)


@pytest.mark.parametrize("said", ["31/02/2026", "ieri", "99999", ""])
def test_a_day_that_is_none(said: str) -> None:
    assert texts.day(said) is None


def test_letters_and_markup_are_mended() -> None:
    assert texts.clean("<p>CittÃ  aperta&nbsp;</p>") == "Città aperta"
    assert texts.clean("perchÃ©") == "perché"
    assert texts.clean("<script>alert(1)</script>ok") == "ok"
    assert texts.clean("età < 14 anni") == "età < 14 anni"


@pytest.mark.parametrize("said", ["#REF!", "n.d.", "-", "#N/D", "null"])
def test_what_people_write_for_nothing(said: str) -> None:
    assert texts.clean(said) == ""


# --- cells made to keep us busy ---

ENDLESS = ["a" * 400_000, "1" * 400_000, "<!--" * 100_000, "<script " * 50_000, "<" * 400_000, "a@" * 200_000]


def seconds(card: dict[str, object]) -> float:
    """Return how long a card takes to be read, or refused."""
    began = time.process_time()
    with contextlib.suppress(Unfit):
        checks.read(Row(1, {}, {"name": "Doposcuola", **card}), date(2026, 3, 11))
    return time.process_time() - began


@pytest.mark.parametrize("said", ENDLESS, ids=lambda said: said[:8])
def test_no_cell_keeps_us_busy(said: str) -> None:
    everywhere = {
        "assurer_email": said, "url": said, "phones": [{"number": said}], "organization": {"name": "Ente", "email": said},
        "assured_date": said, "minimum_age": said,
    }  # fmt: skip
    assert seconds(everywhere) < 1
    assert seconds({"description": said}) < 1


def test_a_text_too_long_is_known_by_one_letter_more() -> None:
    assert len(texts.clean("a" * 400_000)) == texts.LONGEST + 1
    with pytest.raises(Unfit):
        checks.read(Row(1, {}, {"name": "Doposcuola", "description": "a" * 400_000}), date(2026, 3, 11))


def test_what_is_opened_and_never_closed_is_no_text() -> None:
    assert texts.clean("ok<script>alert(1)") == "ok"
    assert texts.clean("ok<!-- nota") == "ok"
