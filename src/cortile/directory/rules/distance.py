"""How far one place is from another in a neighbourhood, and what a walk it is. Pure. Degrees are whole millionths (WGS 84)."""

from __future__ import annotations

import math
from typing import NamedTuple

# Metres in a millionth of a degree of latitude, and of longitude at Lombardy's 45.5° north.
NORTH, EAST = 0.111320, 0.078026
# A street is longer than the straight line, and somebody with a child or a stick walks a kilometre in a quarter of an hour.
_BENDS, _METRES_A_MINUTE, _STEP = 1.3, 65, 5
NEAR_METRES, WALK_METRES = 1_500, 3_000


class Point(NamedTuple):
    """A place on the map."""

    north_e6: int
    east_e6: int


def metres(a: Point, b: Point) -> int:
    """Return the metres between two places as the crow flies, on a plane: right within a hundredth in a town."""
    return round(math.hypot((a.north_e6 - b.north_e6) * NORTH, (a.east_e6 - b.east_e6) * EAST))


def minutes_on_foot(away: int) -> int:
    """Return about how many minutes a walk takes, in steps of five: more would be a precision we do not have."""
    return max(_STEP, round(away * _BENDS / _METRES_A_MINUTE / _STEP) * _STEP)
