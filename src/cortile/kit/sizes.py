"""How much is read of what comes in, before anybody is known."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class Size:
    """Refuse what is too large before a byte of it is read: forms are unpacked before anybody is known."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to a body over the limit of its address."""
        size = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.LARGER_BODIES.get(request.path, settings.LARGEST_BODY)
        if size.isdecimal() and int(size) > limit:
            return HttpResponse(status=413)
        return self.get_response(request)
