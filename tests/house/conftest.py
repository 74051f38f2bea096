"""The walls that look at pages walk in a small invented world."""

from __future__ import annotations

from tests.backstage.conftest import small_world

__all__ = ["small_world"]
