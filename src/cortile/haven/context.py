"""What every page of the lane knows: its language, and whether somebody's shift is open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from cortile.kit.actor import PUBLIC, Actor, Kind
from cortile.kit.frame import Frame


class Page(Frame):
    """The frame of a page."""

    service = "Spazio"
    exit = settings.EXIT_ADDRESS

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", PUBLIC)

    @property
    def at_work(self) -> bool:
        """Tell whether a shift is open."""
        return self.actor.kind == Kind.STAFF

    @property
    def rests(self) -> int:
        """Return after how many minutes untouched a page of the desk leaves the glass; nobody's pages stay."""
        return settings.REST_MINUTES if self.at_work else 0

    @property
    def way_out(self) -> str:
        """Return where it leads then."""
        return "/lavoro/entra/" if self.at_work else ""


def page(request: HttpRequest) -> dict[str, Page]:
    """Give templates the frame."""
    return {"page": Page(request)}
