"""A page nobody touches leaves the glass: after how long, and where to. With scripts theirs is the clock, without the page's."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from cortile.kit import idle
from cortile.kit.actor import Actor, Kind

DOORS = {
    Kind.STAFF: "workspace:lock", Kind.LINK: "workspace:office_door",
    Kind.TENANT: "app:sign_in", Kind.DELEGATE: "app:sign_in", Kind.REPRESENTATIVE: "app:sign_in",
}  # fmt: skip
# Where words are typed nothing may leave by itself: without scripts nobody has kept them yet.
_TYPED = re.compile(rb"<textarea|<select|data-draft|<input(?![^>]*type=.(?:hidden|search|submit))")
_AWAY = '<noscript><meta http-equiv="refresh" content="{};url={}"></noscript></head>'


def minutes(request: HttpRequest, actor: Actor) -> int:
    """Return how long the page of somebody signed in may stay untouched, in minutes; 0 for nobody's."""
    return idle.minutes(request.session) if actor.kind in DOORS else 0


def way_out(request: HttpRequest, actor: Actor, *, still: bool = False) -> str:
    """Return where an untouched page leads. ``still`` says that only the page has rested, and perhaps not who reads it."""
    door = reverse(DOORS[actor.kind])
    if actor.kind != Kind.STAFF:
        return door
    words = ({"ferma": "1"} if still else {}) | ({"next": request.get_full_path()} if request.method == "GET" else {})
    return f"{door}?{urlencode(words)}" if words else door


def leave_without_scripts(request: HttpRequest, response: HttpResponse, actor: Actor) -> None:
    """Let a page on which nothing is typed leave by itself where no script does it."""
    rest = minutes(request, actor)
    if rest and request.method == "GET" and _only_read(response) and not request.path.startswith(reverse("workspace:lock")):
        away = format_html(_AWAY, rest * idle.MINUTE, way_out(request, actor, still=True))
        response.content = response.content.replace(b"</head>", away.encode(), 1)


def _only_read(response: HttpResponse) -> bool:
    page = response.status_code == HTTPStatus.OK and response.get("Content-Type", "").startswith("text/html")
    return page and not response.streaming and not _TYPED.search(response.content)
