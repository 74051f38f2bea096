"""«Visite»: the persons who asked the custodian to knock, in the places where they are posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.people import cards


@opens("visits", sample="/scrivania/visite/")
def visits(request: HttpRequest) -> HttpResponse:
    """Show a name, a stair, a phone and a language; whoever did not ask is not there."""
    return render(request, "workspace/people/visits.html", {"tab": "visits", "found": cards.to_visit(by=current())})
