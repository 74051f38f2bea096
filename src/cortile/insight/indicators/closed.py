"""Requests closed in the month."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cortile.insight.declared import Example, Grouped, Indicator, Month
from cortile.listening.models import Thread


def query(month: Month) -> Grouped:
    """Count the requests that ended in the month and are still closed."""
    since, until = month.instants
    rows = Thread.objects.filter(agency=month.agency, state="closed", closed_at__gte=since, closed_at__lt=until, delicate=False)
    return rows.order_by().values("neighbourhood_id", "nature").annotate(closed=Count("pk"))


INDICATOR = Indicator(
    name="closed",
    measures=("closed",),
    title=_("Richieste chiuse"),
    definition=_(
        "Le richieste chiuse nel mese e non riaperte dopo, con qualunque esito: risolte, ritirate, non risolvibili. "
        "Possono essere nate in un altro mese, quindi non si confrontano con quelle aperte. "
        "Le richieste delicate non contano."
    ),
    query=query,
    example=Example(_("Ad aprile Adele ritira la sua richiesta di marzo; Gianni ritira la sua e poi la riapre."), {"closed": 1}),
)
