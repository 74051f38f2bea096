"""Every test of the lane: its own PostgreSQL as the application's role, a stopped clock, an invented cast."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from cortile.haven import keyring, limiting
from cortile.haven.models import Association, Operator
from cortile.kit import clock
from cortile.kit.actor import Actor
from tests import database
from tests_haven import cast

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
pytest_plugins = ["tests.glass", "tests_haven.browser"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Clone the migrated template for this worker and let the cast in; drop it when the worker ends."""
    name = database.mine()
    database.drop(name)
    database.clone(database.template(), name)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.point_at(name)
        with clock.frozen(cast.NOW):
            cast.play()
        yield
        database.point_at(name)
    database.drop(name)


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """Stop the clock at ten of a Wednesday."""
    with clock.frozen(cast.NOW):
        yield cast.NOW


@pytest.fixture(autouse=True)
def _no_shift() -> Iterator[None]:
    """Begin and end with no key in memory, and with nothing counted."""
    keyring.forget()
    limiting.forget()
    yield
    keyring.forget()


@pytest.fixture(autouse=True)
def _alone(request: pytest.FixtureRequest) -> None:
    """Give the database to every test but the pure ones."""
    if not request.node.get_closest_marker("browser") and not request.node.get_closest_marker("pure"):
        request.getfixturevalue("db")


@pytest.fixture
def client() -> Client:
    """Return a browser that asks at the lane's own host."""
    return Client(headers={"host": "riservato.localhost"})


@pytest.fixture
def casa(_alone: None) -> Association:
    """Return the association of the cast."""
    return cast.association()


@pytest.fixture
def chiara(_alone: None) -> Actor:
    """Return Chiara at work: she leads the association."""
    return cast.at_work("chiara")


@pytest.fixture
def giulia(_alone: None) -> Actor:
    """Return Giulia at work: an operator of the same association."""
    return cast.at_work("giulia")


@pytest.fixture
def dora(_alone: None) -> Actor:
    """Return Dora at work: an operator of another association."""
    return cast.at_work("dora")


@pytest.fixture
def shift(_alone: None) -> keyring.Shift:
    """Return Chiara's open shift."""
    return cast.shift("chiara")


@pytest.fixture
def member(_alone: None) -> Operator:
    """Return Giulia's own row."""
    return cast.operator("giulia")
