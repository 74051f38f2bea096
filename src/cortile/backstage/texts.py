"""Every sentence of the screens: found in the source, kept beside its translations, checked, compiled. No GNU gettext needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from cortile.kit import languages

LOCALE = Path(settings.LOCALE_PATHS[0])
SOURCE = Path(__file__).resolve().parents[1]
# Those a body turned on, and those that stand ready for one that will.
LANGUAGES = tuple(
    code
    for code in languages.every()
    if code != settings.LANGUAGE_CODE and (code in dict(settings.LANGUAGES) or (LOCALE / code).exists())
)
# Where the sentences tenants read stand: their door, what every page shares, and what the rooms say to them.
TENANTS = (
    "app/", "kit/", "config/", "api/", "backstage/templates/", "backstage/views", "accounts/", "agencies/roles", "agencies/reads",
    "agenda/", "benefits/form", "benefits/words", "homes/", "listening/", "messages/", "people/",
)  # fmt: skip
# Written by hand: Babel's own header carries dates and its version, and would change with nobody changing a word.
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
WIDTH = 120
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HOLE = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")
WITHOUT_NUMBER = 3  # «لا صور، صورة واحدة، صورتان»: zero, one and two are said without their number


@lru_cache(maxsize=4)
def found(source: Path = SOURCE, *, only: tuple[str, ...] = ("",)) -> Catalog:
    """Return every sentence of the source, or of some of its folders, without translations."""
    catalogue = Catalog()
    for path in _of(sorted(source.rglob("*.py")), source, only):
        _add(catalogue, path.read_bytes())
    templates = sorted(p for kind in ("html", "txt") for p in source.rglob(f"templates/**/*.{kind}"))
    for path in _of(templates, source, only):
        _add(catalogue, _as_python(path.read_text(encoding="utf-8")))
    return catalogue


def _of(paths: list[Path], source: Path, only: tuple[str, ...]) -> list[Path]:
    return [path for path in paths if path.relative_to(source).as_posix().startswith(only)]


def asked_of(language: str) -> Catalog:
    """Return the sentences a language must have: all of them, or those tenants read."""
    return found() if languages.of(language).for_staff else found(only=TENANTS)


def _as_python(template: str) -> bytes:
    # Whatever is not a sentence becomes X; without indentation the tokenizer reads it as plain names.
    lines = templatize(template).splitlines()
    return "\n".join(line.lstrip() for line in lines).encode()


def _add(catalogue: Catalog, code: bytes) -> None:
    for _line, words, _comments, context in extract("python", BytesIO(code), keywords=KEYWORDS):
        catalogue.add(words, context=context)


def file_of(language: str, *, kind: str = "po") -> Path:
    """Return where the sentences of a language stand."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{kind}"


def known(language: str) -> Catalog:
    """Return what is translated into a language."""
    if not file_of(language).exists():
        return Catalog(language)
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(language: str, sentences: Catalog) -> None:
    """Write a language's file again: new sentences empty, translations kept, what nobody says any more left out."""
    old, new = known(language), Catalog(language)
    for message in sentences:
        if message.id:
            before = old.get(message.id, message.context)
            new.add(message.id, before.string if before else None, context=message.context)
    written = BytesIO(HEADER.format(language=language, plurals=languages.of(language).plurals).encode())
    written.seek(0, 2)
    write_po(written, new, width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    file_of(language).parent.mkdir(parents=True, exist_ok=True)
    file_of(language).write_bytes(written.getvalue().rstrip() + b"\n")


def compiled(language: str) -> Path:
    """Write the file Django reads. Return where it stands."""
    with file_of(language, kind="mo").open("wb") as file:
        write_mo(file, known(language))
    return file_of(language, kind="mo")


def wrong(sentences: Catalog, translated: Catalog) -> Iterator[str]:
    """Yield what is not right in a language: missing, uncertain, unused, or with other holes and tags than the source."""
    for message in (m for m in sentences if m.id):
        said = translated.get(message.id, message.context)
        yield from [f"manca: {_named(message)}"] if said is None else _differences(said)
    for message in translated:
        if message.id and sentences.get(message.id, message.context) is None:
            yield f"non serve più: {_named(message)}"


def _differences(message: Message) -> Iterator[str]:
    source, forms = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"incerta: {_named(message)}"
    if not forms or not all(forms):
        yield f"non tradotta: {_named(message)}"
        return
    for number, form in enumerate(forms):
        wanted = _marks(source[-1])
        bare = len(source) > 1 and number < WITHOUT_NUMBER and _marks(form) <= wanted
        if _marks(form) != wanted and not bare:
            yield f"altri segnaposti: {_named(message)} → «{form}»"


def _marks(text: str) -> set[str]:
    return {*HOLE.findall(text), *TAG.findall(text)}


def _forms(value: Any) -> list[str]:  # noqa: ANN401 -- Babel gives one text, or one for each plural form
    return [value] if isinstance(value, str) else list(value or [])


def _named(message: Message) -> str:
    return f"«{_forms(message.id)[0]}»"
