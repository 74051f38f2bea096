"""A tiny server that speaks clamd's protocol on this machine, and one that only listens."""

from __future__ import annotations

import contextlib
import socketserver
import struct
import threading
from collections.abc import Iterator

from tests.files import EICAR


class Clamd(socketserver.StreamRequestHandler):
    """Reads one INSTREAM and answers as clamd does."""

    def handle(self) -> None:
        """Read the pieces up to the empty one, and say what was found."""
        command, content = self.rfile.read(len(b"zINSTREAM\0")), b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.wfile.write(self.said(command, content))

    def said(self, command: bytes, content: bytes) -> bytes:
        """Return the line of an answer."""
        if command != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        return b"stream: Eicar-Test.UNOFFICIAL FOUND\0" if EICAR in content else b"stream: OK\0"


class TooLarge(Clamd):
    """A clamd whose StreamMaxLength is too low."""

    def said(self, command: bytes, content: bytes) -> bytes:  # noqa: ARG002 -- the protocol's own
        """Refuse the stream."""
        return b"INSTREAM size limit exceeded. ERROR\0"


class Chatter(Clamd):
    """Somebody else's program, which never ends its line."""

    def said(self, command: bytes, content: bytes) -> bytes:  # noqa: ARG002 -- the protocol's own
        """Say much, and nothing."""
        return b"a" * 100_000


class Silent(Clamd):
    """A clamd that hangs: it takes the file and says nothing while anybody waits."""

    def handle(self) -> None:
        """Wait for whoever asks to go away."""
        while self.rfile.read(1024):
            pass


@contextlib.contextmanager
def serving(handler: type[Clamd] = Clamd) -> Iterator[str]:
    """Serve on a free port of this machine and give its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
