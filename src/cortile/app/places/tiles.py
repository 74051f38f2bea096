"""T5's map on tiles, where the house has them: what the page may fetch for it, and when the map stays drawn all the same.

Who gives tiles reads where somebody looks. So nothing else is told (no page's address, no word), and a search that touches violence
asks for none: the drawn map asks nobody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from cortile.directory.searching import Results
from cortile.kit import leaflet
from cortile.kit.drawn_map import Pin
from cortile.kit.neutral import tells

Policy = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Tiles:
    """What the page's script lays the drawn pins on: where tiles are, whose they are, and where each pin is.

    ``places`` is JSON, north and east in millionths of a degree, in the order of the drawn pins.
    """

    address: str
    credit: str
    places: str
    script: str = leaflet.SCRIPT
    sheet: str = leaflet.SHEET

    @property
    def policy(self) -> Policy:
        """Return what this page may fetch beyond the others: the library's sheet, and images of the one host that has tiles."""
        parts = urlsplit(self.address)
        host = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
        return {"style-src": ["'self'"], "img-src": host}


def under(pins: Sequence[Pin], words: str, results: Results | None) -> Tiles | None:
    """Return the tiles under some pins; nothing where the house has none, there is no pin, or something found or asked tells."""
    if not settings.MAP_TILES or not pins or _tells(words, results):
        return None
    places = [(pin.north_e6, pin.east_e6) for pin in pins]
    return Tiles(settings.MAP_TILES, settings.MAP_CREDIT, json.dumps(places, separators=(",", ":")))


def _tells(words: str, results: Results | None) -> bool:
    """Tell whether what was asked, what it was understood as, or a card found says why somebody may be hiding (R098)."""
    said = [words, *(results.needs if results else ())]
    for hit in results.hits if results else ():
        card = hit.service
        said += [card.name, card.alternate_name, card.description, card.organization.name]
    return any(tells(text) for text in said)
