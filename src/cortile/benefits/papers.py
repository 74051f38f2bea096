"""Papers looked at while they are brought: of which kind, legible or not. What cannot be read is said at once, not in a month."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from PIL import Image, ImageStat

from cortile.benefits.words import REFUSALS
from cortile.kit import file_types, files
from cortile.kit.files import Taken
from cortile.kit.refusals import Refused

# Below this a page photographed whole is not read, nor one so dark, or so even, that nothing is written on it.
LEAST_SIDE, DARKEST, LEAST_CONTRAST = 1000, 40, 8
_ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n(.*?)endstream", re.DOTALL)
# Pages may stand inside packed objects: so much of each is unpacked, and so many are looked into.
MOST_UNPACKED, MOST_PACKED = 1024 * 1024, 64


def taken(upload: BinaryIO, size: int) -> Taken:
    """Take a photo or a PDF in, made harmless, and look whether it can be read.

    Raise ``Refused`` with ``paper-small``, ``paper-dark``, ``paper-locked``, ``paper-empty``, or as ``files.photo`` and
    ``files.document`` do.
    """
    head = upload.read(5)
    upload.seek(0)
    if head == b"%PDF-":
        found = files.document(upload, size)
        _look_at_pages(found.content)
        return found
    photo = files.photo(upload, size)
    _look_at_photo(photo.content)
    return replace(photo, media_type=file_types.JPEG)


def _look_at_photo(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as image:
        _unless(max(image.size) >= LEAST_SIDE, "paper-small")
        said = ImageStat.Stat(image.convert("L"))
    _unless(said.mean[0] >= DARKEST and said.stddev[0] >= LEAST_CONTRAST, "paper-dark")


def _look_at_pages(content: bytes) -> None:
    _unless(not _ENCRYPTED.search(content), "paper-locked")
    _unless(any(_PAGE.search(part) for part in _parts(content)), "paper-empty")


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    for number, found in enumerate(_PACKED.finditer(content)):
        if number == MOST_PACKED:
            return
        try:
            yield zlib.decompressobj().decompress(found[1], MOST_UNPACKED)
        except zlib.error:
            continue


def _unless(condition: object, code: str) -> None:
    if not condition:
        raise Refused(code, *map(str, REFUSALS[code]))
