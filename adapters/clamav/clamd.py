"""A client of clamd: one file a connection, by INSTREAM, within a few seconds."""

from __future__ import annotations

import ipaddress
import socket
import struct
import time

from django.core.exceptions import ImproperlyConfigured

from cortile.kit.scanning import CLEAN, NOT_SCANNED, infected

SECONDS = 8.0
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
Where = str | tuple[str, int]


class Clamd:
    """Asks clamd, at a socket of this machine: what people send leaves it by no network."""

    def __init__(self, address: str) -> None:
        self.where = _where(address)

    def scan(self, content: bytes) -> str:
        """Return what clamd says; a clamd that is silent, slow or confused has not looked."""
        try:
            said = _ask(self.where, content)
        except OSError:
            return NOT_SCANNED
        if said.endswith(b" FOUND"):
            raise infected()
        return CLEAN if said == b"stream: OK" else NOT_SCANNED


def _where(address: str) -> Where:
    """Read ``/path/of/a.socket`` or ``127.0.0.1:3310``."""
    if address.startswith("/"):
        return address
    host, _colon, port = address.rpartition(":")
    try:
        if ipaddress.ip_address(host).is_loopback:
            return host, int(port)
    except ValueError:
        pass
    message = f"CORTILE_SCANNER_ADDRESS={address}: use a socket's path, or 127.0.0.1 and a port"
    raise ImproperlyConfigured(message)


def _ask(where: Where, content: bytes) -> bytes:
    end = time.monotonic() + SECONDS
    with socket.socket(socket.AF_UNIX if isinstance(where, str) else socket.AF_INET) as line:
        _wait(line, end)
        line.connect(where)
        _send(line, content, end)
        return _answer(line, end)


def _send(line: socket.socket, content: bytes, end: float) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        _wait(line, end)
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket, end: float) -> bytes:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        _wait(line, end)
        heard = line.recv(LONGEST_ANSWER)
        if not heard:
            break
        said += heard
    return said.partition(b"\0")[0]


def _wait(line: socket.socket, end: float) -> None:
    """Give the next step what is left of the time; raise ``TimeoutError`` when nothing is."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
