"""Small cells: attacked by trying every table that fits what is shown. Pure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortile.kit.small_cells import Hidden, Sum, Table, suppress

pytestmark = pytest.mark.pure
Shown = dict[str, Hidden | int]
Shape = Callable[[tuple[int, ...]], dict[str, int]]
FURTHEST = 12


def line_cells(parts: tuple[int, ...]) -> dict[str, int]:
    """Return a line of parts with its total."""
    return {f"p{i}": v for i, v in enumerate(parts)} | {"T": sum(parts)}


def square_cells(parts: tuple[int, ...]) -> dict[str, int]:
    """Return two rows and two columns with their totals."""
    a, b, c, d = parts
    return {"a": a, "b": b, "c": c, "d": d, "r0": a + b, "r1": c + d, "c0": a + c, "c1": b + d, "T": a + b + c + d}


def line(*parts: int) -> Table[str]:
    """Return a line as a table."""
    cells = line_cells(parts)
    return Table(cells, [Sum("T", tuple(k for k in cells if k != "T"))])


def square(*parts: int, unshown: frozenset[str] = frozenset({"b", "d", "c1"})) -> Table[str]:
    """Return a square as a table; the second column is shown by no page unless it is said."""
    sums = [Sum("r0", ("a", "b")), Sum("r1", ("c", "d")), Sum("c0", ("a", "c")), Sum("c1", ("b", "d")),
            Sum("T", ("r0", "r1")), Sum("T", ("c0", "c1"))]  # fmt: skip
    return Table(square_cells(parts), sums, unshown=unshown)


def recovered(table: Table[str], shown: Shown, shape: Shape, parts: int) -> set[str]:
    """Return the hidden cells, and the small ones no page shows, that have one value in every world that fits."""
    every = map(shape, product(range(FURTHEST + 1), repeat=parts))
    labels = [(k, _label(table, k, s)) for k, s in shown.items()]
    found = [w for w in every if all(w[k] in label for k, label in labels)]
    assert found, "the real table is one of the worlds"
    guarded = {k for k, s in shown.items() if isinstance(s, Hidden)} | {k for k in table.unshown if table.is_small(k)}
    return {k for k in guarded if len({w[k] for w in found}) == 1}


def _label(table: Table[str], cell: str, shown: Hidden | int) -> range:
    """Return what a reader may think a cell is."""
    if not isinstance(shown, Hidden):
        return range(shown, shown + 1)
    if not shown.few:
        return range(table.least if table.cells[cell] else 0, 1000)
    of_a_small_total = any(cell in s.parts and table.is_small(s.total) for s in table.sums)
    return range(0 if of_a_small_total else 1, table.least)


def only_small_ones(table: Table[str]) -> Shown:
    """A mutant: hides what is small and forgets what gives it away."""
    return {k: Hidden(few=True) if table.is_small(k) else v for k, v in table.cells.items() if k not in table.unshown}


counts = st.integers(0, 8)
property_test = settings(max_examples=80, deadline=None, derandomize=True, database=None)


@property_test
@given(st.lists(counts, min_size=1, max_size=3))
def test_no_hidden_cell_of_a_line_is_recovered(parts: list[int]) -> None:
    table = line(*parts)
    assert recovered(table, suppress(table), line_cells, len(parts)) == set()


@property_test
@given(st.tuples(counts, counts, counts, counts), st.booleans())
def test_no_hidden_cell_of_a_square_is_recovered(parts: tuple[int, ...], whole: bool) -> None:
    table = square(*parts, unshown=frozenset()) if whole else square(*parts)
    assert recovered(table, suppress(table), square_cells, 4) == set()


@property_test
@given(st.lists(st.integers(0, 200), min_size=1, max_size=12))
def test_no_small_cell_is_ever_shown(values: list[int]) -> None:
    assert not any(isinstance(s, int) and 0 < s < 5 for s in suppress(line(*values)).values())


@pytest.mark.parametrize(
    ("table", "shape", "parts"),
    [(line(3, 8), line_cells, 2), (line(4, 4, 7), line_cells, 3), (square(6, 2, 9, 8), square_cells, 4)],
)
def test_hiding_only_the_small_ones_is_caught(table: Table[str], shape: Shape, parts: int) -> None:
    """The negative control of the properties above: subtraction, or two labels, give the small cell back."""
    assert recovered(table, only_small_ones(table), shape, parts)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    table = line(7, 0, 30)
    assert suppress(table) == table.cells


def test_a_small_cell_takes_the_smallest_other_with_it() -> None:
    assert suppress(line(3, 8, 40)) == {"p0": Hidden(few=True), "p1": Hidden(few=False), "p2": 40, "T": 51}


def test_two_small_cells_that_their_labels_give_away_take_a_third() -> None:
    """Four and four make eight: whoever reads «meno di 5» twice and the total knows both."""
    shown = suppress(line(4, 4, 30))
    assert isinstance(shown["p2"], Hidden)


def test_what_is_under_a_small_total_is_hidden_whole() -> None:
    assert all(isinstance(s, Hidden) for s in suppress(line(1, 0, 2)).values())


def test_a_part_that_leaves_a_small_rest_is_hidden() -> None:
    """Seven contacts, six of them listening: the page would say that one was not."""
    table = Table({"contacts": 7, "listening": 6, "rest": 1}, [Sum("contacts", ("listening", "rest"))], frozenset({"rest"}))
    assert isinstance(suppress(table)["listening"], Hidden)


def test_nobody_is_shown_as_nobody() -> None:
    assert suppress(line(0, 0)) == {"p0": 0, "p1": 0, "T": 0}


def test_a_table_whose_sums_do_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not the sum of their parts: T"):
        suppress(Table({"p0": 9, "p1": 9, "T": 17}, [Sum("T", ("p0", "p1"))]))
