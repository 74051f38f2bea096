"""S1 «Oggi»: the first line is always the right next thing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agencies.policy import can
from cortile.agenda import call_backs
from cortile.agenda import reads as agenda
from cortile.homes import reads as homes
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.listening import reads

# Where somebody without a queue of their own begins the day.
FIRST_PAGES = {
    "office queue": "workspace:office_queue",
    "own list": "workspace:care",
    "keep networks": "workspace:networks",
    "shared copies": "workspace:copies",
    "record contact": "workspace:record_contact",
    "month page": "workspace:month",
    "import": "workspace:administration",
}


@opens("staff", sample="/scrivania/")
def today(request: HttpRequest) -> HttpResponse:
    """Show the personal queue; send who has none to the page their work begins with."""
    by = current()
    if not can(by, "search people"):
        return redirect(_first_page(by))
    queue = reads.today_of(by=by)
    shown = {
        "tab": "today",
        "queue": queue,
        "unheard": [] if queue.now else reads.unheard(by=by),
        "slots": homes.places_of(by.id or 0, clock.today()),
        "calls": call_backs.calls_of(by=by),
        "appointments": agenda.day_of(by=by),
    }
    return render(request, "workspace/listening/today.html", shown)


def _first_page(by: Actor) -> str:
    found = next((page for capability, page in FIRST_PAGES.items() if can(by, capability)), None)
    if found is None:
        raise Http404
    return found
