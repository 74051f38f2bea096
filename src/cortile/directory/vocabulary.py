"""The words of each need, in every language of the house: those of ``data/needs.toml``, and those a body added to a term."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from cortile.directory.models import TaxonomyTerm
from cortile.directory.rules import matching

FILE = Path(__file__).parent / "data" / "needs.toml"


@lru_cache(maxsize=1)
def said() -> Mapping[str, Mapping[str, list[str]]]:
    """Return what each need is called, by its code and by language."""
    terms = tomllib.loads(FILE.read_text(encoding="utf-8"))["term"]
    return {term["code"]: {"it": term["words"], **term["said"]} for term in terms}


@lru_cache(maxsize=1)
def _words() -> Mapping[str, frozenset[str]]:
    return {code: _telling(word for words in tongues.values() for word in words) for code, tongues in said().items()}


def _telling(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in matching.telling(phrase))


def needs(words: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return the needs some words may mean: by code, how alike each word is. One query."""
    found: dict[str, dict[str, int]] = {}
    for code, added in TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("code", "words"):
        known = _words().get(code, frozenset()) | _telling(added)
        alike = {word: how for word in words if (how := matching.best(word, known))}
        if alike:
            found[code] = alike
    return found
