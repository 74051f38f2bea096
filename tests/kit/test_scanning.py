"""A scanner named in the settings looks into every file before it is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from cortile.kit import files, scanning
from cortile.kit.refusals import Refused
from tests.clamd import serving
from tests.files import EICAR, OGG, PDF, picture, sent

pytestmark = pytest.mark.pure
KINDS = pytest.mark.parametrize(
    ("take", "content"), [(files.photo, picture()), (files.voice, OGG), (files.document, PDF)], ids=["photo", "voice", "document"]
)
Take = Callable[..., files.Taken]


def _scanned_at(settings: Settings, address: str) -> None:
    settings.SCANNER, settings.SCANNER_ADDRESS = "adapters.clamav.clamd.Clamd", address


@KINDS
def test_what_was_looked_into_says_so(take: Take, content: bytes, settings: Settings) -> None:
    with serving() as address:
        _scanned_at(settings, address)
        assert take(*sent(content)).scan == "clean"


@KINDS
def test_what_is_infected_is_never_taken(take: Take, content: bytes, settings: Settings) -> None:
    hidden = content.replace(b"%%EOF", EICAR + b"%%EOF") if take is files.document else content + EICAR
    with serving() as address:
        _scanned_at(settings, address)
        with pytest.raises(Refused, match="file-infected"):
            take(*sent(hidden))


@KINDS
def test_without_an_answer_nothing_is_lost(take: Take, content: bytes, settings: Settings) -> None:
    _scanned_at(settings, "127.0.0.1:1")
    assert take(*sent(content)).scan == "not_scanned"


def test_without_a_scanner_it_says_so(settings: Settings) -> None:
    settings.SCANNER = ""
    assert scanning.scan(EICAR) == "not_scanned"


def test_a_scanner_nobody_can_find_stops_the_start(settings: Settings) -> None:
    settings.SCANNER = "adapters.clamav.clamd.Nobody"
    with pytest.raises(ImportError):
        scanning.scanner()
