"""The server a bench speaks to: the demo's own, on this machine only, for as long as the bench runs."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping

from django.conf import settings

HOST = "127.0.0.1"
PATIENCE = 60


def free_port() -> int:
    """Return a port nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(env: Mapping[str, str], what: str = "cortile.config.wsgi:application") -> Iterator[int]:
    """Serve like the demo does and yield the port; stop what was started when the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "2", "--log-level", "warning", what]
    more = {"CORTILE_BENCH": "1", "CORTILE_DEMO": "1", "CORTILE_PUBLIC_ADDRESS": f"http://{HOST}:{port}"}
    server = subprocess.Popen(command, env={**os.environ, **env, **more}, cwd=settings.BASE_DIR, stdout=sys.stderr)  # noqa: S603 -- our own command
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        talk = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            talk.request("GET", "/privacy/")
            talk.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            talk.close()
    message = "the server does not answer"
    raise RuntimeError(message)
