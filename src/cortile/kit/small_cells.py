"""Small cells hidden so that nobody gets one back by subtraction. Pure: numbers in, what may be shown out.

A table is cells and sums: each sum says that a total equals its parts. A count from one to four is hidden, and with it
whatever else would give it away; zero is nobody and stays. What is safe is decided by attacking the result: all sums
combined (Gauss), then what the labels themselves say («meno di 5» is one to four) carried along every sum until nothing
moves. The attack is repeated and one more cell hidden until no hidden cell has a single possible value.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
PRIME = (1 << 61) - 1
WIDEST = 1 << 40

K = TypeVar("K", bound=Hashable)
Row = dict[K, int]
Bounds = dict[K, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sum(Generic[K]):
    """A total that equals its parts."""

    total: K
    parts: tuple[K, ...]

    @property
    def cells(self) -> tuple[K, ...]:
        """Return every cell it ties together."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A cell nobody reads. ``few`` is a cell whose label says that it is small."""

    few: bool


@dataclass(frozen=True, slots=True)
class Table(Generic[K]):
    """Cells, the sums among them, and the cells no page shows: they only tie others together."""

    cells: Mapping[K, int]
    sums: Sequence[Sum[K]]
    unshown: frozenset[K] = frozenset()
    least: int = LEAST

    def is_small(self, cell: K) -> bool:
        """Tell whether so few people stand behind a cell that they could be known."""
        return 0 < self.cells[cell] < self.least


def suppress(table: Table[K]) -> dict[K, Hidden | int]:
    """Return each cell as it may be shown. No hidden one, nor a small one no page shows, has a single possible value.

    Raise ``ValueError`` for a table whose sums do not hold: what is possible in it could be looked for without end.
    """
    if wrong := [str(s.total) for s in table.sums if table.cells[s.total] != sum(table.cells[part] for part in s.parts)]:
        message = f"totals that are not the sum of their parts: {', '.join(wrong)}"
        raise ValueError(message)
    few = {cell for cell in table.cells if table.is_small(cell)}
    few |= {part for s in table.sums if s.total in few for part in s.parts}
    hidden = few | set(table.unshown)
    while exposed := given_away(table, hidden, few):
        hidden.add(_next(table, hidden, exposed))
    return {
        cell: Hidden(few=cell in few) if cell in hidden else value
        for cell, value in table.cells.items()
        if cell not in table.unshown
    }


def given_away(table: Table[K], hidden: set[K], few: set[K]) -> set[K]:
    """Return the hidden cells an attentive reader works out, leaving apart unshown ones that are not small."""
    guarded = {cell for cell in hidden if cell not in table.unshown or table.is_small(cell)}
    return {cell for cell, (low, high) in attack(table, hidden, few).items() if cell in guarded and low >= high}


def attack(table: Table[K], hidden: set[K], few: set[K]) -> Bounds[K]:
    """Return the least and most each hidden cell can be, for a reader who knows the sums, the labels and what is shown."""
    rows = [_unknowns(table, s, hidden) for s in table.sums]
    rows = [row for row in rows if row[0]]
    bounds = {cell: _label(table, cell, few) for cell in hidden}
    return _tightened(bounds, rows + _combined(rows))


def _label(table: Table[K], cell: K, few: set[K]) -> tuple[int, int]:
    """Return what a label alone says. A part of a small total may be zero; a cell no page shows has no label."""
    if cell in table.unshown:
        return 0, WIDEST
    if cell in few:
        of_a_small_total = any(cell in s.parts and table.is_small(s.total) for s in table.sums)
        return 0 if of_a_small_total else 1, table.least - 1
    return (table.least, WIDEST) if table.cells[cell] else (0, WIDEST)


def _unknowns(table: Table[K], one: Sum[K], hidden: set[K]) -> tuple[Row[K], int]:
    """Write a sum as unknowns on one side and what is shown on the other."""
    row: Row[K] = {}
    known = 0
    for cell, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
        if cell in hidden:
            row[cell] = row.get(cell, 0) + sign
        else:
            known -= sign * table.cells[cell]
    return row, known


def _combined(rows: Sequence[tuple[Row[K], int]]) -> list[tuple[Row[K], int]]:
    """Return the sums combined into their simplest form, as far as the coefficients stay whole and small."""
    # What is known stands under None, so that it is combined with the rest.
    left: list[dict[K | None, int]] = [dict([*row.items(), (None, known)]) for row, known in rows]
    solved: list[dict[K | None, int]] = []
    for cell in {cell for row, _ in rows for cell in row}:
        pivot = next((row for row in left if row.get(cell)), None)
        if pivot is None:
            continue
        left.remove(pivot)
        scale = pow(pivot[cell], -1, PRIME)
        pivot = {k: v * scale % PRIME for k, v in pivot.items()}
        left = [_without(row, cell, pivot) for row in left]
        solved = [_without(row, cell, pivot) for row in solved] + [pivot]
    return [found for row in solved if (found := _whole(row)) is not None]


def _without(row: dict[K | None, int], cell: K, pivot: Mapping[K | None, int]) -> dict[K | None, int]:
    factor = row.get(cell, 0)
    if not factor:
        return row
    return {k: v for k in {*row, *pivot} if (v := (row.get(k, 0) - factor * pivot.get(k, 0)) % PRIME)}


def _whole(row: Mapping[K | None, int]) -> tuple[Row[K], int] | None:
    signed = {k: v if v < PRIME // 2 else v - PRIME for k, v in row.items()}
    known = signed.pop(None, 0)
    if any(abs(v) > WIDEST for v in (*signed.values(), known)):
        return None
    return {k: v for k, v in signed.items() if k is not None and v}, known


def _tightened(bounds: Bounds[K], rows: Iterable[tuple[Row[K], int]]) -> Bounds[K]:
    """Carry the bounds along every sum until nothing moves."""
    found, every, moved = dict(bounds), list(rows), True
    while moved:
        moved = False
        for row, known in every:
            for cell in row:
                closer = _closer(found, row, known, cell)
                moved = moved or closer != found[cell]
                found[cell] = closer
    return found


def _closer(bounds: Bounds[K], row: Row[K], known: int, cell: K) -> tuple[int, int]:
    """Return what one sum leaves for one cell, given what the others can be."""
    rest = [(bounds[k], v) for k, v in row.items() if k != cell]
    least = known - sum(high * v if v > 0 else low * v for (low, high), v in rest)
    most = known - sum(low * v if v > 0 else high * v for (low, high), v in rest)
    low, high, factor = *bounds[cell], row[cell]
    if factor < 0:
        least, most, factor = -most, -least, -factor
    return max(low, -(-least // factor)), min(high, most // factor)


def _next(table: Table[K], hidden: set[K], exposed: set[K]) -> K:
    """Choose what else to hide: beside an exposed cell, a part before a last total, a number before a zero, the smallest."""
    parts = {part for s in table.sums for part in s.parts}
    beside = {c for s in table.sums if exposed & set(s.cells) for c in s.cells if c not in hidden}
    choice = beside or {c for c in table.cells if c not in hidden}
    return min(choice, key=lambda c: (c not in parts, table.cells[c] == 0, table.cells[c], str(c)))
