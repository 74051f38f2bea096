"""Pages for what went wrong: a clear sentence, nothing lost."""

from __future__ import annotations

import contextlib

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.kit.doors import keep_words


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a form that stayed open too long: the text is in the page behind, and in the drafts."""
    keep_words(request)
    return render(request, "kit/expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer what is not there, or must not be known to be."""
    return render(request, "kit/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours. What was written is kept, when the database still can; the page itself asks nothing of it."""
    with contextlib.suppress(DatabaseError):
        keep_words(request)
    return render(request, "kit/broken.html", status=500)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what may not be done as what is not there."""
    return not_found(request, exception)
