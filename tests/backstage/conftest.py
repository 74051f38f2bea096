"""A small invented world for the tests that walk in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.backstage import worlds


@pytest.fixture(scope="module")
def small_world(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Build one small world for a whole file. What a test writes in it stays until the file ends."""
    with django_db_blocker.unblock(), worlds.built("walk"):  # type: ignore[attr-defined]  # pytest-django's own object
        yield
