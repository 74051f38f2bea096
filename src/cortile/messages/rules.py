"""What is said to people, in their language: a catalogue read once, and the sentences filled with values. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from cortile.kit import clock, dates, languages
from cortile.kit.languages import SOURCE as SOURCE  # noqa: PLC0414 -- the rooms ask it here
from cortile.messages import sms

CATALOGUE = Path(__file__).parent / "catalogue"
LANGUAGES = tuple(code for code in languages.every() if (CATALOGUE / f"{code}.toml").exists())
RIGHT_TO_LEFT = frozenset(code for code, known in languages.every().items() if known.right_to_left)
# What a translation nobody has read may not say: these texts stay Italian, with the interpreter's number.
HELD = frozenset({"consent", "money", "safety"})
# What a closing says depends on how it closed: nobody reads «è risolto» who never said so.
VARIES = {"closed": "outcome"}
# Five attempts, with these pauses in between. A sign-in code is worth nothing after its ten minutes.
MOST_ATTEMPTS = 5
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
CODE_LIFE = timedelta(minutes=10)
# How long we ask what became of what left, and after how long for the first time.
FOLLOWED_FOR, FIRST_LOOK = timedelta(days=2), timedelta(minutes=10)
STILL_OURS = ("queued", "sending")
# What rings: these wait for the end of the quiet hours.
TO_TELEPHONES = frozenset({"sms", "voice", "io"})
# Beginnings of words that no SMS says, in the languages of the catalogue: the phone may be in other hands (product §7, F5).
UNSAID = (
    "salut", "visit", "medic", "infermier", "ospedal", "psicolog", "psichiatr", "debit", "moros", "affitt", "canone", "bollett",
    "sfratt", "violenz", "avvocat", "contribut", "health", "doctor", "nurse", "debt", "arrears", "rent", "evict", "violen",
    "lawyer", "benefit", "psycholog", "deuda", "alquiler", "desahucio", "abogad", "enfermer", "ayuda econ",
    "consultori", "ambulatori", "sollecit", "arretrat", "invalid", "denunc", "assistente social", "piano di rate", "antiviolenz",
    "salud",
    "صحة", "صحي", "طبيب", "دين", "إيجار", "عنف", "محام", "إخلاء", "نفسي",
)  # fmt: skip
# Whole words that begin others one may say: «serd» is no «verde».
_WHOLE = r"\b(?:serd|sert|uepe)\b"
# In Arabic the article and some prepositions are written with the word.
_BEGINS = rf"(?<!\w)(?:[وبلكف]?(?:ال|لل)?)(?:{'|'.join(UNSAID)})"
_UNSAID = re.compile(rf"{_BEGINS}|{_WHOLE}|https?:|www\.|\w\.\w{{2,}}/", re.IGNORECASE)
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
SPARE = "~"

Fill = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be read. ``language`` is the one it is really in: Italian where theirs is missing."""

    subject: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the catalogue: its sentences, whom it is for, and the subject when it is a mail.

    An empty sentence starts a new paragraph; one that starts with ``~`` may be left out of an SMS that is too long.
    """

    sentences: tuple[str, ...]
    kind: str = "message"
    subject: str = ""
    # Facts of a body that nobody there has confirmed yet: configuration, like its hours.
    to_confirm: bool = False


def render(key: str, language: str, **values: object) -> Text:
    """Say a key of the catalogue with its values. A sentence whose value is empty is left out, never said half.

    Raise ``KeyError`` for a key the catalogue does not have, or for a value nobody gave.
    """
    translated = entry(key, language, values)
    chosen = language if translated is not None and may_say(translated.kind, language) else SOURCE
    found = entry(key, chosen, values)
    if found is None:
        raise KeyError(key)
    fill = _filler(chosen, found.kind)
    subject = " ".join(_said(found.subject, values, fill).split())
    if found.kind == "sms":
        return Text(subject, _short(found.sentences, values, fill), chosen)
    said = ["\n" if not sentence else _said(sentence, values, fill) for sentence in found.sentences]
    return Text(subject, _joined(said), chosen)


def may_say(kind: str, language: str) -> bool:
    """Tell whether a text of a kind may be said in a language: consent, money and safety only by a translation somebody read."""
    return kind not in HELD or languages.reviewed(language)


def interpreter(language: str, phone: str) -> str:
    """Return where to hear an Italian text in one's own language; nothing in Italian, nor where nobody interprets."""
    return "" if language == SOURCE or not phone else label("interpreter", language).format(phone=say(phone, language))


def entry(key: str, language: str, values: Mapping[str, object]) -> Entry | None:
    """Return what the catalogue of a language has for a key, the variant for these values first."""
    known = entries(language)
    variant = f"{key}_{values.get(VARIES[key], '')}" if key in VARIES else key
    return known.get(variant) or known.get(key)


def label(name: str, language: str) -> str:
    """Return a fixed word of the sheets, in Italian when the language is missing."""
    table = _file(language).get("labels") or _file(SOURCE)["labels"]
    return str(table[name])


def say(value: object, language: str, *, isolated: bool = True) -> str:
    """Say one value: a day with its weekday, an hour beside it, a known word translated, the rest as it is."""
    if isinstance(value, datetime):
        return languages.of(language).at.format(dates.plain_day(clock.local(value).date(), language), dates.hour(value))
    if isinstance(value, date):
        return dates.plain_day(value, language)
    written = str(value)
    if term := _file(language).get("terms", {}).get(written):
        return str(term)
    return isolate(written) if isolated and language in RIGHT_TO_LEFT else written


def isolate(text: str) -> str:
    """Keep a number, a code or a Latin name whole inside right-to-left text, line by line (Unicode UAX #9)."""
    return "\n".join(f"{ISOLATE}{line}{END_ISOLATE}" if line.strip() else line for line in text.split("\n"))


def quiet_until(now: datetime, starts: int, ends: int) -> datetime | None:
    """Return when the quiet hours now running end, by the clock on the wall in Lombardy; None outside them.

    The same hour twice is no quiet hours. Those that pass midnight end the day after they started.
    """
    here = clock.local(now)
    since_start, lasts = (here.hour - starts) % 24, (ends - starts) % 24
    if since_start >= lasts:
        return None
    tomorrow = ends <= starts and here.hour >= starts
    return clock.at(here.date() + timedelta(days=tomorrow), time(ends))


def says_too_much(text: str) -> bool:
    """Tell whether a text that leaves the house holds a word somebody else should not read on the phone, or a link."""
    return _UNSAID.search(text) is not None


def fields_of(found: Entry) -> frozenset[str]:
    """Return the names of the values an entry needs."""
    return frozenset(name for text in (*found.sentences, found.subject) for name in _fields(text))


@lru_cache(maxsize=8)
def entries(language: str) -> dict[str, Entry]:
    """Return the whole catalogue of a language; an unknown language has none."""
    return {
        key: Entry(tuple(table["say"]), table.get("kind", "message"), table.get("subject", ""), table.get("to_confirm", False))
        for key, table in _file(language).items()
        if "say" in table
    }


@lru_cache(maxsize=8)
def _file(language: str) -> dict[str, dict[str, Any]]:
    if language not in LANGUAGES:
        return {}
    return tomllib.loads((CATALOGUE / f"{language}.toml").read_text(encoding="utf-8"))


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _said(sentence: str, values: Mapping[str, object], fill: Fill) -> str:
    needed = {name: values[name] for name in _fields(sentence)}
    if any(value is None or value == "" for value in needed.values()):
        return ""
    return sentence.removeprefix(SPARE).format_map({name: fill(value) for name, value in needed.items()})


def _joined(said: list[str]) -> str:
    paragraphs = " ".join(sentence for sentence in said if sentence).split("\n ")
    return "\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())


def _filler(language: str, kind: str) -> Fill:
    """Return how values are said: an old telephone shows isolates as boxes, so an SMS has none."""
    return lambda value: say(value, language, isolated=kind != "sms")


def _short(sentences: tuple[str, ...], values: Mapping[str, object], fill: Fill) -> str:
    """Return an SMS in its fewest parts: sentences marked spare go, the last one first, until it fits."""
    kept = list(sentences)
    text = sms.plain(_joined([_said(s, values, fill) for s in kept]))
    for spare in [s for s in reversed(sentences) if s.startswith(SPARE)]:
        if sms.fits(text):
            break
        kept.remove(spare)
        text = sms.plain(_joined([_said(s, values, fill) for s in kept]))
    return text
