"""Pure decisions: the quick way back to a locked screen, and when somebody answers the phone."""

from __future__ import annotations

from collections.abc import Iterable

from cortile.kit.working_days import Hours

SHORTEST, LONGEST, GUESSES = 4, 6, 5
_KEYS = "01234567890"
# Drawn on a keypad: down the middle, the corners, a cross. With the rows of digits, what most people take first.
_DRAWN = frozenset({"2580", "0852", "1397", "7931", "1590", "3570", "1470", "3690", "5683", "1004", "147258", "159753", "159357"})
_THIS_CENTURY, _LAST_CENTURY = "20", "19"


def is_pin(text: str) -> bool:
    """Tell whether something typed can be a PIN: four to six digits."""
    return text.isascii() and text.isdigit() and SHORTEST <= len(text) <= LONGEST


def is_weak(pin: str) -> bool:
    """Tell whether a PIN is among the first that anybody would try: repeated, in a row, drawn on the keys, or a year."""
    repeats = any(pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3) if len(pin) % size == 0)
    in_a_row = pin in _KEYS or pin in _KEYS[::-1]
    year = len(pin) == SHORTEST and pin[:2] in {_LAST_CENTURY, _THIS_CENTURY}
    return repeats or in_a_row or year or pin in _DRAWN


def merged(turns: Iterable[Hours]) -> list[Hours]:
    """Return the hours somebody answers, whoever it is: turns that touch, or lie over each other, are one."""
    week: list[Hours] = []
    for turn in sorted(turns):
        last = week[-1] if week else None
        if last is not None and last.weekday == turn.weekday and turn.opens <= last.closes:
            week[-1] = last._replace(closes=max(last.closes, turn.closes))
        else:
            week.append(turn)
    return week
