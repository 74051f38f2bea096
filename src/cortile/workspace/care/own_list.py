"""«Ambulatorio»: whom the nurse receives, from today on. A name, where they live, how to call them, in which language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.agenda import lists
from cortile.kit.actor import current
from cortile.kit.doors import opens


@opens("own list", sample="/scrivania/ambulatorio/")
def own_list(request: HttpRequest) -> HttpResponse:
    """Show the reader's own appointments, and nothing of anybody else's."""
    return render(request, "workspace/care/own_list.html", {"tab": "care", "days": lists.own_list(by=current())})
