"""The minutes of a table on paper: the organisations, the points with their numbers, and the decisions. Nobody is named."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, override

from cortile.kit import dates
from cortile.messages import sheet
from cortile.network.models import AgendaItem, NetworkDecision
from cortile.network.reads import Minutes


def minutes(found: Minutes) -> bytes:
    """Return the minutes as PDF, in Italian: they go to offices."""
    row = found.meeting
    with override("it"):
        said = sheet.Minutes(
            title=gettext("Verbale"), agency=row.agency.name,
            facts=[
                (gettext("Rete"), row.network.name), (gettext("Tavolo"), row.kind_label),
                (gettext("Quando"), _day(row.day)), (gettext("Dove"), row.place),
                (gettext("Numeri di"), dates.month_name(row.month, "it")),
            ],
            sections=[
                (gettext("Presenti"), [f"{m.organization.name} ({m.kind})" for m in found.present] or ["–"]),
                (gettext("Ordine del giorno"), [_point(item) for item in found.items]),
                (gettext("Decisioni"), [_decision(d) for d in found.decisions] or [gettext("Nessuna decisione.")]),
            ],
        )  # fmt: skip
    return sheet.minutes(said)


def _point(item: AgendaItem) -> str:
    numbers = "; ".join(f"{name}: {value}" for name, value in item.numbers)
    return f"{item.position}. {item.words}" + (f" ({numbers})" if numbers else "")


def _decision(row: NetworkDecision) -> str:
    return f"{row.words} – {row.owner}, {gettext('entro')} {_day(row.due)}"


def _day(day: date) -> str:
    """Say a day with its year: minutes are read again in other years."""
    return f"{dates.plain_day(day, 'it')} {day.year}"
