"""A mail server of the tests' own on loopback, which may die once it has a whole mail and before it says so."""

from __future__ import annotations

import contextlib
import email
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Server:
    """What arrived, by Message-ID, and how many times it dies after the data."""

    port: int = 0
    dies: int = 0
    identifiers: list[str] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    server_: Server

    def handle(self) -> None:
        """Speak as much SMTP as one mail needs."""
        self._say("220 prova")
        while line := self.rfile.readline().decode().strip().upper():
            if line.startswith("DATA"):
                self._say("354 avanti")
                self._keep()
                if self.server_.dies:
                    self.server_.dies -= 1
                    return
            self._say("221 ciao" if line == "QUIT" else "250 va bene")
            if line == "QUIT":
                return

    def _keep(self) -> None:
        mail = b"".join(iter(self.rfile.readline, b".\r\n"))
        self.server_.identifiers.append(email.message_from_bytes(mail)["Message-ID"])

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """Serve on a free port of this machine until the block ends."""
    kept = Server()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Session", (_Session,), {"server_": kept})) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()
