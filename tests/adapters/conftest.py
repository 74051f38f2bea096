"""What the tests of the adapters share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.app_io import web
from tests.adapters.app_io.sandbox import CODE, KEY, Sandbox, serving


@pytest.fixture
def io(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Serve App IO to an installation that has a key, with Adele on it."""
    (tmp_path / "key").write_text(f"{KEY}\n")
    with serving(Sandbox(people={CODE: True})) as sandbox:
        monkeypatch.setenv("CORTILE_IO_ADDRESS", sandbox.address)
        monkeypatch.setenv("CORTILE_IO_KEY_FILE", str(tmp_path / "key"))
        monkeypatch.setenv("CORTILE_IO_NOTES", str(tmp_path / "notes"))
        monkeypatch.setattr(web, "SECONDS", 0.4)
        yield sandbox
