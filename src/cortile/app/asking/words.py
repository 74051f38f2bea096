"""What asking for help says: the title of a request, the ways to answer, who may read it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from cortile.homes.reads import Slot
from cortile.kit import dates, languages, pages
from cortile.listening.words import ANSWER_LABELS, TOPIC_LABELS

TITLE_WORDS, TITLE_LETTERS = 8, 60
SHORT = TOPIC_LABELS | {"broken": _("Qualcosa non funziona"), "other": _("Altro")}


# Beside the words, never instead of them; with the voice they are enough for who reads little.
ICONS = {
    "broken": "tool", "bills": "wallet", "contract": "home", "health": "heart", "children": "school", "documents": "document",
    "neighbours": "people", "lonely": "message", "other": "ask",
}  # fmt: skip


def topic(name: str) -> str:
    """Return a topic as a card shows it: its icon, then its words."""
    return format_html("{} {}", mark_safe(pages.icon(ICONS[name])), TOPIC_LABELS[name])  # noqa: S308 -- the house's own drawing


def title(topic: str, words: str) -> str:
    """Return what operators will call a request: its topic in Italian, and the first words if there are any."""
    with override("it"):
        label = str(SHORT[topic])
    first = " ".join(words.split()[:TITLE_WORDS])[:TITLE_LETTERS].rstrip(" .,;:")
    return f"{label}: {first}" if first else label


def ways(numbers: Mapping[str, str], slot: Slot | None) -> list[tuple[str, object]]:
    """Return how we can answer: only through numbers that are known and safe, said where they may be."""
    found: list[tuple[str, object]] = [(way, format_html("{} <bdi>{}</bdi>", ANSWER_LABELS[way], numbers[way])) for way in numbers]
    found.append(("app", ANSWER_LABELS["app"]))
    if slot is not None:
        found.append(("visit", _visit(slot)))
    return found


def _visit(slot: Slot) -> str:
    language = get_language() or "it"
    when = dates.long_day(slot.day, language)
    hours = dates.span(slot.opening.opens, slot.opening.closes, language)
    comma = languages.of(language).comma
    words = "{}<small>{}{}<bdi>{}</bdi>{}<bdi>{}</bdi></small>"
    return format_html(words, ANSWER_LABELS["visit"], when, comma, hours, comma, slot.place.name)
