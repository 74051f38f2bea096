"""Pure decisions about the month: how counts become a table, and what of it may be shown. No Django, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cortile.kit.small_cells import LEAST, Hidden, Sum, Table, suppress

Cell = tuple[str, str, object]
Shown = Mapping[Cell, Hidden | int]

MEASURES = ("contacts", "listening", "opened", "due", "kept", "closed")
# total → its two parts. A second one that no page shows would come back as a difference, so it is guarded too.
WITHIN = {"contacts": ("listening", "other"), "opened": ("due", "inside"), "due": ("kept", "missed")}
UNSHOWN = ("other", "inside", "missed")
# Of the whole body the missed ones are told, if only as «meno di 5»: the share kept is read from them.
MISSED: Cell = ("missed", "all", None)


def shown(rows: Iterable[Mapping[str, object]], places: Sequence[object], natures: Sequence[object]) -> Shown:
    """Turn the rows of the indicators into the cells of the page, with the small ones and what gives them away hidden."""
    cells = counted(rows, places, natures)
    for whole, (part, rest) in WITHIN.items():
        cells |= {(rest, *slot): cells[(whole, *slot)] - cells[(part, *slot)] for slot in _slots(places, natures)}
    unshown = frozenset(cell for cell in cells if cell[0] in UNSHOWN and cell != MISSED)
    return suppress(Table(cells, _sums(places, natures), unshown))


def counted(rows: Iterable[Mapping[str, object]], places: Sequence[object], natures: Sequence[object]) -> dict[Cell, int]:
    """Add the rows up, over all, by place and by nature: every cell is there, also the empty ones."""
    cells: dict[Cell, int] = {(measure, *slot): 0 for measure in MEASURES for slot in _slots(places, natures)}
    for row in rows:
        for measure in set(row) & set(MEASURES):
            for slot in (("all", None), ("place", row["neighbourhood_id"]), ("nature", row["nature"])):
                cells[(measure, *slot)] += int(str(row[measure]))
    return cells


def _slots(places: Sequence[object], natures: Sequence[object]) -> list[tuple[str, object]]:
    return [("all", None), *(("place", p) for p in places), *(("nature", n) for n in natures)]


def _sums(places: Sequence[object], natures: Sequence[object]) -> list[Sum[Cell]]:
    over: list[Sum[Cell]] = [
        Sum((measure, "all", None), tuple((measure, axis, member) for member in members))
        for measure in (*MEASURES, *UNSHOWN)
        for axis, members in (("place", places), ("nature", natures))
    ]
    within: list[Sum[Cell]] = [
        Sum((whole, *slot), ((part, *slot), (rest, *slot)))
        for whole, (part, rest) in WITHIN.items()
        for slot in _slots(places, natures)
    ]
    return over + within


def share(kept: Hidden | int, due: Hidden | int) -> int | None:
    """Return the per cent of promises kept, or None when either number is hidden or nothing was due."""
    if isinstance(kept, Hidden) or isinstance(due, Hidden) or not due:
        return None
    return (200 * kept + due) // (2 * due)


def share_at_least(missed: Hidden | int, due: Hidden | int) -> int | None:
    """Return the per cent of promises kept at the least, when the page says that fewer than five were missed."""
    if isinstance(due, Hidden) or not (isinstance(missed, Hidden) and missed.few) or due < LEAST:
        return None
    return 100 * (due - LEAST + 1) // due


def enough(count: int) -> bool:
    """Tell whether a median stands on enough requests to name nobody."""
    return count >= LEAST
