"""./run check: style, types, imports, migrations, texts. Each check says its name and, when it fails, why."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tools import house, lane
from tools.paths import ROOT, STATE, VENV, python

LINES = 60
FAST = ("formato", "ruff", "scale", "misure")
HOOK = """#!/bin/sh
# Written by ./run hooks: the checks that take seconds, before each commit.
exec ./run check --fast
"""


def run(arguments: list[str]) -> int:
    """Run every check, or the fast ones; return 1 when one fails."""
    fast = "--fast" in arguments
    env = house.child() if fast and VENV.exists() else house.stand()
    failed = [name for name, command in commands().items() if (not fast or name in FAST) and not _passes(name, command, env)]
    if not fast:
        apart = lane.stand()
        failed += [name for name, command in of_the_lane().items() if not _passes(name, command, {**apart, "HAVEN_ROLE": "owner"})]
    if failed:
        print(f"Da correggere: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def commands() -> dict[str, list[str]]:
    """Return the checks by name."""
    tool = VENV / "bin"
    return {
        "formato": [str(tool / "ruff"), "format", "--check", "--output-format", "concise", ".", "run"],
        "ruff": [str(tool / "ruff"), "check", "--output-format", "concise", ".", "run"],
        "scale": [str(tool / "lint-imports"), "--no-logo", "--cache-dir", str(STATE / "imports")],
        "misure": [python(), "-m", "tools.style_meter", "--quiet"],
        "tipi": [python(), "-m", "mypy"],
        "migrazioni": [python(), "-m", "django", "makemigrations", "--check", "--dry-run"],
        "django": [python(), "-m", "django", "check", "--fail-level", "WARNING"],
        "testi": [python(), "-m", "django", "texts", "--check"],
    }


def of_the_lane() -> dict[str, list[str]]:
    """Return the checks that read the protected lane with its own settings."""
    return {
        "corsia tipi": [python(), "-m", "mypy", "--config-file", "tools/lane_types.toml"],
        "corsia tavole": [python(), "-m", "django", "makemigrations", "--check", "--dry-run"],
        "corsia django": [python(), "-m", "django", "check", "--fail-level", "WARNING"],
    }


def hooks(_: list[str]) -> int:
    """Install the pre-commit hook of the fast checks."""
    asked = subprocess.run(["git", "rev-parse", "--git-path", "hooks"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 -- the git of this checkout
    hook = Path(ROOT / asked.stdout.strip()) / "pre-commit"
    hook.parent.mkdir(parents=True, exist_ok=True)
    hook.write_text(HOOK)
    hook.chmod(0o755)
    print("Da ora i controlli veloci partono prima di ogni commit.")
    return 0


def _passes(name: str, command: list[str], env: Mapping[str, str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(command, env={**env, "CORTILE_ROLE": "owner"}, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    good = done.returncode == 0
    print(f"{'bene ' if good else 'MALE '} {name:<12}{time.monotonic() - start:5.1f} s", flush=True)
    if not good:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-LINES:]), flush=True)
    return good
