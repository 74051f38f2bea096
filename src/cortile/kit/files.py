"""Photos: type by content, re-encoded so that place and camera are gone, kept in the house's own store."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from cortile.kit import clock
from cortile.kit.models import StoredFile
from cortile.kit.refusals import Refused

LARGEST_BYTES = 12 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
LONGEST_RATIO = 10
QUALITY = 82
# What the decoders raise on a file that begins like a photo and is none.
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError)


def _refused(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, _("Prova con un'altra foto, oppure invia senza: la facciamo noi."))


def photo(upload: BinaryIO, size: int) -> bytes:
    """Return an upload as a small JPEG without its metadata (GPS included).

    Raise ``Refused`` with ``photo-too-big``, ``not-a-photo`` or ``photo-odd-shape``.
    """
    if size > LARGEST_BYTES:
        raise _refused("photo-too-big", _("La foto è troppo grande: il massimo è 12 MB."))
    try:
        opened = Image.open(upload, formats=["JPEG", "PNG", "WEBP", "GIF"])
        if opened.width * opened.height > LARGEST_PIXELS:
            raise _refused("photo-too-big", _("La foto ha troppi punti."))
        if max(opened.size) > LONGEST_RATIO * max(1, min(opened.size)):
            raise _refused("photo-odd-shape", _("La foto è troppo stretta e lunga."))
        image = ImageOps.exif_transpose(opened).convert("RGB")
    except BROKEN as broken:
        raise _refused("not-a-photo", _("Questo file non è una foto.")) from broken
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    # Unlike the rest, a comment would be copied from the original.
    image.save(out, "JPEG", quality=QUALITY, optimize=True, comment=b"")
    return out.getvalue()


def store(
    room: str, owner_id: int, content: bytes, *, agency_id: int | None, name: str, media_type: str = "image/jpeg"
) -> StoredFile:
    """Keep a file for the room that owns it. Called inside that room's action."""
    return StoredFile.objects.create(
        agency_id=agency_id or 0, room=room, owner_id=owner_id, name=name, media_type=media_type, size=len(content), content=content,
        stored_at=clock.now(),
    )  # fmt: skip


def of(room: str, owner_id: int) -> list[StoredFile]:
    """Return the files of a thing, without their content."""
    return list(StoredFile.objects.filter(room=room, owner_id=owner_id).defer("content").order_by("pk"))


def one(room: str, owner_id: int, file_id: int) -> StoredFile | None:
    """Return one file of a thing. The room has been asked first."""
    return StoredFile.objects.filter(room=room, owner_id=owner_id, pk=file_id).first()
