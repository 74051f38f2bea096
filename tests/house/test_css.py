"""One small sheet, written so that Arabic mirrors it by itself."""

from __future__ import annotations

import re

import pytest

from tests.house.source import SOURCE

pytestmark = pytest.mark.pure
HEAVIEST = 20 * 1024
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right|top|bottom)|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    r"|(?<![\w-])(?:left|right|top|bottom|(?:(?:min|max)-)?(?:width|height))\s*:"
)


def physical(sheet: str) -> list[str]:
    """Return the properties that know left from right, or tall from wide; those a media query asks about are the screen's."""
    return PHYSICAL.findall(re.sub(r"@media\([^)]*\)", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)))


def test_no_property_is_physical() -> None:
    assert {path.name: found for path in SOURCE.rglob("*.css") if (found := physical(path.read_text()))} == {}


@pytest.mark.parametrize("rule", ["p{margin-left:1px}", "p{text-align: right}", "p{left:0}", "p{max-width:9rem}", "p{float:left}"])
def test_a_physical_property_is_noticed(rule: str) -> None:
    assert len(physical(rule)) == 1


def test_what_mirrors_by_itself_is_let_through() -> None:
    assert physical("@media(min-width:48rem){p{margin-inline-start:1px;inset-inline-end:0;max-inline-size:9rem}}") == []


def test_the_sheet_is_small() -> None:
    assert sum(path.stat().st_size for path in SOURCE.rglob("*.css")) <= HEAVIEST
