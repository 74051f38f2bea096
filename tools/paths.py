"""Where things stand: the checkout, its state folder, and the database's folder outside it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("CORTILE_STATE", ROOT / ".state"))
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CLUSTER = STATE / "postgres.json"
# The protected lane's own: its folder is read by whoever serves the lane, and by nobody else.
LANE_STATE = STATE / "haven"
LANE_CLUSTER = LANE_STATE / "postgres.json"


def _database_home(note: Path) -> Path:
    """Return where a cluster of this checkout is, or will be; once made, the same from every shell."""
    if note.exists():
        return Path(json.loads(note.read_text())["home"])
    who = os.getuid() if hasattr(os, "getuid") else 0
    name = hashlib.sha256(f"{note.parent}:{who}".encode()).hexdigest()[:12]
    # A Unix socket path holds 107 bytes, and root's database runs as nobody: both want a short path of its own.
    return Path("/var/tmp") / f"cortile-{name}"  # noqa: S108 -- a private 0700 folder, named by the checkout


DATABASE_HOME = _database_home(CLUSTER)
LANE_DATABASE_HOME = _database_home(LANE_CLUSTER)
VENV = STATE / f"venv-{sys.version_info.major}.{sys.version_info.minor}"


def python() -> str:
    """Return the environment's interpreter."""
    return str(VENV / "bin" / "python")
