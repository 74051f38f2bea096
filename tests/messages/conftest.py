"""A house whose rows are committed, for what several workers do at once, and for those that die."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connections

from cortile.agencies.models import Agency
from cortile.kit import scopes
from tests import database


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object, now: datetime) -> Iterator[str]:
    """Give a clone of the cast's database, in which it is no quiet hour whatever the hour; drop it afterwards."""
    own = f"{database.mine()}_post"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.drop(own)
        connections["default"].close()
        database.clone(database.mine(), own)
        database.point_at(own)
        with scopes.opened(scopes.EVERYTHING):
            Agency.objects.update(quiet_from=0, quiet_until=0)
        yield own
        database.point_at(database.mine())
    database.drop(own)
