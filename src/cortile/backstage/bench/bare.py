"""The bare view: same server, middleware and session, one row, a ten-line template. What our pages are measured against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.agencies import reads as agencies
from cortile.kit.actor import current
from cortile.kit.doors import opens


@opens("staff", sample="/bench/bare/")
def bare(request: HttpRequest) -> HttpResponse:
    """Show one row."""
    return render(request, "backstage/bench/bare.html", {"body": agencies.agency_by_id(current().agency_id or 0)})
