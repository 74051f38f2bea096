"""A language is turned on by its files alone: Chinese, Romanian, Ukrainian and Filipino load through the same catalogues."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.utils import translation
from pytest_django import Settings

from cortile.backstage import texts
from cortile.kit import languages
from cortile.messages import rules
from tests.sessions import Enter

MORE = ("zh", "ro", "uk", "fil")


@pytest.fixture(params=MORE)
def language(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> str:  # fmt: skip
    """Turn on a language whose every sentence was filled in by somebody who only puts marks around it."""
    code = str(request.param)
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    texts.update(code, texts.asked_of(code))
    _fill(code)
    texts.compiled(code)
    # Django reads its catalogues again when these change, and once more when the test gives them back.
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = languages.chosen([code])
    return code


def _fill(code: str) -> None:
    catalogue = texts.known(code)
    for message in (m for m in catalogue if m.id):
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [f"«{form}»" for form in forms]
        message.string = said[0] if isinstance(message.id, str) else tuple([said[-1]] * catalogue.num_plurals)
    written = BytesIO()
    write_po(written, catalogue)
    texts.file_of(code).write_bytes(written.getvalue())


def test_nothing_is_missing_once_it_is_filled_in(language: str) -> None:
    assert [*texts.wrong(texts.asked_of(language), texts.known(language))] == []


def test_pages_are_read_in_it(language: str, enter: Enter) -> None:
    adele = enter("adele")
    adele.cookies["lingua"] = language
    page = adele.get("/casa/").content.decode()
    assert f'<html lang="{language}" dir="ltr">' in page
    assert "«Chiedi aiuto»" in page
    assert languages.of(language).name in page


def test_the_desk_stays_italian(language: str, enter: Enter) -> None:
    marta = enter("marta")
    marta.cookies["lingua"] = language
    assert '<html lang="it" dir="ltr">' in marta.get("/scrivania/").content.decode()


def test_its_draft_says_that_it_is_one(language: str, enter: Enter) -> None:
    adele = enter("adele")
    adele.cookies["lingua"] = language
    assert "«Traduzione da rivedere»" in adele.get("/casa/").content.decode()


def test_a_message_nobody_translated_is_said_in_italian_and_says_so(language: str) -> None:
    assert rules.render("discreet_sms", language, owner="Marta", phone="02 5550 000", agency="ALER").language in {"it", language}


@pytest.mark.pure
def test_a_sentence_left_empty_is_missed() -> None:
    source = texts.asked_of("ro")
    assert [*texts.wrong(source, Catalog("ro"))][:1] != []


@pytest.mark.pure
def test_the_desk_asks_nothing_of_a_language_of_tenants() -> None:
    with translation.override("it"):
        whole, tenants = len(list(texts.asked_of("es"))), len(list(texts.asked_of("ro")))
    assert whole > tenants > 0
