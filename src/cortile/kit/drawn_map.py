"""A map drawn as SVG: numbered pins on a plain ground, a measure of length, north above. No library, no tiles, no request. Pure.

The list beside it says the same in words; each pin is a link to its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WIDE, HIGH, MARGIN, PIN = 720, 480, 48, 26
# Metres in a millionth of a degree, at Lombardy's 45.5° north (WGS 84).
NORTH, EAST = 0.111320, 0.078026
LENGTHS = (100, 200, 500, 1_000, 2_000, 5_000)
# A map of one place, or of places on one spot, still shows the streets around: never closer than this.
LEAST_METRES = 400


class Pin(NamedTuple):
    """A place on the map: its number in the list, its name, where it is in millionths of a degree, and where it leads."""

    number: int
    name: str
    north_e6: int
    east_e6: int
    link: str


class Name(NamedTuple):
    """A name written on the ground, such as a quarter's, at its middle."""

    name: str
    north_e6: int
    east_e6: int


class _Frame(NamedTuple):
    """How millionths of a degree become points of the drawing."""

    west: float
    top: float
    scale: float

    def at(self, north_e6: int, east_e6: int) -> tuple[float, float]:
        return (east_e6 * EAST - self.west) * self.scale, (self.top - north_e6 * NORTH) * self.scale


def drawn(pins: Sequence[Pin], names: Sequence[Name], title: str) -> SafeString:
    """Draw places with their numbers; nothing where no place has a position. Pins of one spot stand side by side."""
    if not pins:
        return SafeString()
    frame = _frame([(p.north_e6, p.east_e6) for p in pins] + [(s.north_e6, s.east_e6) for s in names])
    inside = [_ground(), *(_name(frame, name) for name in names), *_pins(frame, pins), _measure(frame)]
    opened = f'<svg viewBox="0 0 {WIDE} {HIGH}" width="100%" direction="ltr" role="group" aria-label="{conditional_escape(title)}">'
    return mark_safe(f"{opened}{''.join(inside)}</svg>")  # noqa: S308 -- numbers, and words escaped one by one


def _frame(points: Sequence[tuple[int, int]]) -> _Frame:
    north, east = [n * NORTH for n, _e in points], [e * EAST for _n, e in points]
    wide, high = max(max(east) - min(east), LEAST_METRES), max(max(north) - min(north), LEAST_METRES)
    scale = min((WIDE - 2 * MARGIN) / wide, (HIGH - 2 * MARGIN) / high)
    middle_east, middle_north = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    return _Frame(middle_east - WIDE / 2 / scale, middle_north + HIGH / 2 / scale, scale)


def _ground() -> str:
    return f'<rect width="{WIDE}" height="{HIGH}" fill="#f3f6f9" stroke="#5c6f82"/>'


def _name(frame: _Frame, name: Name) -> str:
    x, y = frame.at(name.north_e6, name.east_e6)
    said = conditional_escape(name.name)
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="26" fill="#435a70">{said}</text>'


def _pins(frame: _Frame, pins: Sequence[Pin]) -> list[str]:
    """Draw the pins, each beside those already there: two services of one house are two pins to tap."""
    taken: list[tuple[float, float]] = []
    for pin in pins:
        taken.append(_beside(frame.at(pin.north_e6, pin.east_e6), taken))
    return [_pin(pin, x, y) for pin, (x, y) in zip(pins, taken, strict=True)]


def _beside(wanted: tuple[float, float], taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return where a pin stands: where it should, or the nearest free spot of the paper; over another one only on a full paper."""
    wide = 2 * PIN
    grid = [(x, y) for x in range(PIN, WIDE - PIN + 1, wide // 2) for y in range(PIN, HIGH - PIN + 1, wide // 2)]
    near = sorted(grid, key=lambda spot: (spot[0] - wanted[0]) ** 2 + (spot[1] - wanted[1]) ** 2)
    free = (spot for spot in [wanted, *near] if all(abs(spot[0] - a) >= wide or abs(spot[1] - b) >= wide for a, b in taken))
    return next(free, wanted)


def _pin(pin: Pin, x: float, y: float) -> str:
    said = f"{pin.number}. {conditional_escape(pin.name)}"
    circle = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{PIN}" fill="#004c99" stroke="#fff" stroke-width="2"/>'
    written = 'text-anchor="middle" font-size="24" font-weight="700" fill="#fff"'
    number = f'<text x="{x:.0f}" y="{y + 8:.0f}" {written}>{pin.number}</text>'
    return f'<a href="{conditional_escape(pin.link)}" aria-label="{said}"><title>{said}</title>{circle}{number}</a>'


def _measure(frame: _Frame) -> str:
    """Draw how long a round number of metres is, the longest that takes at most a third of the width."""
    metres = max((m for m in LENGTHS if m * frame.scale <= WIDE / 3), default=LENGTHS[0])
    long, y = metres * frame.scale, HIGH - 18
    line = f'<path d="M16 {y - 6}v6h{long:.0f}v-6" fill="none" stroke="#17324d" stroke-width="2"/>'
    said = f"{metres} m" if metres < LENGTHS[3] else f"{metres // LENGTHS[3]} km"
    return f'<g aria-hidden="true">{line}<text x="22" y="{y - 6}" font-size="22" fill="#17324d">{said}</text></g>'
