"""What a message on App IO looks like: lengths kept by true sentences, and nobody's Markdown."""

from __future__ import annotations

import re

import pytest

from adapters.app_io import words
from cortile.kit import plain_language

pytestmark = pytest.mark.pure

DEMANDING = re.compile(r"\b(violenz|separa|debit|sfratt|salut|psico|affitt|morosit|1522)", re.IGNORECASE)


@pytest.mark.parametrize("language", words.ELSEWHERE)
def test_each_sentence_of_ours_is_long_enough_by_itself(language: str) -> None:
    assert len(words.body("", language)) >= words.SHORTEST_BODY
    assert words.SHORTEST_SUBJECT <= len(words.subject("", language)) <= words.LONGEST_SUBJECT


def test_a_short_text_says_where_else_it_is() -> None:
    assert words.body("Ci vediamo giovedì.", "it") == f"Ci vediamo giovedì.\n\n{words.ELSEWHERE['it']}"


def test_a_fair_text_stays_as_it_is() -> None:
    assert words.body("Parola. " * 12, "it") == ("Parola. " * 12).strip()


def test_a_text_too_long_is_cut_between_words_and_says_so() -> None:
    said = words.body("parola " * 2000, "it")
    assert len(said) <= words.LONGEST_BODY
    assert re.search(r"parola…\n\nLo trovi anche", said)


def test_a_language_without_words_of_ours_is_italian() -> None:
    assert words.body("Oo.", "tl").endswith(words.ELSEWHERE["it"])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("---\nit:\n  cta_1: x\n---", "\\---\nit:\n  cta\\_1: x\n\\---"),
        ("[Paga](https://example.invalid)", "\\[Paga\\](https://example.invalid)"),
        ("# Titolo", "\\# Titolo"),
        ("1. uno", "1\\. uno"),
        ("<b>", "\\<b\\>"),
        ("alle 10:30, 12.50 euro", "alle 10:30, 12.50 euro"),
    ],
)
def test_what_somebody_typed_stays_text(typed: str, shown: str) -> None:
    assert words.literal(typed) == shown


@pytest.mark.parametrize("text", [*words.SUBJECTS.values(), *words.ELSEWHERE.values()])
def test_no_sentence_of_ours_names_a_matter_or_a_link(text: str) -> None:
    assert not DEMANDING.search(text)
    assert "http" not in text


def test_the_italian_is_plain() -> None:
    assert not plain_language.problems(words.ELSEWHERE["it"])
