"""«Accessi»: a second look at who opened what, for a lead or whoever answers for the lane."""

from __future__ import annotations

import contextlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.refusals import Refused
from cortile.people import actions, openings

REFUSED = 409


@opens("review accesses", sample="/scrivania/accessi/")
def reviews(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second look. Opening the page is itself in the audit."""
    return _page(request)


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    by = current()
    shown = {
        "tab": "administration", "seen": openings.reviews(by=by), "body": agencies.agency_by_id(by.agency_id or 0),
        "refused": refused, "places": policy.can(by, "place canary"),
    }  # fmt: skip
    return render(request, "workspace/people/reviews.html", shown, status=REFUSED if refused else 200)


@opens("review accesses", methods="POST", sample="/scrivania/accessi/1/")
def review(request: HttpRequest, opening_id: int) -> HttpResponse:
    """Say whether an opening was right."""
    by, found = current(), openings.opening(opening_id, by=current())
    if found is None:
        raise Http404
    act = actions.review_glass if found.kind == "glass" else actions.review_sampled
    try:
        act(found, by=by, verdict=request.POST.get("esito", ""), note=request.POST.get("nota", ""))
    except Refused as refused:
        return _page(request, refused)
    return redirect("workspace:reviews")


@opens("review accesses", methods="POST", sample="/scrivania/accessi/avvisi/1/")
def review_alarm(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Write what came of an alarm."""
    found = openings.alarm(alarm_id, by=current())
    if found is None:
        raise Http404
    try:
        actions.review_alarm(found, by=current(), note=request.POST.get("nota", ""))
    except Refused as refused:
        return _page(request, refused)
    return redirect("workspace:reviews")


@opens("place canary", methods="POST", sample="/scrivania/accessi/controllo/")
def canary(request: HttpRequest) -> HttpResponse:
    """Make an invented person a canary. The answer is the same for a card that nobody has, and for a person who lives."""
    found = openings.by_card(request.POST.get("tessera", ""), by=current())
    if found is not None:
        with contextlib.suppress(Refused):
            actions.place_canary(found, by=current())
    return redirect("workspace:reviews")
