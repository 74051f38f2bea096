"""A house whose rows are committed, for what several processes do to one envelope at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connections

from tests import database


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object, now: datetime) -> Iterator[str]:
    """Give a clone of the cast's database; drop it afterwards."""
    own = f"{database.mine()}_money"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.drop(own)
        connections["default"].close()
        database.clone(database.mine(), own)
        database.point_at(own)
        yield own
        database.point_at(database.mine())
    database.drop(own)
