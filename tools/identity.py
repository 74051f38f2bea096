"""A certified OpenID Connect provider for the tests, fetched once by its lock: Node's own, or out of the Node wheel."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from tools import environment
from tools.paths import ROOT, STATE, VENV
from tools.problem import Problem

LOCK = ROOT / "requirements" / "oidc"
HOME = STATE / "oidc"
OLDEST_NODE = (20, 19)
FILES = ("package.json", "package-lock.json")
INSTALL = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def ready() -> dict[str, str]:
    """Return what the tests read to start the provider. Raise ``Problem`` where it cannot be fetched."""
    node, npm = _node()
    wanted = hashlib.sha256((LOCK / FILES[1]).read_bytes()).hexdigest()
    stamp = HOME / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(npm)
        stamp.write_text(wanted)
    return {"CORTILE_NODE": node, "CORTILE_OIDC": str(HOME / "node_modules" / "oidc-provider" / "lib" / "index.js")}


def _install(npm: str) -> None:
    print("Preparo il provider OpenID Connect delle prove (solo la prima volta)…", flush=True)
    HOME.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(LOCK / name, HOME / name)
    done = subprocess.run([npm, *INSTALL], cwd=HOME, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        message = "Non riesco a scaricare il provider OpenID Connect delle prove: controlla la rete e riprova. Salto le sue prove."
        raise Problem(message)


def _node() -> tuple[str, str]:
    """Return node and npm: the machine's where they are new enough, else those of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return node, npm
    own = VENV / "bin"
    if not (own / "node").exists():
        environment.add("node.txt")
    return str(Path(own / "node")), str(own / "npm")


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- found on this machine
    return tuple(int(n) for n in re.findall(r"\d+", said.stdout)[:2])
