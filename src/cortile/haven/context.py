"""What every page of the lane knows: its language, and whether somebody's shift is open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from cortile.kit import languages
from cortile.kit.actor import PUBLIC, Actor, Kind


class Page:
    """The frame of a page."""

    demo = settings.DEMO
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
    def languages(self) -> list[tuple[str, str]]:
        """Return the languages of the lane, each with its own name."""
        return list(settings.LANGUAGES)

    @property
    def language(self) -> str:
        """Return the language of the page."""
        return get_language() or "it"

    @property
    def direction(self) -> str:
        """Return ``rtl`` for Arabic."""
        return languages.of(self.language).direction

    @property
    def draft_language(self) -> bool:
        """Tell whether nobody has read the page's translation yet."""
        return not languages.reviewed(self.language)

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
