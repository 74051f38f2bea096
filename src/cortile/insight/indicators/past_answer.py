"""Days to answer in the imported history: a median, because a few very long ones would move a mean."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cortile.insight.declared import Month
from cortile.listening.models import PastRequest

DEFINITION = _(
    "Per le richieste della storia importata: i giorni di calendario fra apertura e chiusura, e il valore che sta a metà. "
    "«Del mese» sono quelle aperte nel mese. Quelle ancora aperte non hanno una durata e non contano."
)
EXAMPLE = "Cinque richieste di gennaio, chiuse dopo 1, 2, 4, 9 e 60 giorni: la metà è 4."


class Median(Aggregate):
    """The middle value (PostgreSQL's ``percentile_cont``)."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def closed_ones(month: Month) -> QuerySet[PastRequest]:
    """Return the imported requests that have an end."""
    return PastRequest.objects.filter(agency=month.agency, closed_on__isnull=False).order_by()


def query(month: Month) -> dict[str, Any]:
    """Return how many there are and their median, of the month and of the whole history, in one statement."""
    of_the_month = Q(opened_on__gte=month.first, opened_on__lt=month.after)
    days = F("closed_on") - F("opened_on")
    return closed_ones(month).aggregate(
        month_count=Count("pk", filter=of_the_month), month=Median(days, filter=of_the_month),
        every_count=Count("pk"), every=Median(days),
    )  # fmt: skip
