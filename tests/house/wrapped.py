"""A language in which every translated sentence stands between ⟦ and ⟧: what is outside was never given to translators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from html.parser import HTMLParser

import pytest
from babel import Locale
from django.utils import translation
from django.utils.translation import trans_real

OPEN, CLOSE = "⟦", "⟧"
CONTEXT = "\x04"
# What is between these tags is not ours to say: names and numbers, marks, code, drawings.
DATA_TAGS = {"bdi", "script", "style", "code", "svg"}
# The elements of HTML that have no end tag.
EMPTY_TAGS = {"meta", "link", "input", "br", "img", "hr", "path"}
SPOKEN = {"placeholder", "aria-label", "alt", "title", "data-saved", "data-offline"}
WORDS = re.compile(r"[^\W\d_]{2,}")


class Wrapped(NullTranslations):
    """A language of its own, with brackets around each sentence: whatever is kept for each language is kept apart for it."""

    domain = "django"

    def gettext(self, message: str) -> str:
        """Wrap a sentence."""
        return f"{OPEN}{message.rpartition(CONTEXT)[2]}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Wrap the form of a number."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def language(self) -> str:
        """Return the language Django believes it speaks: Esperanto, so that Babel has its days and months too."""
        return "eo"

    to_language = language


@contextmanager
def wrapped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the bracketed language instead of Italian."""
    brackets = Wrapped()
    try:
        with monkeypatch.context() as patch:
            patch.setitem(vars(trans_real)["_translations"], "it", brackets)
            patch.setattr(trans_real, "_default", brackets)
            yield
    finally:
        # After each request the language of before is spoken again: that was the bracketed one.
        translation.activate("it")


def of_dates() -> set[str]:
    """Return the words dates are made of: Babel says those."""
    names = [kind[form] for code in ("it", "eo") for kind in (Locale(code).days, Locale(code).months) for form in kind]
    return {word for found in names for width in found.values() for word in width.values()}


class Outside(HTMLParser):
    """Reads a page and keeps what a person would read outside the brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.hidden = 0
        self.kept: list[str] = []
        self.path: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element. One that names its language, or a quotation, is somebody's words rather than ours."""
        found = dict(attrs)
        self.kept += [self._bare(value or "") for name, value in attrs if name in SPOKEN]
        if tag not in EMPTY_TAGS:
            theirs = tag in DATA_TAGS or "quote" in (found.get("class") or "").split() or ("lang" in found and tag != "html")
            self.path.append(theirs)
            self.hidden += theirs

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in EMPTY_TAGS and self.path:
            self.hidden -= self.path.pop()

    def handle_data(self, data: str) -> None:
        """Keep a text, unless it is data."""
        said = self._bare(data)
        if not self.hidden:
            self.kept.append(said)

    def _bare(self, text: str) -> str:
        out = []
        for part in re.split(f"([{OPEN}{CLOSE}])", text):
            self.depth += {OPEN: 1, CLOSE: -1}.get(part, 0)
            if not self.depth and part != CLOSE:
                out.append(part)
        return "".join(out)


def untold(page: str, data: set[str]) -> list[str]:
    """Return the texts of a page with two words or more that nobody can translate; ``data`` are the reasoned exceptions."""
    reader = Outside()
    reader.feed(page)
    known = of_dates()
    left = [_without(text, data) for text in reader.kept]
    return [text for text in left if len([w for w in WORDS.findall(text) if w not in known]) > 1]


def _without(text: str, data: set[str]) -> str:
    for one in sorted(data, key=len, reverse=True):
        text = text.replace(one, "")
    return " ".join(text.split())
