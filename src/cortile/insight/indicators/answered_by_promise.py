"""Requests answered by the first promised date."""

from __future__ import annotations

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cortile.insight.declared import Example, Grouped, Indicator, Month
from cortile.kit import clock
from cortile.listening import counts


def query(month: Month) -> Grouped:
    """Count the requests of a month whose answer was due, and those among them answered by the first promise.

    A promise that has not passed is not yet kept nor broken: it is left out of both.
    """
    rows = counts.opened(month.agency.pk, *month.instants)
    due = Q(first_answer_at__isnull=False) | Q(first_promise__lt=month.seen_on)
    answered_on = TruncDate("first_answer_at", tzinfo=clock.ROME)
    return (
        rows.annotate(answered_on=answered_on).values("neighbourhood_id", "nature")
        .annotate(due=Count("pk", filter=due), kept=Count("pk", filter=Q(answered_on__lte=F("first_promise"))))
    )  # fmt: skip


INDICATOR = Indicator(
    name="answered",
    measures=("due", "kept"),
    title=_("Risposte entro la prima promessa"),
    definition=_(
        "Fra le richieste arrivate nel mese, quante hanno avuto la prima risposta entro la prima data promessa. "
        "Conta la prima data, anche se poi è stata spostata. Una richiesta senza risposta e in ritardo conta come "
        "promessa mancata. Una richiesta ancora dentro la promessa non conta: né sopra né sotto. Una delicata nemmeno."
    ),
    query=query,
    example=Example(
        _(
            "A marzo arrivano quattro richieste: una ha risposta in tempo, una in ritardo, una è scaduta senza risposta, "
            "una è ancora dentro la promessa."
        ),
        {"due": 3, "kept": 1},
    ),
)
