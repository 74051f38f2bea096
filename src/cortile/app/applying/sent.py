"""An application that was sent: its receipt, and its own page. What no phone may show is told once, and forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cortile.app.applying.seats import Seat
from cortile.app.asking import receipts
from cortile.benefits import applying, places
from cortile.benefits import reads as benefits
from cortile.kit import actor as actors
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible
from cortile.listening import reads as listening

SENT, DUE = "applications_sent", "application_due_once"


def keep(seat: Seat, made: Any) -> None:  # noqa: ANN401 -- an application, whose model no door names
    """Remember what was just sent: its number where phones show it, else its receipt, to be told once."""
    shown = bool(listening.numbers_shown([made.number], by=seat.by))
    receipts.keep(seat.session, made.thread, shown=shown)
    if shown:
        seat.session[SENT] = seat.session.get(SENT, {}) | {str(seat.call_id): made.number}
    else:
        seat.session[DUE] = made.due.isoformat()


def number_of(seat: Seat) -> int:
    """Return the number of what this session sent for a call, or nought."""
    return int(seat.session.get(SENT, {}).get(str(seat.call_id), 0))


@opens("tenant", sample="/casa/domanda/fatta/1001/")
def application_receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Say the number, the date of our answer, the day the law gives us, and who follows it."""
    by = actors.current()
    receipt = receipts.find(number, by=by, session=request.session)
    due: date | None
    try:
        due = applying.sent(number, by=by).application.due
    except NotVisible:
        kept = request.session.pop(DUE, None)
        due = date.fromisoformat(kept) if kept else None
    return render(request, "app/applying/receipt.html", {"receipt": receipt, "due": due})


@opens("tenant", sample="/casa/domanda/numero/1001/")
def application(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was sent and where it stands; to who signed the contract together, that it is there and where it stands."""
    by = actors.current()
    found = applying.sent(number, by=by)
    line = _line(number, by) if found.whole and found.application.state != "withdrawn" else []
    return render(request, "app/applying/application.html", {"sent": found, "line": line})


def _line(number: int, by: Actor) -> list[str]:
    """Say where an application stands in line, where there is money for some places at least."""
    place = benefits.place_of(number, by=by)
    return places.said(place, translation.get_language() or "it") if place.place and place.reached else []
