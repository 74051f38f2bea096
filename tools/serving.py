"""The web server of the demo: granian on 127.0.0.1, stopped cleanly with whatever started it."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from tools.paths import ROOT, python
from tools.problem import Problem

HOST = "127.0.0.1"
HOUSE, LANE = "cortile.config.wsgi:application", "cortile.haven.wsgi:application"
PATIENCE = 60
PRIVILEGED = 1024


def free(port: int) -> None:
    """Raise a ``Problem`` when something already answers on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            taken, other = error.errno == errno.EADDRINUSE, port + 1 if port > PRIVILEGED else 8000
            why = "è già occupata" if taken else "non si può usare"
            message = f"La porta {port} {why}: scegline un'altra, per esempio ./run demo --port {other}"
            raise Problem(message) from None


def start(port: int, env: Mapping[str, str], application: str = HOUSE) -> subprocess.Popen[bytes]:
    """Start the server in a group of its own, so that Ctrl-C reaches it once, from us."""
    command = [python(), "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "2", "--log-level", "warning", application]
    return subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True)  # noqa: S603 -- our own command


def answers(server: subprocess.Popen[bytes], port: int, path: str = "/") -> None:
    """Wait until a page answers; raise a ``Problem`` when the server has stopped or a minute has passed."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=5):
                return
        except urllib.error.HTTPError as page:
            if page.code < 500:  # noqa: PLR2004 -- a page of ours, whatever it says
                return
            break
        except OSError:
            time.sleep(0.1)
    message = "Il servizio non risponde: leggi le righe qui sopra."
    raise Problem(message)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and end it if it does not within ten seconds."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
