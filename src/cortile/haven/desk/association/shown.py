"""What the association's pages share: whose shift it is, and papers that are shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.haven.actions.keys_life import Turned
from cortile.haven.keyring import Shift
from cortile.kit.actor import Actor, current


def at_desk(request: HttpRequest) -> tuple[Shift, Actor]:
    """Return the open shift of a request, and who works."""
    shift: Shift = request.shift  # type: ignore[attr-defined]  # set by the middleware for whoever passes the policy
    return shift, current()


def only_once(request: HttpRequest, papers: list[str], turned: Turned | None = None) -> HttpResponse:
    """Show three papers, in this answer and nowhere else."""
    return render(request, "haven/desk/association/papers.html", {"papers": papers, "turned": turned})


def as_file(text: str, name: str) -> HttpResponse:
    """Return a text as a file to keep, under a neutral name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
