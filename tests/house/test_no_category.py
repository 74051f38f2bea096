"""The words of violence are no category anywhere: no chip, need-word, term, state, outcome or label of the house says one.

Whoever is in danger has a page of her own and a number; in a list of ours she would be found, counted and seen.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint
from django.utils import translation
from django.utils.functional import Promise

from cortile.listening import words as listening
from tests.house.source import SOURCE, python_files

pytestmark = pytest.mark.pure
# In the languages people are spoken to. «Abusiva» is said of a flat, «donne» of a course of Italian: neither is meant.
TELLING = re.compile(
    r"violen|maltrat|\babus(?!iv)|stalk|v[ií][ct]tim|codice rosso|centro anti|\b1522\b|عنف|اعتداء|насил|暴力|虐待|karahasan",
    re.IGNORECASE,
)
# Where a room keeps its closed lists and what they are called.
LISTS = ("words", "states", "stages", "terms", "roles", "vocabulary", "catalogue")
# A holder of the policy table, named so that a test can show that it holds nothing of the house's.
HOLDS_NOTHING = {"anti_violence", "operatrice antiviolenza"}


def told(what: object) -> Iterator[str]:
    """Yield every text in something, however deep: names and values of mappings, lists, sentences still to be translated."""
    if isinstance(what, str | Promise):
        yield str(what)
    elif isinstance(what, Mapping):
        yield from (text for pair in what.items() for part in pair for text in told(part))
    elif isinstance(what, list | tuple | set | frozenset):
        yield from (text for part in what for text in told(part))


def telling(texts: Iterable[str]) -> list[str]:
    """Return the texts that say one of the words."""
    return sorted({text for text in texts if TELLING.search(text)} - HOLDS_NOTHING)


def lists() -> dict[str, dict[str, Any]]:
    """Return the constants of each room's words, by module."""
    found = {}
    for path, _ in python_files(*(f"*/{name}.py" for name in LISTS), *(f"*/{name}/*.py" for name in LISTS)):
        place = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        if not place.startswith("haven"):
            found[place] = vars(importlib.import_module(f"cortile.{place}"))
    return found


def texts_of(module: Mapping[str, Any]) -> list[str]:
    """Return what a module's constants say, in every language of the house."""
    constants = [value for name, value in module.items() if name.isupper()]
    said = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            said += list(told(constants))
    return said


READ: dict[str, Callable[[str], Any]] = {
    ".toml": tomllib.loads, ".json": json.loads,
    ".csv": lambda text: [list(row) for row in csv.reader(io.StringIO(text), delimiter=";")],
}  # fmt: skip
DATA = [
    path for path in sorted(SOURCE.rglob("*")) if path.suffix in READ and path.relative_to(SOURCE).parts[0] != "haven"
]  # fmt: skip


def test_no_list_of_any_room_says_one() -> None:
    assert {place: found for place, module in lists().items() if (found := telling(texts_of(module)))} == {}


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_of_codes_terms_or_samples_says_one(path: Path) -> None:
    assert telling(told(READ[path.suffix](path.read_text(encoding="utf-8")))) == []


def test_no_column_takes_one() -> None:
    models = [m for m in apps.get_models() if m.__module__.startswith("cortile.")]
    choices = {str(field): telling(told(field.choices or ())) for m in models for field in m._meta.fields}
    checks = {c.name: telling([str(c.condition)]) for m in models for c in m._meta.constraints if isinstance(c, CheckConstraint)}
    assert {name: found for name, found in {**choices, **checks}.items() if found} == {}


def test_the_lists_are_looked_through_whole() -> None:
    seen = {text for module in lists().values() for text in texts_of(module)}
    assert {"listening", "faults", "Sociale", "solved_before_us"} <= seen
    assert {path.name for path in DATA} >= {"needs.toml", "categories.csv", "siuss.csv", "it.toml"}


def test_a_label_planted_in_a_list_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(listening.NATURE_LABELS, "other", "Paura e maltrattamenti")  # type: ignore[arg-type]  # a plain word is enough
    assert telling(texts_of(lists()["listening.words"])) == ["Paura e maltrattamenti"]


@pytest.mark.parametrize(
    "word", ["Violenza domestica", "Domestic violence", "violencia", "العنف", "насильство", "家庭暴力", "Abusi", "1522"]
)
def test_each_word_is_noticed_wherever_it_stands(word: str) -> None:
    planted = tomllib.loads(f'[[term]]\ncode = "x"\n[term.said]\nit = ["{word}"]')
    assert telling(told(planted)) == [word]


@pytest.mark.parametrize("word", ["Occupazione abusiva", "Corso di italiano per donne", "Violino e viola"])
def test_a_word_that_only_looks_like_one_is_let_be(word: str) -> None:
    assert telling([word]) == []
