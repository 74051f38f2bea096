"""What of a body's counts a network may be shown, when the page of the month shows some of them too. Pure: numbers in, cells out.

What was asked is one table of all the quarters of a body, whatever the perimeter that asks: whoever opens two networks reads the
same cells twice, and subtracts nothing. No cell adds quarters or bodies together. Small cells are hidden, and whatever gives them
back. What stayed without an answer has no totals, so that no sum ties its cells together: one is shown where what was asked is
shown, and where neither it nor the difference is a few. It is never said which of the two was: one word hides both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from cortile.kit.small_cells import LEAST, Hidden, Sum, Table, given_away, suppress

Place: TypeAlias = int | None
# (measure, place, topic): no place is the whole body, which only the month page says; no topic is all of them.
Cell: TypeAlias = tuple[str, Place, str]
Shown: TypeAlias = Mapping[Cell, Hidden | int]

ASKED, UNMET = "asked", "unmet"
NATURE = "nature:"
# What came from no quarter we know stands in the month page's totals, and in no network.
NOWHERE = 0


def shown(rows: Iterable[Mapping[str, object]], places: Sequence[int], topics: Mapping[str, str]) -> Shown:
    """Return each cell as it may be shown. ``places`` are all the quarters of one body; ``topics`` gives each topic its nature.

    The month page says how many requests each quarter and each nature had: a reader who has both pages gains nothing.
    """
    found, every = list(rows), [*places, NOWHERE]
    asked = _asked(_added(found, ASKED, every), every, topics)
    unmet = _added(found, UNMET, every)
    apart = {(UNMET, p, t): _unmet(asked[ASKED, p, t], unmet.get((p, t), 0)) for p in places for t in topics}
    return {cell: value for cell, value in asked.items() if cell[1] != NOWHERE} | apart


def _unmet(asked: Hidden | int, unmet: int) -> Hidden | int:
    whole = not isinstance(asked, Hidden) and not any(0 < count < LEAST for count in (unmet, asked - unmet))
    return unmet if whole else Hidden(few=False)


def _asked(counts: Mapping[tuple[int, str], int], places: Sequence[int], topics: Mapping[str, str]) -> dict[Cell, Hidden | int]:
    table = Table(_cells(counts, places, topics), _sums(places, topics))
    first: dict[Cell, Hidden | int] = {c: Hidden(few=True) for c in table.cells if c[1] is None and table.is_small(c)}
    # Each quarter by itself, then all together: the tie across quarters is the month page's, and seldom asks for more.
    for place in places:
        first |= suppress(Table({c: v for c, v in table.cells.items() if c[1] == place}, [_sum(place, topics)]))
    hidden = {cell for cell, value in first.items() if isinstance(value, Hidden)}
    few = {cell for cell, value in first.items() if isinstance(value, Hidden) and value.few}
    hidden = _further(table, hidden, few, {c for c in table.cells if _of_the_month(c) and c not in few})
    return {c: Hidden(few=c in few) if c in hidden else v for c, v in table.cells.items() if c[1] is not None}


def _further(table: Table[Cell], hidden: set[Cell], few: set[Cell], known: set[Cell]) -> set[Cell]:
    """Hide more until nothing is worked out, for a reader who knows some of what is hidden here from the month page.

    Where the month page itself must hide one more total, we do not know which: then no total is told, nor worked out, here.
    """
    given = given_away(table, set(table.cells) - known, few)
    if any(_of_the_month(cell) for cell in given & few):
        hidden = _until_safe(table, hidden | known, few, set(), set())
    return _until_safe(table, hidden, few, known, given)


def _until_safe(table: Table[Cell], hidden: set[Cell], few: set[Cell], known: set[Cell], given: set[Cell]) -> set[Cell]:
    """Hide one more at a time. ``given`` is what the month page would give away, whatever is hidden here."""
    while exposed := given_away(table, hidden - known, few) - given:
        beside = {c for s in table.sums if exposed & set(s.cells) for c in s.cells} - hidden - known
        choice = beside or set(table.cells) - hidden - known
        if not choice:
            break
        hidden = hidden | {min(choice, key=lambda c: (table.cells[c] == 0, table.cells[c], str(c)))}
    return hidden


def _of_the_month(cell: Cell) -> bool:
    """Tell whether the month page may show a count too: by quarter, and by nature. What is small it hides as well."""
    return not cell[2] or cell[1] is None


def _added(rows: Iterable[Mapping[str, object]], measure: str, places: Sequence[int]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for row in rows:
        place = int(str(row["neighbourhood_id"] or NOWHERE))
        key = place if place in places else NOWHERE, str(row["chip"])
        found[key] = found.get(key, 0) + int(str(row[measure]))
    return found


def _cells(counts: Mapping[tuple[int, str], int], places: Sequence[int], topics: Mapping[str, str]) -> dict[Cell, int]:
    cells: dict[Cell, int] = {(ASKED, p, t): 0 for p in places for t in (*topics, "")}
    cells |= {(ASKED, None, n): 0 for n in ("", *_natures(topics))}
    for (place, topic), count in counts.items():
        for cell in ((place, topic), (place, ""), (None, ""), (None, NATURE + topics[topic])):
            cells[(ASKED, *cell)] += count
    return cells


def _natures(topics: Mapping[str, str]) -> list[str]:
    return [NATURE + nature for nature in sorted(set(topics.values()))]


def _sum(place: int, topics: Mapping[str, str]) -> Sum[Cell]:
    return Sum((ASKED, place, ""), tuple((ASKED, place, t) for t in topics))


def _sums(places: Sequence[int], topics: Mapping[str, str]) -> list[Sum[Cell]]:
    whole, natures = (ASKED, None, ""), _natures(topics)
    by_nature: list[Sum[Cell]] = [
        Sum((ASKED, None, nature), tuple((ASKED, p, t) for p in places for t, n in topics.items() if NATURE + n == nature))
        for nature in natures
    ]
    of_the_body: list[Sum[Cell]] = [
        Sum(whole, tuple((ASKED, p, "") for p in places)), Sum(whole, tuple((ASKED, None, n) for n in natures)),
    ]  # fmt: skip
    return [*(_sum(p, topics) for p in places), *by_nature, *of_the_body]
