"""Reading one cell as people write it: broken letters, pieces of web pages, blanks that are none. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

_TAG = re.compile(r"<(?:br|/p|/li|/div)\s*/?>", re.IGNORECASE)
# What is opened and never closed goes on to the end, as in a browser; looking for an end at each opening would take hours.
_MARKUP = re.compile(
    r"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.IGNORECASE | re.DOTALL
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
# UTF-8 read as Windows-1252, the commonest damage of an Italian sheet.
_BROKEN = re.compile(r"[ÃÂâ][ \u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0-\u00bf]")
# What a spreadsheet writes where a formula went wrong, and what people write for nothing.
NOTHING = frozenset(
    {
        "#ref!", "#n/a", "#n/d", "#rif!", "#name?", "#nome?", "#value!", "#valore!", "#div/0!", "#null!", "#num!", "n/a", "n.a.",
        "nd", "n.d.", "n.d", "n/d", "null", "none", "nan", "-", "--", "---", "/", ".", "?", "non disponibile",
    }
)  # fmt: skip
ITALIAN_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
CENTURY, LONGEST = 2000, 8000
# No pattern reads more of a cell than this: markup around the longest text there may be.
_READ = 4 * LONGEST
_SHEET_DAY_ONE = date(1899, 12, 30).toordinal()


def clean(cell: object) -> str:
    """Return the words of a cell: letters mended, markup and invisible marks out, blanks single, and nothing for «n.d.».

    Of a text too long, one letter more than ``LONGEST``: whoever takes no such text knows by that.
    """
    return _clean("" if cell is None else str(cell)[:_READ])[: LONGEST + 1]


@lru_cache(maxsize=20_000)
def _clean(text: str) -> str:
    text = mended(text).replace("\r\n", "\n").replace("\r", "\n")
    text = html.unescape(_MARKUP.sub(" ", _TAG.sub("\n", text)))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ").replace("\t", " ")
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    text = re.sub(r"\n{2,}", "\n", "\n".join(re.sub(r" {2,}", " ", line).strip() for line in text.split("\n"))).strip()
    text = text.removeprefix("'") if text.startswith(("'=", "'+", "'-", "'@")) else text
    return "" if text.lower() in NOTHING else text


def mended(text: str) -> str:
    """Return a text whose letters were read in the wrong alphabet as they were written; any other as it is."""
    if not _BROKEN.search(text):
        return text
    # The last letter of «Ã» and a blank that must not break, as «à» becomes, often comes with a plain blank.
    text = text.replace("Ã ", "Ã\u00a0")
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return _BROKEN.sub(_mended_letter, text)


def _mended_letter(found: re.Match[str]) -> str:
    try:
        return found.group().encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found.group()


def line(cell: object) -> str:
    """Return the words of a cell on one line."""
    return " ".join(clean(cell).split())


def day(text: str) -> date | None:
    """Read «14/03/2026», «14-3-26», «2026-03-14», or a spreadsheet's own number of days; None for what is no date."""
    try:
        if found := ITALIAN_DAY.fullmatch(text):
            first, month, year = map(int, found.groups())
            return date(year + CENTURY if year < 100 else year, month, first)  # noqa: PLR2004 -- two figures
        if found := ISO_DAY.fullmatch(text):
            return date(*map(int, found.groups()))
        if re.fullmatch(r"[34]\d{4}(?:\.0)?", text):
            return date.fromordinal(_SHEET_DAY_ONE + int(float(text)))
    except ValueError:
        return None
    return None


def parse_moment(text: str) -> datetime | None:
    """Read an instant as HSDS writes it (RFC 3339); None for what is none, or has no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
