"""Where things stand: the checkout, its state folder, and the database's folder outside it."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("CORTILE_STATE", ROOT / ".state"))
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_NAME = hashlib.sha256(f"{STATE}:{os.environ.get('USER', '')}".encode()).hexdigest()[:12]
# A Unix socket path holds 107 bytes, and root's database runs as nobody: both want a short path of its own.
DATABASE_HOME = Path("/var/tmp") / f"cortile-{_NAME}"  # noqa: S108 -- a private 0700 folder, named by the checkout
VENV = STATE / f"venv-{sys.version_info.major}.{sys.version_info.minor}"


def python() -> str:
    """Return the environment's interpreter."""
    return str(VENV / "bin" / "python")
