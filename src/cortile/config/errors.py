"""Pages for what went wrong: a clear sentence, nothing lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a form that stayed open too long: the text is in the page behind, and in the drafts."""
    return render(request, "kit/expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer what is not there, or must not be known to be."""
    return render(request, "kit/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, without touching the database."""
    return render(request, "kit/broken.html", status=500)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what may not be done as what is not there."""
    return not_found(request, exception)
