"""What the public pages have in common: no cookie, hence the language in each address, and no token in a form."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from cortile.haven.errors import csrf_failure
from cortile.kit.doors import View

OURS = frozenset({"same-origin", "none"})


def page(request: HttpRequest, template: str, known: Mapping[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Draw a page; its links carry the language that was asked for, since nothing else may."""
    asked = request.GET.get("lingua", "")
    kept = f"?lingua={asked}" if asked in dict(settings.LANGUAGES) else ""
    return render(request, template, {**(known or {}), "kept": kept}, status=status)


def from_here(view: View) -> View:
    """Let a form through without a token, which would need a cookie: the browser itself says which page sent it.

    Nobody is signed in here, so a form sent by another site could do no more than anybody can by hand.
    """

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not _ours(request):
            return csrf_failure(request)
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)


def _ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site", "none") in OURS and origin in {"", own}
