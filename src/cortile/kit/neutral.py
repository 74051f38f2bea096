"""Names that do not say what a place is for: whoever reads a page over somebody's shoulder learns nothing from them. Pure."""

from __future__ import annotations

import re

# What a door that only says «consulenze» must not say (R098), in the languages people search and write in: to be confirmed.
_TELLING = re.compile(r"\b(?:anti)?(?:violen|maltrat|abus|stalking|vi[ct]tim|donn)|насил|暴力|karahasan|عنف")


def tells(text: str) -> bool:
    """Tell whether the words on a door say what is behind it."""
    return bool(_TELLING.search(text.lower()))
