"""Requests opened in the month."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cortile.insight.declared import Example, Grouped, Indicator, Month
from cortile.listening import counts


def query(month: Month) -> Grouped:
    """Count the requests that came in, whatever became of them."""
    return counts.opened(month.agency.pk, *month.instants).values("neighbourhood_id", "nature").annotate(opened=Count("pk"))


INDICATOR = Indicator(
    name="opened",
    measures=("opened",),
    title=_("Richieste aperte"),
    definition=_(
        "Le richieste arrivate nel mese, da ogni porta: app, telefono, foglio, sportello. "
        "Una richiesta riaperta resta la stessa e conta nel mese in cui è nata. "
        "Contano anche quelle «solo di persona», come numero e basta. Quelle delicate non contano."
    ),
    query=query,
    example=Example(
        _("Ad aprile Adele chiede per l'ascensore e Gianni per l'affitto. La richiesta di Samira è delicata: non conta."),
        {"opened": 2},
    ),
)
