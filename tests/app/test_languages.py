"""Whatever a tenant reads is said in every language of the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from cortile.backstage import texts
from cortile.listening.words import ANSWER_LABELS, STATE_LABELS, TOPIC_LABELS
from tests.app.pages import said
from tests.sessions import Enter

SOURCE = Path(settings.BASE_DIR) / "src" / "cortile"
SAID = re.compile(r'{% translate "([^"]+)" %}')
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES if code != "it")


def _sentences() -> set[str]:
    pages = [*SOURCE.glob("app/templates/**/*.html"), *SOURCE.glob("kit/templates/kit/**/*.html")]
    written = {found for page in pages for found in SAID.findall(page.read_text(encoding="utf-8"))}
    with translation.override("it"):
        labels = {str(words) for table in (ANSWER_LABELS, STATE_LABELS, TOPIC_LABELS) for words in table.values()}
    return written | labels


@pytest.mark.pure
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_app_is_translated(language: str) -> None:
    known = texts.known(language)
    assert sorted(said for said in _sentences() if (found := known.get(said)) is None or not found.string) == []


def test_samira_reads_her_house_in_arabic(enter: Enter) -> None:
    samira = enter("samira")
    samira.cookies["lingua"] = "ar"
    assert "طلب المساعدة" in said(samira.get("/casa/"))


def test_a_language_nobody_speaks_here_is_italian(enter: Enter) -> None:
    answer = enter("adele").get("/casa/", headers={"accept-language": "fi"})
    assert answer.headers["Content-Language"] == "it"
