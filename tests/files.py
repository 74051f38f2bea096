"""Files as people and their phones send them, and as they should not be."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + b"la caldaia non parte"
WEBM = b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm" + bytes(40)
M4A = b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00M4A mp42isom" + bytes(40)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(24)
FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # 128 kbit/s at 44.1 kHz: 417 bytes
MP3 = FRAME * 2
TAGGED_MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x05" + b"titol" + MP3
PLACE = b"+45.4642+009.1900/ Via dei Tigli 12"
AUDIO = b"il suono della voce" * 9


def box(kind: bytes, *held: bytes) -> bytes:
    """Return a box of MP4."""
    inside = b"".join(held)
    return struct.pack(">I", len(inside) + 8) + kind + inside


def _chunk(kind: bytes, held: bytes) -> bytes:
    return kind + struct.pack("<I", len(held)) + held + bytes(len(held) % 2)


_TRACK = box(b"trak", box(b"tkhd", bytes(20)), box(b"udta", box(b"name", PLACE)), box(b"mdia", box(b"meta", PLACE)))
_LONG = struct.pack(">I4sQ", 1, b"uuid", 16 + len(PLACE)) + PLACE
_ID3 = b"\x04\x00\x10\x00\x00\x00" + bytes([len(PLACE)])
# A recording of each kind whose words can be taken out, saying where it was made in every way its kind has.
PLACED = {
    "audio/mp4": box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42isom")
    + box(b"moov", box(b"mvhd", bytes(20)), _TRACK, box(b"udta", box(b"\xa9xyz", PLACE), box(b"meta", PLACE)))
    + box(b"free", PLACE) + _LONG + box(b"mdat", AUDIO) + struct.pack(">I", 0) + b"udta" + PLACE,
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVE" + _chunk(b"fmt ", bytes(16)) + _chunk(b"LIST", b"INFO" + PLACE)
    + _chunk(b"data", AUDIO) + _chunk(b"id3 ", PLACE),
    "audio/mpeg": b"ID3" + _ID3 + PLACE + MP3 + b"ID3" + _ID3 + PLACE + b"3DI" + _ID3
    + PLACE + b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(PLACE), 1, 0) + bytes(8)
    + b"TAG+" + PLACE.ljust(223) + b"TAG" + PLACE.ljust(125),
}  # fmt: skip
VOICES = {"audio/ogg": OGG, "audio/webm": WEBM, "audio/mp4": M4A, "audio/wav": WAV, "audio/mpeg": MP3}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
ZIP = b"PK\x03\x04" + bytes(60)


def sent(content: bytes) -> tuple[io.BytesIO, int]:
    """Return some bytes as an upload and its size."""
    return io.BytesIO(content), len(content)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a photo of nothing."""
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def gif_that_is_a_script() -> bytes:
    """Return a GIF that is also a script: its size, read as text, opens a comment that its end closes."""
    return picture("GIF", (10, 12)) + b"/**/=1;alert(document.cookie)//" + HTML


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that says it is a square of so many points."""
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    pieces = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_piece(name, data) for name, data in pieces)


def _piece(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
