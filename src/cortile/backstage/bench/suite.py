"""A test of the suite run as a bench: the same code on more cases, telling its figures in a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

Say = Callable[[str], None]


def figures(test: str, **more: str) -> dict[str, Any]:
    """Run one test and return what it measured, whether it passed or not: the goals judge."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "figures.json"
        env = {**os.environ, **more, "CORTILE_FIGURES": str(told)}
        for ours in ("DATABASE_URL", "CORTILE_OWNER_DATABASE_URL"):
            env.pop(ours, None)
        command = [sys.executable, str(settings.BASE_DIR / "run"), "test", "--", "-q", test]
        subprocess.run(command, env=env, cwd=settings.BASE_DIR, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
        found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return found
