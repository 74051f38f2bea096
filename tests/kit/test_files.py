"""A file is known by its content: photos are made small and lose their place, and nothing that goes out can run."""

from __future__ import annotations

import io
import resource
import struct
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cortile.kit import files
from cortile.kit.models import StoredFile
from cortile.kit.refusals import Refused
from tests.files import (
    AUDIO,
    HTML,
    M4A,
    MP3,
    OGG,
    PDF,
    PLACE,
    PLACED,
    SVG,
    TAGGED_MP3,
    VOICES,
    ZIP,
    bomb,
    gif_that_is_a_script,
    picture,
    sent,
)

pytestmark = pytest.mark.pure
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def upload(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **details: object) -> io.BytesIO:
    """Return a photo as a phone sends it."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **details)
    return io.BytesIO(out.getvalue())


def taken_at_home() -> Image.Exif:
    """Return what a phone writes into a photo: its maker, which side is up, and the place."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Macchina di Adele"
    exif.get_ifd(GPS).update({1: "N", 2: (45.0, 28.0, 42.0), 3: "E", 4: (9.0, 8.0, 0.0)})
    return exif


def made(photo: io.BytesIO) -> bytes:
    """Pass a photo through the house."""
    return files.photo(photo, len(photo.getvalue())).content


def test_place_and_camera_are_gone() -> None:
    photo = upload(exif=taken_at_home())
    assert b"Macchina di Adele" in photo.getvalue()
    kept = made(photo)
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert b"Macchina di Adele" not in kept


def test_it_stands_upright_first() -> None:
    assert Image.open(io.BytesIO(made(upload(exif=taken_at_home())))).size == (40, 60)


@pytest.mark.parametrize(
    "photo",
    [
        upload(comment=b"Via dei Tigli 12"),
        upload(xmp=b"<x:xmpmeta>Via dei Tigli 12</x:xmpmeta>"),
        upload(icc_profile=b"Via dei Tigli 12" * 20),
        upload(kind="GIF", mode="P", comment=b"Via dei Tigli 12"),
    ],
    ids=["comment", "xmp", "profile", "gif"],
)
def test_no_other_words_travel_with_it(photo: io.BytesIO) -> None:
    assert b"Tigli" in photo.getvalue()
    assert b"Tigli" not in made(photo)


def test_nor_the_words_of_a_png() -> None:
    words = PngInfo()
    words.add_text("comment", "Via dei Tigli 12")
    assert b"Tigli" not in made(upload(kind="PNG", pnginfo=words))


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("GIF", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_every_kind_becomes_a_jpeg(kind: str, mode: str) -> None:
    found = Image.open(io.BytesIO(made(upload(kind=kind, mode=mode))))
    assert (found.format, found.mode) == ("JPEG", "RGB")


def test_a_large_one_is_made_small() -> None:
    assert max(Image.open(io.BytesIO(made(upload((4000, 3000))))).size) == files.LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-photo"),
        (PDF + b"\xff\xd8", "not-a-photo"),
        (SVG, "not-a-photo"),
        (HTML, "not-a-photo"),
        (ZIP, "not-a-photo"),
        (upload((300, 200)).getvalue()[:200], "not-a-photo"),
        (upload(kind="BMP").getvalue(), "not-a-photo"),
        (upload((1100, 100)).getvalue(), "photo-odd-shape"),
    ],
    ids=["empty", "pdf", "svg", "html", "zip", "cut", "bmp", "stripe"],
)
def test_what_is_no_photo_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        made(io.BytesIO(content))
    assert refused.value.code == code


def test_a_heavy_file_is_not_even_opened() -> None:
    with pytest.raises(Refused, match="photo-too-big"):
        files.photo(io.BytesIO(b""), files.LARGEST_BYTES + 1)


def test_a_small_file_may_hide_too_many_points() -> None:
    with pytest.raises(Refused, match="photo-too-big"):
        made(upload((7800, 7800), kind="PNG", mode="1"))


@pytest.mark.parametrize("side", [6000, 50_000, 2_000_000_000])
def test_a_bomb_is_refused_before_it_takes_memory(side: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refused:
        files.photo(*sent(bomb(side)))
    assert refused.value.code in {"photo-too-big", "not-a-photo"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes; one of 6000 unpacked takes 140,000


def test_a_photo_gone_over_a_thousand_times_is_refused() -> None:
    once = upload((64, 64), progressive=True).getvalue()
    last = once[once.rindex(b"\xff\xda") : -2]
    assert made(io.BytesIO(once))
    with pytest.raises(Refused, match="photo-too-big"):
        made(io.BytesIO(once[:-2] + last * 1000 + b"\xff\xd9"))


def test_a_picture_that_is_a_script_comes_out_a_picture() -> None:
    assert HTML in gif_that_is_a_script()
    kept = files.photo(*sent(gif_that_is_a_script()))
    assert b"script" not in kept.content
    assert kept.content.startswith(b"\xff\xd8\xff")


# --- voices and documents ---


@pytest.mark.parametrize("media_type", VOICES)
def test_a_voice_is_what_its_bytes_say(media_type: str) -> None:
    kept = files.voice(*sent(VOICES[media_type]))
    assert (kept.media_type, kept.content) == (media_type, VOICES[media_type])


def test_a_voice_with_a_title_is_one_too() -> None:
    assert files.voice(*sent(TAGGED_MP3)).media_type == "audio/mpeg"


@pytest.mark.parametrize("media_type", PLACED)
def test_where_a_voice_was_recorded_is_not_kept(media_type: str) -> None:
    sent_in = PLACED[media_type]
    kept = files.voice(*sent(sent_in)).content
    assert PLACE in sent_in
    assert not [word for word in (PLACE, PLACE[-9:]) if word in kept]
    assert (MP3 if media_type == "audio/mpeg" else AUDIO) in kept


@pytest.mark.parametrize("media_type", ["audio/mp4", "audio/wav"])
def test_the_sound_stays_where_its_tables_say(media_type: str) -> None:
    kept = files.voice(*sent(PLACED[media_type])).content
    assert (len(kept), kept.index(AUDIO)) == (len(PLACED[media_type]), PLACED[media_type].index(AUDIO))


def test_boxes_within_boxes_without_end_are_gone_through() -> None:
    deep = M4A[:28] + b"".join(struct.pack(">I", 8 * n) + b"moov" for n in range(200_000, 0, -1))
    assert files.voice(*sent(deep)).content == deep


@pytest.mark.parametrize("size", [0, 1, 5, 7, 2**31])
def test_a_box_that_lies_about_its_size_hides_nothing(size: int) -> None:
    kept = files.voice(*sent(M4A[:28] + struct.pack(">I", size) + b"udta" + PLACE)).content
    assert PLACE[-9:] not in kept


@pytest.mark.parametrize(
    "content",
    [
        b"", HTML, SVG, ZIP, PDF, picture(), b"\xff\xfe<\x00h\x00t\x00m\x00l\x00", b"ID3", MP3[:417], MP3[:417] + HTML,
        b"ID3\x03\x00\x00\xff\xff\xff\xff" + MP3, b"OggS" + HTML, b"\x00\x00\x00\x1cftypheic" + bytes(40),
        b"RIFF\x24\x00\x00\x00WEBPVP8 ", HTML + OGG,
    ],
)  # fmt: skip
def test_what_is_no_voice_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="not-a-voice"):
        files.voice(*sent(content))


@pytest.mark.parametrize("content", [b"", HTML, picture(), OGG, PDF[:20], HTML + PDF, b" " + PDF, PDF + ZIP * 20, b"%PDF-x" + PDF])
def test_what_is_no_whole_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="not-a-document"):
        files.document(*sent(content))


def test_a_pdf_is_kept_as_it_is() -> None:
    kept = files.document(*sent(PDF))
    assert (kept.content, kept.name) == (PDF, "documento.pdf")


@pytest.mark.parametrize("take", [files.photo, files.voice, files.document])
def test_who_lies_about_a_size_is_found_out(take: Callable[..., files.Taken]) -> None:
    with pytest.raises(Refused, match="too-big"):
        take(io.BytesIO(bytes(files.LARGEST_BYTES + 1)), 10)


# --- what goes out ---


def _stored(content: bytes, media_type: str) -> StoredFile:
    return StoredFile(content=content, media_type=media_type, name="<script>.html")


def _can_run(answer: HttpResponse) -> bool:
    """Tell whether a browser would run what an answer carries, by itself or by guessing."""
    sandboxed = answer.get("Content-Security-Policy", "").startswith("sandbox; default-src 'none'")
    return not sandboxed or answer.get("X-Content-Type-Options") != "nosniff" or answer["Content-Type"].startswith("text/")


def test_a_bare_answer_would_run() -> None:
    assert _can_run(HttpResponse(HTML))


@pytest.mark.parametrize(
    ("media_type", "how", "sent_as"),
    [
        ("image/jpeg", 'inline; filename="foto.jpg"', "image/jpeg"),
        ("audio/ogg", 'inline; filename="voce.ogg"', "audio/ogg"),
        ("application/pdf", 'attachment; filename="documento.pdf"', "application/pdf"),
        ("text/html", 'attachment; filename="file"', "application/octet-stream"),
        ("image/svg+xml", 'inline; filename="file"', "application/octet-stream"),
    ],
)
def test_nothing_that_goes_out_can_run(media_type: str, how: str, sent_as: str) -> None:
    answer = files.answer(_stored(HTML, media_type))
    assert (answer["Content-Disposition"], answer["Content-Type"], _can_run(answer)) == (how, sent_as, False)


@pytest.mark.parametrize(
    ("part", "status", "content", "where"),
    [
        ("bytes=0-1", 206, b"ab", "bytes 0-1/6"),
        ("bytes=4-", 206, b"ef", "bytes 4-5/6"),
        ("bytes=4-900", 206, b"ef", "bytes 4-5/6"),
        ("bytes=6-", 416, b"", "bytes */6"),
        ("bytes=0-1,3-4", 200, b"abcdef", None),
        ("bytes=-2", 200, b"abcdef", None),
        ("", 200, b"abcdef", None),
    ],
)
def test_a_player_asks_for_a_part(part: str, status: int, content: bytes, where: str | None) -> None:
    answer = files.answer(_stored(b"abcdef", "audio/ogg"), part)
    assert (answer.status_code, answer.content, answer.get("Content-Range")) == (status, content, where)
