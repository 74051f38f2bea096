"""What the frame of every page knows, of the house as of the lane: in which language it speaks."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from cortile.kit import languages


class Frame:
    """The languages of a page."""

    demo = settings.DEMO

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Return the languages one may choose, each with its own name."""
        return list(settings.LANGUAGES)

    @property
    def language(self) -> str:
        """Return the language of the page."""
        return get_language() or languages.SOURCE

    @property
    def direction(self) -> str:
        """Return ``rtl`` for Arabic."""
        return languages.of(self.language).direction

    @property
    def draft_language(self) -> bool:
        """Tell whether nobody has read the page's translation yet."""
        return not languages.reviewed(self.language)
