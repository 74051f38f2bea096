"""The counts of a network's quarters: each body's own, and those that were lent. Names nobody; small cells are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from cortile.homes.models import Neighbourhood
from cortile.kit import clock, wall
from cortile.kit.small_cells import LEAST, Hidden
from cortile.listening import counts
from cortile.listening.states import CHIPS
from cortile.network import words
from cortile.network.models import Network
from cortile.network.rules import counting, days
from cortile.network.rules.counting import Cell, Shown


@dataclass(frozen=True, slots=True)
class Counted:
    """What a network may read of a month: since when each lender lends (``lent``), and who lent nothing (``not_lent``)."""

    own: int
    month: date
    quarters: tuple[Neighbourhood, ...]
    seen: Shown
    lent: Mapping[int, datetime]
    not_lent: tuple[str, ...]

    def text(self, cell: Cell) -> str:
        """Return a cell as it is written: a number, why there is none, or a dash where the table has no such total."""
        return text(self.seen[cell]) if cell in self.seen else "–"


def text(cell: Hidden | int) -> str:
    """Return a number, «meno di 5» or «non mostrato»."""
    if isinstance(cell, Hidden):
        return str(words.FEW if cell.few else words.NOT_SHOWN)
    return str(cell)


def step(cell: Hidden | int) -> str:
    """Return a number rounded down to fives, «almeno 5», or why there is none."""
    return text(cell) if isinstance(cell, Hidden) or not cell else str(words.AT_LEAST) % {"count": cell - cell % LEAST}


def of(network: Network, month: date) -> Counted:
    """Return the counts of a month (its first day) in a network's quarters: two queries, and two for each body."""
    areas = network.areas.select_related("neighbourhood__agency")
    every = [area.neighbourhood for area in areas]
    # What was lent begins with the month of the lending: nobody said yes to the months before.
    lending = network.lendings.filter(state="lent", lent_at__lt=instants(month)[1])
    lent = {row.lender_id: row.lent_at for row in lending if row.lent_at}
    may = {network.agency_id, *lent}
    quarters = tuple(q for q in every if q.agency_id in may)
    seen: dict[Cell, Hidden | int] = {}
    for agency_id in sorted({q.agency_id for q in quarters}):
        seen |= _seen(agency_id, [q.pk for q in quarters if q.agency_id == agency_id], month)
    left = sorted({q.agency.short_name for q in every if q.agency_id not in may})
    return Counted(network.agency_id, month, quarters, seen, lent, tuple(left))


def _seen(agency_id: int, here: list[int], month: date) -> dict[Cell, Hidden | int]:
    """Return the cells of some quarters of a body, as hidden as they are in every network: the table is of them all."""
    every = list(Neighbourhood.objects.filter(agency_id=agency_id).order_by("pk").values_list("pk", flat=True))
    return {c: v for c, v in counting.shown(_rows(agency_id, month), every, CHIPS).items() if c[1] in here}


def _rows(agency_id: int, month: date) -> list[dict[str, object]]:
    # Counts that name nobody: the lender's lead said yes, and no row of a person leaves the query.
    with wall.within(agency_id, ("social",)):
        rows = counts.opened(agency_id, *instants(month)).values("neighbourhood_id", "chip")
        unmet = Count("pk", filter=Q(counts.WITHOUT_AN_ANSWER))
        return [dict(row) for row in rows.annotate(asked=Count("pk"), unmet=unmet)]


def instants(month: date) -> tuple[datetime, datetime]:
    """Return the first instant of a month and the first after it (UTC), as the page of the month has them."""
    return clock.day_bounds(month)[0], clock.day_bounds(days.after(month))[0]
