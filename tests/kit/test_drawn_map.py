"""A map drawn without a library: every pin is inside, apart from the others, and says its name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.kit.drawn_map import HIGH, PIN, WIDE, Name, Pin, drawn

pytestmark = pytest.mark.pure
MILAN = (45_478_000, 9_140_000)
CIRCLE = re.compile(r'<circle cx="(-?\d+)" cy="(-?\d+)"')
places = st.lists(st.tuples(st.integers(-20_000, 20_000), st.integers(-20_000, 20_000)), min_size=1, max_size=20)


def pins(found: list[tuple[int, int]]) -> list[Pin]:
    return [Pin(n, "Casa", MILAN[0] + a, MILAN[1] + b, f"#servizio-{n}") for n, (a, b) in enumerate(found, 1)]


@given(places)
def test_every_pin_is_on_the_paper_and_none_covers_another(found: list[tuple[int, int]]) -> None:
    circles = [(int(x), int(y)) for x, y in CIRCLE.findall(drawn(pins(found), [], "Mappa"))]
    assert len(circles) == len(found)
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in circles)
    assert all(max(abs(a - c), abs(b - d)) >= 2 * PIN - 1 for n, (a, b) in enumerate(circles) for c, d in circles[:n])


def test_a_name_is_escaped_and_read_aloud() -> None:
    said = drawn([Pin(1, "<b>Casa</b>", *MILAN, "#servizio-1")], [Name("San Siro", *MILAN)], "Mappa")
    assert 'aria-label="1. &lt;b&gt;Casa&lt;/b&gt;"' in said
    assert "San Siro" in said


def test_nothing_to_draw_is_no_map() -> None:
    assert drawn([], [], "Mappa") == ""


def test_the_north_is_above() -> None:
    south, north = CIRCLE.findall(drawn(pins([(0, 0), (9_000, 0)]), [], "Mappa"))
    assert int(north[1]) < int(south[1])
