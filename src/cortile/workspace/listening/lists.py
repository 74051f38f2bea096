"""The list of requests: open, closed, mine; twenty a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.listening import reads


@opens("search people", sample="/scrivania/richieste/")
def threads(request: HttpRequest) -> HttpResponse:
    """List the requests of the area; a link at the end leads to the older ones."""
    state = "closed" if request.GET.get("stato") == "chiuse" else "open"
    mine = request.GET.get("di") == "mie"
    after = request.GET.get("dopo", "")
    page = reads.thread_page(by=current(), state=state, mine=mine, after=int(after) if after.isdecimal() else None)
    shown = {"tab": "threads", "page_of": page, "state": state, "mine": mine, "after": after}
    return render(request, "workspace/listening/threads.html", shown)
