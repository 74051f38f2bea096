"""ClamAV: clean, infected, or honestly not looked at; never an upload lost, never one waiting for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from adapters.clamav import clamd
from cortile.kit.refusals import Refused
from tests.clamd import Chatter, Clamd, Silent, TooLarge, serving
from tests.files import EICAR, ZIP

pytestmark = pytest.mark.pure


def test_a_good_file_is_clean() -> None:
    with serving() as address:
        assert clamd.Clamd(address).scan(b"x" * 300_000) == "clean"


def test_what_it_finds_is_refused() -> None:
    with serving() as address, pytest.raises(Refused, match="file-infected"):
        clamd.Clamd(address).scan(ZIP + EICAR)


@pytest.mark.parametrize("handler", [TooLarge, Chatter, Silent])
def test_a_confused_or_hanging_clamd_has_not_looked(handler: type[Clamd], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamd, "SECONDS", 0.3)
    with serving(handler) as address:
        assert clamd.Clamd(address).scan(EICAR) == "not_scanned"


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl"])
def test_a_clamd_that_is_not_there_has_not_looked(address: str) -> None:
    assert clamd.Clamd(address).scan(EICAR) == "not_scanned"


@pytest.mark.parametrize("address", ["192.0.2.7:3310", "clamd.example.invalid:3310", "127.0.0.1", ""])
def test_files_leave_the_machine_by_no_network(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        clamd.Clamd(address)


def test_the_readme_s_signature_is_the_test_file_s() -> None:
    assert EICAR.hex() in Path(clamd.__file__).with_name("README.md").read_text()
