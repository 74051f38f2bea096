"""Pages for what went wrong: one neutral sentence, and nothing of what was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer what is not there, or must not be known to be."""
    return render(request, "haven/not_found.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a form that stayed open too long."""
    return render(request, "haven/expired.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours."""
    return render(request, "haven/broken.html", status=500)
