"""A number said on the telephone: how it is heard, and how many anybody may ask about in an hour. Pure."""

from __future__ import annotations

import re
import unicodedata

# Numbers follow each other: who answers the phone needs a few, and a list of them is nobody's work.
MOST_ASKED, MOST_MISSED = 20, 6
LONGEST = 9
_SAID_BEFORE = re.compile(r"^(?:numero|num|nr|n)?[.°º#:]*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.,/'\u2019-]+")


def number_said(text: str) -> int | None:
    """Return the number somebody says digit by digit («1 0 4 2», «n. 10-42»), in the figures of any script; else None."""
    bare = _BETWEEN.sub("", _SAID_BEFORE.sub("", "".join(text.split())))
    if not 0 < len(bare) <= LONGEST or not bare.isdecimal():
        return None
    return int("".join(str(unicodedata.digit(figure)) for figure in bare))


def may_ask(asked: int, missed: int) -> bool:
    """Tell whether somebody may ask about one more number this hour."""
    return asked < MOST_ASKED and missed < MOST_MISSED
