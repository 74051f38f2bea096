"""Contacts, and «ascolto» among them."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cortile.insight.declared import Example, Grouped, Indicator, Month
from cortile.listening.models import Contact


def query(month: Month) -> Grouped:
    """Count the contacts of a month. Delicate ones are counted nowhere: a total longer than a list would tell."""
    since, until = month.instants
    rows = Contact.objects.filter(agency=month.agency, at__gte=since, at__lt=until, delicate=False).order_by()
    return rows.values("neighbourhood_id", "nature").annotate(
        contacts=Count("pk"), listening=Count("pk", filter=Q(chip="listening"))
    )


INDICATOR = Indicator(
    name="contacts",
    measures=("contacts", "listening"),
    title=_("Contatti e ascolto"),
    definition=_(
        "Quante volte abbiamo incontrato qualcuno nel mese, in ogni modo: di persona, al telefono, in cortile. "
        "Un gruppo conta una volta. «Ascolto» sono i contatti in cui la persona voleva soprattutto parlare: "
        "valgono come gli altri. I contatti delicati non contano."
    ),
    query=query,
    example=Example(
        _(
            "A marzo Marta ascolta Adele, aiuta Gianni con lo SPID e parla con dodici persone in cortile di un guasto. "
            "Con Samira ha un colloquio delicato: non conta."
        ),
        {"contacts": 3, "listening": 1},
    ),
)
