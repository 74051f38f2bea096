"""The house's own store: what comes in is known by its bytes, scanned, made harmless; what goes out never runs."""

from __future__ import annotations

import io
import re
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from cortile.kit import clock, file_tags, file_types, scanning
from cortile.kit.models import StoredFile
from cortile.kit.refusals import Refused

LARGEST_BYTES = 12 * 1024 * 1024
# A JPEG can be decoded small; the others stand whole in memory, some of them three times.
LARGEST_PIXELS, LARGEST_UNPACKED = 51_000_000, 25_000_000
MOST_SCANS = 64
LONGEST_SIDE = 1600
LONGEST_RATIO = 10
QUALITY = 82
# What the decoders raise on a file that begins like a photo and is none.
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError)
TOO_BIG = {
    "photo": gettext_lazy("La foto è troppo grande: il massimo è 12 MB."),
    "voice": gettext_lazy("La registrazione è troppo lunga: il massimo è 12 MB."),
    "document": gettext_lazy("Il documento è troppo grande: il massimo è 12 MB."),
}
IS_NONE = {
    "photo": gettext_lazy("Questo file non è una foto."),
    "voice": gettext_lazy("Questo file non è una registrazione."),
    "document": gettext_lazy("Questo file non è un PDF."),
}
KINDS = frozenset({"photos", "voices", "documents"})
INSTEAD = {
    "photo": gettext_lazy("Prova con un'altra foto, oppure invia senza: la facciamo noi."),
    "voice": gettext_lazy("Prova a registrare di nuovo, oppure invia senza: ce lo dici a voce."),
    "document": gettext_lazy("Prova con un altro PDF, oppure portalo a noi."),
}
# Whatever a file hides, in whatever browser: no script, no form, no frame, no guess about what it is.
HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
    # Photos and voices are compressed already, and a part of one must not be again.
    "Content-Encoding": "identity",
}
PART = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file fit to be kept, with a name of ours and what the scanner said."""

    content: bytes
    media_type: str
    scan: str

    @property
    def name(self) -> str:
        """Return what it is called: nothing its owner wrote."""
        return file_types.NAMES[self.media_type]


def _refused(kind: str, why: str, sentence: object = "") -> Refused:
    return Refused(f"{kind}-{why}", str(sentence or TOO_BIG[kind]), str(INSTEAD[kind]))


def _none(kind: str) -> Refused:
    return Refused(f"not-a-{kind}", str(IS_NONE[kind]), str(INSTEAD[kind]))


def _read(kind: str, upload: BinaryIO, size: int) -> bytes:
    """Return what was sent, of which never more than the limit is read, whatever it says of itself."""
    content = b"" if size > LARGEST_BYTES else upload.read(LARGEST_BYTES + 1)
    if max(size, len(content)) > LARGEST_BYTES:
        raise _refused(kind, "too-big")
    return content


def photo(upload: BinaryIO, size: int) -> Taken:
    """Take a photo in as a small JPEG without its metadata (GPS included).

    Raise ``Refused`` with ``photo-too-big``, ``not-a-photo``, ``photo-odd-shape`` or ``file-infected``.
    """
    content = _read("photo", upload, size)
    said = scanning.scan(content)
    try:
        image = _small(content)
    except BROKEN as broken:
        raise _none("photo") from broken
    out = io.BytesIO()
    # Unlike the rest, a comment would be copied from the original.
    image.save(out, "JPEG", quality=QUALITY, optimize=True, comment=b"")
    return Taken(out.getvalue(), file_types.JPEG, said)


def _small(content: bytes) -> Image.Image:
    """Decode a photo once it has said that it fits, as small as its format lets us."""
    opened = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP", "GIF"])
    points, most = opened.width * opened.height, LARGEST_PIXELS if opened.format == "JPEG" else LARGEST_UNPACKED
    # A few bytes make a progressive JPEG go over its points again, thousands of times.
    if points > most or content.count(b"\xff\xda") > MOST_SCANS:
        raise _refused("photo", "too-big", _("La foto ha troppi punti."))
    if max(opened.size) > LONGEST_RATIO * max(1, min(opened.size)):
        raise _refused("photo", "odd-shape", _("La foto è troppo stretta e lunga."))
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image = opened.convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(image)


def voice(upload: BinaryIO, size: int) -> Taken:
    """Take a recording in without what its recorder wrote beside the sound.

    Raise ``Refused`` with ``voice-too-big``, ``not-a-voice`` or ``file-infected``.
    """
    content = _read("voice", upload, size)
    taken = _as_it_is("voice", content, file_types.voice(content))
    return replace(taken, content=file_tags.without(content, taken.media_type))


def document(upload: BinaryIO, size: int) -> Taken:
    """Take a PDF in. Raise ``Refused`` with ``document-too-big``, ``not-a-document`` or ``file-infected``."""
    content = _read("document", upload, size)
    return _as_it_is("document", content, file_types.document(content))


def _as_it_is(kind: str, content: bytes, media_type: str) -> Taken:
    if not media_type:
        raise _none(kind)
    return Taken(content, media_type, scanning.scan(content))


def store(
    room: str, owner_id: int, content: bytes, *, agency_id: int | None, name: str, media_type: str, scan: str = scanning.NOT_SCANNED
) -> StoredFile:
    """Keep a file for the room that owns it. Called inside that room's action."""
    return StoredFile.objects.create(
        agency_id=agency_id or 0, room=room, owner_id=owner_id, name=name, media_type=media_type, size=len(content),
        content=content, scan=scan, stored_at=clock.now(),
    )  # fmt: skip


def of(room: str, owner_id: int) -> list[StoredFile]:
    """Return the files of a thing, without their content."""
    return list(StoredFile.objects.filter(room=room, owner_id=owner_id).defer("content").order_by("pk"))


def counts(rows: Iterable[StoredFile]) -> dict[str, int]:
    """Return how many of some files are photos, voices and documents, as the lines of a history keep them."""
    return dict(Counter(f"{row.kind}s" for row in rows))


def one(room: str, owner_id: int, file_id: int) -> StoredFile | None:
    """Return one file of a thing. The room has been asked first."""
    return StoredFile.objects.filter(room=room, owner_id=owner_id, pk=file_id).first()


def answer(stored: StoredFile, part: str = "") -> HttpResponse:
    """Return a file as an answer, or the ``part`` a player asks for; what is neither photo nor voice is a download."""
    content = bytes(stored.content)
    media_type = stored.media_type if stored.media_type in file_types.NAMES else file_types.UNKNOWN
    how = "attachment" if stored.kind == "document" else "inline"
    response = HttpResponse(content, content_type=media_type, headers=HARMLESS)
    response["Content-Disposition"] = f'{how}; filename="{file_types.NAMES.get(media_type, "file")}"'
    if asked := PART.fullmatch(part):
        _cut(response, content, int(asked[1]), int(asked[2] or len(content)))
    return response


def _cut(response: HttpResponse, content: bytes, first: int, last: int) -> None:
    last = min(last, len(content) - 1)
    satisfied = first <= last
    response.status_code = 206 if satisfied else 416
    response.content = content[first : last + 1] if satisfied else b""
    response["Content-Range"] = f"bytes {f'{first}-{last}' if satisfied else '*'}/{len(content)}"
