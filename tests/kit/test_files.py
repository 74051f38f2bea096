"""A photo is known by its content, made small, and loses where and with what it was taken."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cortile.kit import files
from cortile.kit.refusals import Refused

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
    return files.photo(photo, len(photo.getvalue()))


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
        (b"%PDF-1.7 \xff\xd8", "not-a-photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-photo"),
        (upload((300, 200)).getvalue()[:200], "not-a-photo"),
        (upload(kind="BMP").getvalue(), "not-a-photo"),
        (upload((1100, 100)).getvalue(), "photo-odd-shape"),
    ],
    ids=["empty", "pdf", "svg", "cut", "bmp", "stripe"],
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
