"""A server of the tests' own on loopback: it answers on a free port until a block ends, and leaves no thread behind."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Quiet:
    """Of a handler: a failing test shows itself, so nothing is said of a request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def answering(handler: type[BaseHTTPRequestHandler], **knows: object) -> Iterator[int]:
    """Answer with a handler until the block ends. Yield the port; what the handler ``knows`` becomes its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Known", (handler,), knows))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
