"""Hours as people write them: «lun-ven 9-13», «Martedì e giovedì dalle 14.30 alle 18», «sab 10:00/12:00». Pure."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from cortile.directory.rules.hours import may_be
from cortile.directory.rules.same import bare
from cortile.directory.stages import DAYS

_NAMES = {"lun": 0, "mar": 1, "mer": 2, "gio": 3, "ven": 4, "sab": 5, "dom": 6}
_DAY = r"(?:lun(?:edi)?|mar(?:tedi)?|mer(?:coledi)?|gio(?:vedi)?|ven(?:erdi)?|sab(?:ato)?|dom(?:enica)?)\b\.?"
_HOUR = r"(\d{1,2})(?:[:.h](\d{2}))?"
_NEXT = r"(\s*del(?:la)?\s+(?:giorno|mattin[ao])\s+(?:dopo|seguente|successiv[oa]))?"
_SPAN = re.compile(rf"(?:dalle\s+)?(?:ore\s+)?{_HOUR}\s*(?:-|–|/|alle(?:\s+ore)?|a)\s*{_HOUR}{_NEXT}")
_DAYS = re.compile(rf"({_DAY})\s*(?:(-|–|/|al?|e|,)\s*)?")
_EVERY = re.compile(r"tutti i giorni|ogni giorno|feriali")
_LAST_HOUR, _LAST_MINUTE = 24, 59
# From then on «20-8» is a night, also where nobody wrote «del giorno dopo»; «12-9» is a slip.
_EVENING = 18


def read(text: str) -> list[dict[str, Any]] | None:
    """Return the weekly schedules of a sentence, in HSDS's words; None for one we do not read whole.

    Half an answer would send somebody to a closed door: what is not read whole is kept as the sentence it is.
    """
    found: list[dict[str, Any]] = []
    for part in re.split(r";|\n|\.\s+|\s\|\s", _plain(text)):
        if part.strip(" .,"):
            lines = _part(part.strip(" .,"))
            if lines is None:
                return None
            found += lines
    return found or None


def _plain(text: str) -> str:
    plain = text.lower().replace("ì", "i").replace("’", "'")
    return re.sub(r"\bdal\s+|\bil\s+", "", plain)


def _part(text: str) -> list[dict[str, Any]] | None:
    """Read some days and the hours of all of them; nothing else may stand in the sentence."""
    first = _SPAN.search(text)
    if first is None:
        return None
    days = _days(text[: first.start()].strip(" :,("))
    if not days:
        return None
    rest, lines = text[first.start() :], []
    for span in _SPAN.finditer(rest):
        hours = _hours(span)
        if hours is None:
            return None
        lines.append({"freq": "WEEKLY", "byday": ",".join(DAYS[d] for d in days), "opens_at": hours[0], "closes_at": hours[1]})
    left = bare(_SPAN.sub(" ", rest))
    return lines if left in {"", "e", "ore", "e dalle"} else None


def _days(text: str) -> list[int]:
    if _EVERY.fullmatch(text):
        return list(range(5))
    found: list[int] = []
    place, link = 0, ""
    while place < len(text):
        match = _DAYS.match(text, place)
        if match is None:
            return []
        number = _NAMES[match.group(1)[:3]]
        if link in {"-", "–", "a", "al"} and found and number > found[-1]:
            found += range(found[-1] + 1, number)
        elif link in {"-", "–", "a", "al"}:
            return []
        found.append(number)
        place, link = match.end(), match.group(2) or ""
    return sorted(set(found))


def _hours(span: re.Match[str]) -> tuple[str, str] | None:
    opens, first, closes, second, next_day = span.groups()
    a, b, c, d = int(opens), int(first or 0), int(closes), int(second or 0)
    if max(a, c) >= _LAST_HOUR or max(b, d) > _LAST_MINUTE or not may_be(time(a, b), time(c, d)):
        return None
    night = (a, b) >= (c, d)
    if (night and a < _EVENING and not next_day) or (next_day and not night):
        return None
    return f"{a:02}:{b:02}", f"{c:02}:{d:02}"
