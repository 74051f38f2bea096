"""S3 «Cerca»: one box for a person, a phone, a staircase or the number of a request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.listening import reads as listening
from cortile.people import reads as people


@opens("search people", sample="/scrivania/cerca/?q=bram")
def search(request: HttpRequest) -> HttpResponse:
    """Show who and what was found: a name, a stair and a language, nothing more."""
    by, text = current(), request.GET.get("q", "").strip()
    found = people.find(text, by=by) if len(text) >= people.SHORTEST_SEARCH else None
    shown = {
        "tab": "search",
        "q": text,
        "found": found,
        "double": people.look_alikes(found.rows) if found else set(),
        "thread": listening.by_number(text, by=by),
    }
    return render(request, "workspace/people/search.html", shown)
