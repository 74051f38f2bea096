"""The languages of the house: drafts are known as drafts, and days are said as each language says them."""

from __future__ import annotations

from datetime import date, time

import pytest

from cortile.kit import dates, languages

pytestmark = pytest.mark.pure

DAYS = {
    "it": "venerdì 14 marzo", "en": "Friday 14 March", "es": "viernes 14 de marzo", "zh": "3月14日星期五",
    "ro": "vineri 14 martie", "uk": "пʼятниця 14 березня", "fil": "Biyernes 14 Marso", "ar": "الجمعة 14 مارس",
}  # fmt: skip


@pytest.mark.parametrize(("code", "said"), DAYS.items())
def test_a_day_is_said_as_in_each_language(code: str, said: str) -> None:
    assert dates.plain_day(date(2025, 3, 14), code) == said


@pytest.mark.parametrize("code", languages.every())
def test_every_language_writes_hours_and_amounts_with_our_figures(code: str) -> None:
    assert "9:00" in dates.span(time(9), time(17), code)
    assert dates.euro(41250, code).startswith("412,50 ")


def test_italian_is_always_there_and_first() -> None:
    assert languages.chosen(["es", "it", "es"]) == [("it", "Italiano"), ("es", "Español")]


def test_a_language_the_house_does_not_know_stops_the_start() -> None:
    with pytest.raises(ValueError, match="non conosco xx"):
        languages.chosen(["it", "xx"])


def test_a_translation_is_a_draft_until_somebody_has_read_it() -> None:
    assert languages.reviewed("it")
    assert [code for code in languages.every() if languages.reviewed(code)] == ["it"]


def test_nobody_has_reviewed_a_language_that_is_not_there() -> None:
    assert not languages.reviewed("xx")


def test_arabic_alone_is_written_from_the_right() -> None:
    assert [code for code, known in languages.every().items() if known.direction == "rtl"] == ["ar"]
