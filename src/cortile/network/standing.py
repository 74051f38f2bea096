"""How referrals from a network's quarters stand: what is stuck at each service, what it says yes to, which needs were sent.

Counts only, never a referral: those are their own room's. Under five a number is not said; what is stuck is said in steps of
five and for each body apart, since two networks that overlap would else be subtracted one from the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from cortile.directory.models import Service
from cortile.homes.models import Neighbourhood
from cortile.kit import clock, wall
from cortile.kit.small_cells import LEAST, Hidden
from cortile.network.counted import instants
from cortile.network.offers import NEEDS
from cortile.referrals.figures import figures_of
from cortile.referrals.models import Referral, ServiceFigures

BASIS_POINTS = 100
Asked = dict[tuple[int, str], int]
# The instant each lender lent its counts: of what it sent before, nobody said yes to telling.
Lent = Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class Standing:
    """A service and a body: how many referrals rest there past their date, since how many days, what it answered so far.

    ``stuck`` is rounded down to fives: at least so many.
    """

    service_id: int
    agency_id: int
    name: str
    stuck: Hidden | int
    days: int | None = None
    acceptance: int | None = None
    median_days: int | None = None


def of(quarters: Sequence[Neighbourhood], own: int, lent: Lent) -> list[Standing]:
    """Return, for each body, the services with something stuck, or with figures: the most stuck first. Three queries each.

    The year's figures are of a whole body, so only one's ``own`` (its id) are told: a lender lent its quarters alone, and what
    it sends from then on.
    """
    bodies = {q.agency_id: q.agency.short_name for q in quarters}
    found = [row for agency_id, here in _bodies(quarters) for row in _of_a_body(agency_id, here, own, lent)]
    if len(bodies) > 1:
        found = [replace(row, name=f"{row.name} ({bodies[row.agency_id]})") for row in found]
    return sorted(found, key=lambda s: (-_size(s.stuck), s.name))


def _of_a_body(agency_id: int, here: list[int], own: int, lent: Lent) -> list[Standing]:
    with wall.within(agency_id, ("social",)):
        rows = {row["service_id"]: row for row in _resting(_of(here, lent.get(agency_id)))}
        figures = figures_of(_sent_to(here), agency_id=agency_id) if agency_id == own else {}
    names = dict(Service.objects.filter(pk__in={*rows, *figures}).values_list("pk", "name"))
    return [_standing((n, agency_id, name), rows.get(n, {}), figures.get(n)) for n, name in names.items()]


def asked(quarters: Sequence[Neighbourhood], month: date, lent: Lent) -> Asked:
    """Return how many referrals of a month named each need-word, by quarter: five or more, or it is not there.

    Of the month of a lending only what was sent after it.
    """
    since, until = instants(month)
    found: Asked = {}
    for agency_id, here in _bodies(quarters):
        with wall.within(agency_id, ("social",)):
            rows = _of(here, lent.get(agency_id)).filter(sent_at__gte=since, sent_at__lt=until, term__taxonomy__key=NEEDS)
            for row in rows.values("thread__neighbourhood_id", "term__code").annotate(count=Count("thread_id", distinct=True)):
                found[row["thread__neighbourhood_id"], row["term__code"]] = row["count"]
    return {key: count for key, count in found.items() if count >= LEAST}


def _bodies(quarters: Sequence[Neighbourhood]) -> Iterator[tuple[int, list[int]]]:
    for agency_id in sorted({q.agency_id for q in quarters}):
        yield agency_id, [q.pk for q in quarters if q.agency_id == agency_id]


def _of(here: list[int], since: datetime | None = None) -> QuerySet[Referral]:
    rows = Referral.objects.filter(thread__neighbourhood_id__in=here, thread__delicate=False).order_by()
    return rows.filter(sent_at__gte=since) if since else rows


def _resting(rows: QuerySet[Referral]) -> QuerySet[Any, Any]:
    """Return what nobody moved by its date, or what came back in silence, by service: as ``referrals.reads.stuck`` has it."""
    late = Q(next_date__lt=clock.today()) | Q(silence_told_at__isnull=False, ball="us")
    return rows.filter(late, closed_at=None).values("service_id").annotate(count=Count("pk"), since=Min("waits_since"))


def _sent_to(here: list[int]) -> list[int]:
    return list(_of(here).values_list("service_id", flat=True).distinct())


def _standing(whose: tuple[int, int, str], resting: Mapping[str, Any], figures: ServiceFigures | None) -> Standing:
    stuck, since = resting.get("count", 0), resting.get("since")
    few = 0 < stuck < LEAST
    return Standing(
        *whose, Hidden(few=True) if few else stuck - stuck % LEAST, (clock.today() - since).days if since and not few else None,
        figures.acceptance_bp // BASIS_POINTS if figures and figures.acceptance_bp is not None else None,
        figures.median_answer_days if figures else None,
    )  # fmt: skip


def _size(cell: Hidden | int) -> int:
    return 1 if isinstance(cell, Hidden) else cell
