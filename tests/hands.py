"""A hand on a page: what it taps and types is counted, and one more than the budget is a failure."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

PLENTY = 99
# A tap and the thought before it, and a key on a phone: seconds of the keystroke-level model (product §5).
TAP_SECONDS, KEY_SECONDS = 1.1 + 1.35, 0.5


class OverBudgetError(AssertionError):
    """A flow asked for a tap or a key more than it may."""


@dataclass
class Hand:
    """Counts what a hand does on a page."""

    page: Page
    most_taps: int = PLENTY
    most_keys: int = PLENTY
    taps: int = 0
    keys: int = 0

    def tap(self, words: str) -> None:
        """Tap the choice, button or link that says something."""
        self.tap_on(self.page.locator("label, button, summary, main a, nav a", has_text=words).locator("visible=true").first)

    def tap_on(self, place: Locator) -> None:
        """Tap a place of the page."""
        self._count(taps=1)
        place.click()

    def write(self, box: str, words: str) -> None:
        """Tap a field and type, in place of what stands there."""
        self._count(taps=1, keys=len(words))
        self.page.locator(box).click()
        self.page.locator(box).press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def look_for(self, words: str, *, scripts: bool) -> None:
        """Look for somebody at the desk: with scripts the names come by themselves, without it takes Enter."""
        self.write("#id_q", words)
        if scripts:
            # Names still coming would move under the finger: a person waits for the list to stand.
            self.page.locator(f'#trovati[data-of="{words}"]').wait_for(state="attached")
        else:
            self._count(keys=1)
            self.page.keyboard.press("Enter")

    @property
    def seconds(self) -> float:
        """Return how long this takes, by the keystroke-level model."""
        return self.taps * TAP_SECONDS + self.keys * KEY_SECONDS

    def _count(self, *, taps: int = 0, keys: int = 0) -> None:
        self.taps += taps
        self.keys += keys
        if self.taps > self.most_taps or self.keys > self.most_keys:
            message = f"{self.taps} taps of {self.most_taps}, {self.keys} keys of {self.most_keys}"
            raise OverBudgetError(message)
