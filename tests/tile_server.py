"""Who gives tiles, on loopback: one grey tile for every place, or none; it keeps what it was asked, and with which headers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests import loopback
from tests.files import picture


@dataclass
class TileServer:
    """Answers with a tile while it ``gives``; ``asked`` holds each path with the headers that came with it."""

    gives: bool = True
    tile: bytes = field(default_factory=lambda: picture("PNG", (256, 256)))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    host: str = ""

    @property
    def template(self) -> str:
        """Return the address of tiles, as the setting holds it."""
        return f"{self.host}/{{z}}/{{x}}/{{y}}.png"


class _Handler(loopback.Quiet, BaseHTTPRequestHandler):
    tiles: TileServer

    def do_GET(self) -> None:
        """Give a tile, or say that there is none."""
        self.tiles.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        body = self.tiles.tile if self.tiles.gives else b""
        self.send_response(200 if self.tiles.gives else 404)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def giving(tiles: TileServer) -> Iterator[TileServer]:
    """Serve tiles until the block ends."""
    with loopback.answering(_Handler, tiles=tiles) as port:
        # By its name: cookies ignore ports, and on the house's own address it would be no stranger.
        tiles.host = f"http://localhost:{port}"
        yield tiles
