"""What somebody who looks over a woman's shoulder may see of a page, and the words that must not be there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bs4 import BeautifulSoup
from django.http import HttpResponse

FILE = Path(__file__).with_name("forbidden.toml")
# Where it stands for the number alone: a call is dialled, and no page of ours is opened.
DIALLED = "tel:"
DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@lru_cache(maxsize=1)
def forbidden() -> re.Pattern[str]:
    """Return the words, in every language of the list: stems, at the beginning of a word."""
    words = sorted({word for words in tomllib.loads(FILE.read_text(encoding="utf-8")).values() for word in words})
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


def count() -> int:
    """Return how many words the list holds."""
    return len({word for words in tomllib.loads(FILE.read_text(encoding="utf-8")).values() for word in words})


def told(texts: Iterator[str] | list[str]) -> list[str]:
    """Return the texts in which a word of the list stands. A number drawn by lot is no word, whatever digits it has."""
    return [text for text in texts if forbidden().search(DRAWN.sub("", text))]


def outside(answer: HttpResponse, address: str) -> Iterator[str]:
    """Yield what may be seen without reading the page: its address and title, where it leads, its files, headers and cookies."""
    page = BeautifulSoup(answer.content, "html.parser")
    yield address
    yield page.title.get_text() if page.title else ""
    leads = [*page.find_all(href=True), *page.find_all(src=True), *page.find_all(action=True)]
    for tag in leads:
        where = str(tag.get("href") or tag.get("src") or tag.get("action"))
        if not where.startswith(DIALLED):
            yield where
    yield from (f"{field.get('name')} {field.get('id')} {field.get('autocomplete')}" for field in page.find_all(["input", "form"]))
    yield from (f"{name}: {value}" for name, value in answer.headers.items())
    yield from (f"{cookie.key}={cookie.value}" for cookie in answer.cookies.values())


def headings(answer: HttpResponse) -> list[str]:
    """Return the headings of a page."""
    return [tag.get_text() for tag in BeautifulSoup(answer.content, "html.parser")(["h1", "h2", "h3", "caption", "summary"])]
