"""What is missing in a quarter and what is there twice: from what was asked, and from the cards that are sure. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cortile.kit.small_cells import LEAST, Hidden
from cortile.network.rules.counting import Cell, Shown

# Topic of a request → need-words (``directory/data/needs.toml``) that answer it. A topic without words asks for no service.
NEEDS_OF: Mapping[str, tuple[str, ...]] = {
    "benefits": ("caf",), "rent": ("rent", "debts"), "health": ("health", "mind", "disability", "carer"),
    "school": ("homework", "children", "teens", "italian"), "documents": ("papers", "legal", "computer"),
    "neighbours": ("mediation",), "listening": ("elderly",),
}  # fmt: skip
SAME_NEED, FREE_SHARE = 3, 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A published card as this room reads it: which needs, in which quarters, and whether it is sure today.

    No quarter means everywhere: a card that names no catchment turns nobody away.
    """

    service_id: int
    name: str
    needs: frozenset[str]
    places: frozenset[int]
    sure: bool
    available: int | None = None
    maximum: int | None = None

    def covers(self, place: int) -> bool:
        """Tell whether somebody of a quarter may go there."""
        return not self.places or place in self.places


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic people ask about in a quarter, and the needs no sure card answers there."""

    place: int
    topic: str
    asked: int
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Several sure cards for one need where few ask."""

    place: int
    need: str
    services: tuple[int, ...]


def gaps(seen: Shown, places: Iterable[int], offers: Iterable[Offer]) -> list[Gap]:
    """Return what nobody serves. Only counts that may be shown are looked at: what is hidden is not told by this door either."""
    sure = [o for o in offers if o.sure]
    found = []
    for place in places:
        for topic, needs in NEEDS_OF.items():
            asked = seen["asked", place, topic]
            left = tuple(n for n in needs if not any(n in o.needs and o.covers(place) for o in sure))
            if not isinstance(asked, Hidden) and asked >= LEAST and left:
                found.append(Gap(place, topic, asked, left))
    return sorted(found, key=lambda g: (-g.asked, g.place, g.topic))


def word_gaps(asked: Mapping[tuple[int, str], int], offers: Iterable[Offer]) -> list[Gap]:
    """Return the very needs that were sent somewhere and no sure card answers in their quarter. Few of one are not looked at."""
    sure = [o for o in offers if o.sure]
    found = [
        Gap(place, need, count, (need,))
        for (place, need), count in asked.items()
        if count >= LEAST and not any(need in o.needs and o.covers(place) for o in sure)
    ]
    return sorted(found, key=lambda g: (-g.asked, g.place, g.topic))


def overlaps(seen: Shown, places: Iterable[int], offers: Iterable[Offer]) -> list[Overlap]:
    """Return three sure cards or more for one need, in a quarter where the page says that few asked, or nobody."""
    sure = [o for o in offers if o.sure]
    found = []
    for place in places:
        for topic, needs in NEEDS_OF.items():
            for need in needs if _few(seen["asked", place, topic]) else ():
                same = tuple(o.service_id for o in sure if need in o.needs and o.covers(place))
                if len(same) >= SAME_NEED:
                    found.append(Overlap(place, need, same))
    return found


def unfilled(offers: Iterable[Offer]) -> list[Offer]:
    """Return the sure cards that say half of their places, or more, are free."""
    return [o for o in offers if o.sure and o.available and o.maximum and o.available * FREE_SHARE >= o.maximum]


def _few(cell: Hidden | int) -> bool:
    return cell.few if isinstance(cell, Hidden) else cell < LEAST


def most_unmet(seen: Shown, places: Iterable[int], topics: Iterable[str]) -> list[Cell]:
    """Return where the most stayed without an answer, the largest first: of those that may be shown."""
    found: list[Cell] = [("unmet", p, t) for p in places for t in topics]
    sizes = {c: v for c in found if not isinstance(v := seen[c], Hidden) and v >= LEAST}
    return sorted(sizes, key=lambda c: (-sizes[c], str(c)))
