"""The public pages of the lane."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.kit.doors import opens


@opens("lane public", sample="/")
def doors(request: HttpRequest) -> HttpResponse:
    """Say where a woman is listened to."""
    return render(request, "haven/public/doors.html")
