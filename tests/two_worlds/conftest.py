"""Two worlds for the tests that compare them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.two_worlds import worlds
from tests.two_worlds.worlds import Pair


@pytest.fixture(scope="module")
def pair(django_db_setup: None, django_db_blocker: object) -> Iterator[Pair]:
    """Return both worlds."""
    with django_db_blocker.unblock(), worlds.both() as found:  # type: ignore[attr-defined]  # pytest-django's own object
        yield found


@pytest.fixture(autouse=True)
def _alone(pair: Pair, django_db_blocker: object) -> Iterator[None]:
    """Stand in front of the two worlds instead of among the cast."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        yield
