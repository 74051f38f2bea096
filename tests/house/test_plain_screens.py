"""Every sentence tenants read on a screen is plain Italian: the same gate the catalogue of messages passes (product §8)."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from babel.messages.catalog import Catalog

from cortile.backstage import texts
from cortile.kit import plain_language

pytestmark = pytest.mark.pure

# What tenants read: their door, the pieces every page shares, and what the rooms say to them.
READ = ("app/", "kit/", "listening/words.py", "messages/", "agenda/words.py", "people/who_looked.py", "homes/", "accounts/words.py")
HOLE = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
# Codes of the machine and bare names of offices: no tenant reads one (G7). What is explained once may be named.
CODES = re.compile(r"\b(?:[A-Z]{2,}_[A-Z_]+|HTTP|404|500|URL|ID|PDF/UA|OTP)\b")
PASSIVE = re.compile(r"\b(?:si comunica|si informa|si prega|si ricorda|viene comunicato|è fatto obbligo)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """Return every Italian sentence of the screens tenants read, with a name where a value will stand."""
    catalogue = Catalog()
    for path in sorted(texts.SOURCE.rglob("*.py")):
        if path.relative_to(texts.SOURCE).as_posix().startswith(READ):
            texts._add(catalogue, path.read_bytes())  # noqa: SLF001 -- the collector of the screens' own sentences
    for path in sorted(p for place in ("app", "kit") for p in (texts.SOURCE / place).rglob("templates/**/*.html")):
        texts._add(catalogue, texts._as_python(path.read_text(encoding="utf-8")))  # noqa: SLF001 -- as above
    return tuple(TAG.sub("", HOLE.sub("Marta", form)) for message in catalogue if message.id for form in texts._forms(message.id))  # noqa: SLF001


def test_every_sentence_passes_the_gate() -> None:
    wrong = {said: found for said in sentences() if (found := plain_language.problems(said))}
    assert wrong == {}
    assert len(sentences()) > 250


def test_no_sentence_shows_a_code_or_hides_who_speaks() -> None:
    assert [said for said in sentences() if CODES.search(said) or PASSIVE.search(said)] == []


@pytest.mark.parametrize("said", ["Errore HTTP 500", "Si comunica che la richiesta è chiusa", "Inserisci lo user ID"])
def test_a_code_or_a_passive_is_noticed(said: str) -> None:
    assert CODES.search(said) or PASSIVE.search(said)


def test_a_bureaucrats_sentence_does_not_pass() -> None:
    old = "L'istanza dell'assegnatario è stata respinta ai sensi del regolamento per incompletezza della documentazione allegata."
    assert len(plain_language.problems(old)) >= 3
