"""A Chromium for the tests: the machine's, else Debian's package when we may install it, else none and said so."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.paths import AS_ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Playwright's driver wants libatomic1; the fonts are the ones a page in Arabic is measured with.
PACKAGES = ("chromium", "libatomic1", "fonts-noto-core", "fonts-dejavu-core")


def find() -> Path | None:
    """Return a browser, installing one on a Debian-like machine we administer; None leaves its tests skipped by name."""
    found = _on_machine()
    if found is None and AS_ROOT and shutil.which("apt-get"):
        install()
        found = _on_machine()
    if found is None:
        print("Senza Chromium le prove con il browser vengono saltate: installa chromium per farle.", flush=True)
    return found


def install() -> None:
    """Install Chromium and what it needs with apt-get; a failure is told by ``find``."""
    print("Installo Chromium per le prove con il browser…", flush=True)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    noninteractive = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    subprocess.run([*noninteractive, "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]  # noqa: S603
    subprocess.run([*noninteractive, "install", "-y", "-qq", "--no-install-recommends", *PACKAGES], check=False, **quiet)  # type: ignore[call-overload]  # noqa: S603


def _on_machine() -> Path | None:
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return MAC if MAC.exists() else None
