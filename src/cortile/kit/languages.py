"""The languages of the house: how each is called, written and counted, and whether somebody has read its translation. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

SOURCE = "it"
FILE = Path(__file__).parent / "languages.toml"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the house. ``name`` is its own; patterns of days are Unicode's (CLDR)."""

    name: str
    plurals: str
    right_to_left: bool = False
    # Those who work here read it too; else only what tenants read is translated, and the desk stays Italian.
    for_staff: bool = False
    day: str = "EEEE d MMMM"
    day_and_year: str = ""
    short_day: str = "d/M/y"
    comma: str = ", "
    euro: str = "euro"
    span: str = "{}–{}"
    at: str = "{} alle {}"
    reviewed_by: str = ""
    reviewed_on: date | None = None

    @property
    def direction(self) -> str:
        """Return ``rtl`` or ``ltr``, as HTML says it."""
        return "rtl" if self.right_to_left else "ltr"


@lru_cache(maxsize=1)
def every() -> Mapping[str, Language]:
    """Return all the languages that can be turned on, by their code."""
    return {code: Language(**facts) for code, facts in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def of(code: str) -> Language:
    """Return a language; Italian for a code the house does not know."""
    return every().get(code) or every()[SOURCE]


def chosen(codes: list[str]) -> list[tuple[str, str]]:
    """Return the languages a body turned on, with their own names, Italian first. Raise ``ValueError`` for an unknown code."""
    unknown = sorted(set(codes) - set(every()))
    if unknown:
        message = f"CORTILE_LANGUAGES: non conosco {', '.join(unknown)}; ci sono {', '.join(every())}."
        raise ValueError(message)
    return [(code, every()[code].name) for code in dict.fromkeys([SOURCE, *codes])]


def reviewed(code: str) -> bool:
    """Tell whether somebody has read the whole translation: a draft says neither consent, nor money, nor safety."""
    return bool(of(code).reviewed_by) if code in every() else False
