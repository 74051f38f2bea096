"""What a file is by its own bytes: a name and a header are only what somebody says of it."""

from __future__ import annotations

import re

PDF, JPEG, UNKNOWN = "application/pdf", "image/jpeg", "application/octet-stream"
# The endings are ours: what somebody called their file says nothing, and may say too much.
NAMES = {
    JPEG: "foto.jpg",
    "audio/ogg": "voce.ogg",
    "audio/webm": "voce.webm",
    "audio/mp4": "voce.m4a",
    "audio/mpeg": "voce.mp3",
    "audio/wav": "voce.wav",
    PDF: "documento.pdf",
}
_LAST_PAGE = 1024
_OGG = re.compile(rb"OggS\x00\x02.{22}(?:OpusHead|\x01vorbis)", re.DOTALL)
_WEBM = re.compile(rb"\x1aE\xdf\xa3.{0,48}\x42\x82\x84webm", re.DOTALL)
_MP4 = re.compile(rb"\x00\x00\x00.ftyp(?:M4A |M4B |mp41|mp42|isom|iso[2-9])", re.DOTALL)
_WAV = re.compile(rb"RIFF.{4}WAVE(?:fmt |JUNK|bext|LIST)", re.DOTALL)
_MPEG_1, _MPEG_2, _MPEG_2_5 = 3, 2, 0
# Eleven bits set, a known version, layer 3. In the tables the last place is reserved, and a rate of zero is free.
_FRAME = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb].", re.DOTALL)
_KILOBITS = {
    _MPEG_1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    _MPEG_2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_HERTZ = {_MPEG_1: (44100, 48000, 32000, 0), _MPEG_2: (22050, 24000, 16000, 0), _MPEG_2_5: (11025, 12000, 8000, 0)}
_FRAME_HEAD, _TAG_HEAD = 4, 10


def voice(content: bytes) -> str:
    """Return the media type of a recording a browser can play, or nothing."""
    known = {"audio/ogg": _OGG, "audio/webm": _WEBM, "audio/mp4": _MP4, "audio/wav": _WAV}
    found = next((media_type for media_type, begins in known.items() if begins.match(content)), "")
    return found or ("audio/mpeg" if _is_mp3(content) else "")


def document(content: bytes) -> str:
    """Return the media type of a whole PDF, or nothing. One that begins or ends as something else is none."""
    whole = re.match(rb"%PDF-[12]\.\d", content) and b"%%EOF" in content[-_LAST_PAGE:]
    return PDF if whole else ""


def _is_mp3(content: bytes) -> bool:
    """Tell whether two frames follow one another: the mark of one alone stands in many files by chance."""
    first = after_tag(content)
    length = _frame(content[first : first + _FRAME_HEAD])
    return length > 0 and _frame(content[first + length : first + length + _FRAME_HEAD]) > 0


def after_tag(content: bytes) -> int:
    """Return where the sound of an MP3 begins, after what is written of it."""
    return tag_length(content) if content.startswith(b"ID3") and len(content) >= _TAG_HEAD else 0


def tag_length(mark: bytes) -> int:
    """Return how long an ID3 tag says that it is, with its head, in the ten bytes that begin or end it."""
    a, b, c, d = mark[6:_TAG_HEAD]  # seven bits each
    return _TAG_HEAD + (a << 21 | b << 14 | c << 7 | d)


def _frame(head: bytes) -> int:
    """Return the length of the frame of sound that a head announces, or zero."""
    if not _FRAME.match(head):
        return 0
    version, padding = head[1] >> 3 & 3, head[2] >> 1 & 1
    points, kilobits = (144, _KILOBITS[_MPEG_1]) if version == _MPEG_1 else (72, _KILOBITS[_MPEG_2])
    rate, hertz = kilobits[head[2] >> 4] * 1000, _HERTZ[version][head[2] >> 2 & 3]
    return points * rate // hertz + padding if rate and hertz else 0
