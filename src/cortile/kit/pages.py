"""The page's own mechanism: the style inlined and allowed by its hash, icons, the words of dates."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_SHEET = Path(__file__).with_name("style") / "cortile.css"


def lean(text: str) -> str:
    """Take comments and line ends out of a sheet: ours travels inside every page."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", bare).strip()


CSS = lean(_SHEET.read_text(encoding="utf-8"))
CSS_HASH = "sha256-" + base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()


def content_policy() -> dict[str, list[str]]:
    """Return what our pages may load: what is ours, and the one sheet inside them by its hash."""
    from csp.constants import NONE, SELF  # noqa: PLC0415 -- settings may not be asked before they stand

    return {
        "default-src": [NONE],
        "style-src": [f"'{CSS_HASH}'"],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }


# Drawn here on a 24-unit square; each is always beside words, so it is hidden from screen readers.
ICONS: dict[str, str] = {
    "alert": "M12 3 2 20h20zM12 10v4m0 3v.01",
    "ask": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.8.4-1 .9-1 1.700M12 17v.01",
    "back": "m15 5-7 7 7 7",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "building": "M4 21V4h10v17M14 9h6v12M7 8h4m-4 4h4m-4 4h4m7-3v.01m0 4v.01M2 21h20",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4m8-4v4",
    "call": "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2z",
    "chart": "M4 20V4m0 16h16M8 16v-4m4 4V8m4 8v-6",
    "check": "m4 12 5 5L20 6",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6m-6 4h6",
    "door": "M6 21V3h12v18M3 21h18M14.5 12v.01",
    "globe": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "hand": "M7 12V6a1.5 1.5 0 0 1 3 0v5V4.500a1.500 1.500 0 0 1 3 0V11V6a1.500 1.500 0 0 1 3 0v9a6 6 0 0 1-6 6c-4 0-5-3-7-7 0-2 2-2 4 1",
    "heart": "M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z",
    "home": "m3 11 9-8 9 8M6 9v11h12V9M10 20v-6h4v6",
    "lock": "M6 11h12v10H6zM8 11V8a4 4 0 0 1 8 0v3",
    "message": "M4 5h16v11H9l-5 4z",
    "people": "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6M18 14.500c2 .8 3.500 2.500 3.500 5.500",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.500 3.500-7 8-7s8 2.500 8 7",
    "photo": "M3 7h4l2-3h6l2 3h4v13H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
    "pin": "M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    "school": "m2 9 10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5M22 9v6",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
    "send": "M3 12 21 4l-6 17-4-7z",
    "sound": "M4 10v4h3l5 4V6l-5 4zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11",
    "tool": "M14 7a4 4 0 0 1 5-4l-2.500 2.500 2 2L21 5a4 4 0 0 1-5.500 5L8 18.500A2 2 0 0 1 5 15.500z",
    "voice": "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11v1a6 6 0 0 0 12 0v-1M12 18v3",
    "wallet": "M3 7h16a2 2 0 0 1 2 2v10H5a2 2 0 0 1-2-2zM3 7l12-3v3M17 14v.01",
}
TURNS = frozenset({"back", "send"})
# A courtyard with four doors: the mark of the house.
MARK = "M3 3h18v18H3zm2 2v5h3a2 2 0 0 1 2-2V5zm9 0v3a2 2 0 0 1 2 2h3V5zM5 14v5h5v-3a2 2 0 0 1-2-2zm11 0a2 2 0 0 1-2 2v3h5v-5z"


def icon(name: str) -> str:
    """Return the markup of an icon; raise ``KeyError`` for one that was not drawn."""
    turns = " turns" if name in TURNS else ""
    return f'<svg class="icon{turns}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{ICONS[name]}"/></svg>'
