"""The one page of the mechanism: a form saving its draft while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from cortile.kit import clock, dates, drafts
from cortile.kit.doors import opens, written


@opens("public", methods="POST", sample="/bozza/")
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed. The token says whose draft it is; without a good one nothing is kept, and we say so."""
    where = drafts.slot(request.POST.get(drafts.FIELD, ""))
    if where is None:
        return JsonResponse({"saved": ""}, status=410)
    drafts.keep(where, written(request), title=request.POST.get("titolo", ""))
    return JsonResponse({"saved": dates.hour(clock.now())})
