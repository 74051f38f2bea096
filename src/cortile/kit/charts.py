"""Bars drawn as SVG: no script, no style sheet, sharp on paper. The numbers always stand beside them, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WIDE, HIGH, GAP = 1000, 48, 4
# Told apart in grey too; the words beside them say which is which.
COLOURS = ("#c9d6e6", "#e0a526", "#2a6db0", "#1d6b43", "#7b4b94")


class Part(NamedTuple):
    """A part of a whole: its name, how much it is, and how that is said."""

    label: str
    value: int
    said: str


class Drawn(NamedTuple):
    """A part with its swatch for the legend."""

    label: str
    said: str
    swatch: SafeString


def whole(parts: Sequence[Part], title: str) -> SafeString:
    """Draw one bar cut into parts, as wide as their share; a part that is there is never too thin to be seen."""
    total = sum(part.value for part in parts) or 1
    at, pieces = 0.0, []
    for part, colour in zip(parts, COLOURS, strict=False):
        wide = WIDE * part.value / total
        if part.value > 0:
            pieces.append(_rect(at, max(wide - GAP, GAP), colour))
        at += wide
    return _svg("".join(pieces), f"{title}: {', '.join(f'{p.label} {p.said}' for p in parts if p.value)}")


def share(value: int, most: int, title: str) -> SafeString:
    """Draw one bar as long as its share of the longest."""
    return _svg(_rect(0, max(WIDE * value / (most or 1), GAP if value else 0), COLOURS[2]), title)


def legend(parts: Sequence[Part]) -> list[Drawn]:
    """Return the parts with the colour each is drawn in."""
    return [
        Drawn(part.label, part.said, _swatch(colour)) for part, colour in zip(parts, COLOURS, strict=False)
    ]  # fmt: skip


def _rect(at: float, wide: float, colour: str) -> str:
    return f'<rect x="{at:.1f}" y="0" width="{wide:.1f}" height="{HIGH}" fill="{colour}" stroke="#22303f" stroke-width="1"/>'


def _svg(inside: str, title: str) -> SafeString:
    said = conditional_escape(title)
    return mark_safe(  # noqa: S308 -- numbers of ours, and a title that was escaped
        f'<svg viewBox="0 0 {WIDE} {HIGH}" width="100%" height="28" preserveAspectRatio="none" role="img" aria-label="{said}">'
        f'<rect x="0" y="0" width="{WIDE}" height="{HIGH}" fill="#fff" stroke="#8694a5" stroke-width="1"/>{inside}</svg>'
    )


def _swatch(colour: str) -> SafeString:
    return mark_safe(  # noqa: S308 -- a colour of ours
        f'<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill="{colour}" '
        'stroke="#22303f"/></svg>'
    )
