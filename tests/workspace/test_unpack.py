"""What an office sends is opened with care: no box, and no pile of boxes, holds more than the limit."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cortile.kit.refusals import Refused
from cortile.workspace.accounts import unpack

pytestmark = pytest.mark.pure


def box(**files: bytes) -> SimpleUploadedFile:
    """Return a ZIP with some files, named by their keys."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(f"../../{name}.csv", content)
    return SimpleUploadedFile("lista.zip", out.getvalue())


@pytest.fixture(autouse=True)
def _little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "LARGEST", 10_000)


def test_a_path_in_a_box_is_only_a_name() -> None:
    assert unpack.files_of([box(persone=b"codice")]) == [("persone.csv", b"codice")]


def test_a_box_that_swells_is_refused() -> None:
    with pytest.raises(Refused, match="delivery-too-big"):
        unpack.files_of([box(persone=b"0" * 10_001)])


def test_boxes_share_one_limit() -> None:
    with pytest.raises(Refused, match="delivery-too-big"):
        unpack.files_of([box(persone=b"0" * 6_000), box(conti=b"0" * 6_000)])


def test_a_box_broken_inside_is_refused() -> None:
    whole = box(persone=bytes(range(256)) * 20).read()
    torn = whole[:60] + bytes(20) + whole[80:]
    with pytest.raises(Refused, match="zip-broken"):
        unpack.files_of([SimpleUploadedFile("lista.zip", torn)])
