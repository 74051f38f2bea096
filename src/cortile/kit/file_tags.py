"""What a recorder writes beside the sound (a place, a title, a name) goes before it is kept; the sound is not touched."""

from __future__ import annotations

from collections.abc import Iterator

from cortile.kit import file_types

Box = tuple[int, int, int]
_WORD, _HEAD, _LONG_HEAD = 4, 8, 16
# The boxes of MP4 that hold others, and those that hold words or a place; the chunks of WAV that do.
_HOLD = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex", b"moof", b"traf", b"mfra"})
_SAY = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
_SAY_IN_WAV = frozenset({b"LIST", b"bext", b"iXML", b"_PMX", b"id3 ", b"ID3 ", b"JUNK"})
_WAV_HEAD = 12
_ID3_FOOT, _ID3_OLD, _ID3_LONGER, _APE_FOOT = 10, 128, 227, 32


def without(content: bytes, media_type: str) -> bytes:
    """Return a recording without what is written beside the sound. OGG and WebM stay as they are."""
    clean = {"audio/mpeg": _mp3, "audio/mp4": _mp4, "audio/wav": _wav}.get(media_type)
    return clean(content) if clean else content


def _mp3(content: bytes) -> bytes:
    """Cut what stands before the first frame and after the last."""
    content = content[file_types.after_tag(content) :]
    while (last := _end_of_sound(content)) < len(content):
        content = content[:last]
    return content


def _end_of_sound(content: bytes) -> int:
    """Return where a tag at the end begins: ID3 in its three forms, or APE; without one, the end."""
    size, foot = len(content), content[-_APE_FOOT:]
    if content[-_ID3_OLD:].startswith(b"TAG"):
        longer = content[-_ID3_OLD - _ID3_LONGER :].startswith(b"TAG+")
        return size - _ID3_OLD - (_ID3_LONGER if longer else 0)
    if foot.startswith(b"APETAGEX"):
        # Its head, which the length leaves out, is announced by the highest bit.
        length, head = int.from_bytes(foot[12:16], "little"), foot[23] >> 7
        return max(0, size - max(length, _APE_FOOT) - head * _APE_FOOT)
    if content[-_ID3_FOOT:].startswith(b"3DI"):
        return max(0, size - file_types.tag_length(content[-_ID3_FOOT:]) - _ID3_FOOT)
    return size


def _mp4(content: bytes) -> bytes:
    """Empty what says something and keep its room: the tables of where the sound is count from the beginning."""
    clean, left = bytearray(content), [(0, len(content))]
    while left:
        for name, first, last in _boxes(content, *left.pop()):
            if content[name : name + _WORD] in _HOLD:
                left.append((first, last))
            elif content[name : name + _WORD] in _SAY:
                clean[name : name + _WORD], clean[first:last] = b"free", bytes(last - first)
    return bytes(clean)


def _wav(content: bytes) -> bytes:
    clean = bytearray(content)
    for name, first, last in _chunks(content):
        if content[name : name + _WORD] in _SAY_IN_WAV:
            clean[name : name + _WORD], clean[first:last] = b"JUNK", bytes(last - first)
    return bytes(clean)


def _boxes(content: bytes, start: int, end: int) -> Iterator[Box]:
    """Yield each box of MP4 between two places: where its name stands, and where what it holds begins and ends.

    One that says no size, or too little, holds whatever is left: it is the last, or was made to hide something.
    """
    while start + _HEAD <= end:
        name, first = start + _WORD, start + _HEAD
        size = int.from_bytes(content[start:name], "big")
        if size == 1:
            size, first = int.from_bytes(content[first : start + _LONG_HEAD], "big"), start + _LONG_HEAD
        last = min(end, start + size) if size >= first - start else end
        yield name, min(first, last), last
        start = last


def _chunks(content: bytes) -> Iterator[Box]:
    """Yield each chunk of WAV in the same way: its name comes first, its size counts what it holds, even places only."""
    start = _WAV_HEAD
    while start + _HEAD <= len(content):
        first = start + _HEAD
        last = min(len(content), first + int.from_bytes(content[start + _WORD : first], "little"))
        yield start, first, last
        start = last + last % 2
