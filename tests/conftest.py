"""Every test: real PostgreSQL as the application's role, a stopped clock, the cast by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from cortile.agencies.models import Agency, Office
from cortile.kit import clock, kept, wall
from cortile.kit.actor import Actor
from cortile.listening.models import Thread
from cortile.people.models import Person
from tests import cast, database, sessions

# Playwright keeps a loop in this thread; Django then refuses the database unless told that nobody awaits here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
pytest_plugins = ["tests.glass", "tests.browser", "tests.criteria"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Clone the migrated template for this worker and let the cast in; drop it when the worker ends."""
    name = database.mine()
    database.drop(name)
    database.clone(database.template(), name)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.point_at(name)
        with wall.within(wall.EVERY_BODY):
            cast.play()
        yield
        database.point_at(name)
    database.drop(name)


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """Stop the clock at ten of a Wednesday; a browser's server hangs the same one on its wall."""
    with clock.frozen(cast.NOW):
        yield cast.NOW


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Begin and end with nothing kept from another test's database."""
    kept.forget()
    yield
    kept.forget()


@pytest.fixture(autouse=True)
def _everywhere() -> Iterator[None]:
    """Let a test look at every body's rows; acts and pages stand where their own actor does, behind the wall."""
    with wall.within(wall.EVERY_BODY):
        yield


@pytest.fixture(autouse=True)
def _alone(request: pytest.FixtureRequest) -> None:
    """Give the database to every test but the pure ones, so that nobody asks for it by hand."""
    if not request.node.get_closest_marker("browser") and not request.node.get_closest_marker("pure"):
        request.getfixturevalue("db")


@pytest.fixture
def adele(_alone: None) -> Person:
    """Return Adele, 78, scala B."""
    return cast.person("adele")


@pytest.fixture
def samira(_alone: None) -> Person:
    """Return Samira, who reads Arabic."""
    return cast.person("samira")


@pytest.fixture
def gianni(_alone: None) -> Person:
    """Return Gianni, behind with the rent."""
    return cast.person("gianni")


@pytest.fixture
def as_adele(_alone: None) -> Actor:
    """Return Adele signed in to the app."""
    return cast.herself("adele")


@pytest.fixture
def marta(_alone: None) -> Actor:
    """Return Marta, community manager of San Siro, at work."""
    return cast.at_desk("marta")


@pytest.fixture
def bruno(_alone: None) -> Actor:
    """Return Bruno, community manager of another quarter of the same body."""
    return cast.at_desk("bruno")


@pytest.fixture
def paola(_alone: None) -> Actor:
    """Return Paola, the lead."""
    return cast.at_desk("paola")


@pytest.fixture
def salvatore(_alone: None) -> Actor:
    """Return Salvatore, the custodian."""
    return cast.at_desk("salvatore")


@pytest.fixture
def silvia(_alone: None) -> Actor:
    """Return Silvia, of the desk."""
    return cast.at_desk("silvia")


@pytest.fixture
def lucia(_alone: None) -> Actor:
    """Return Lucia, the nurse."""
    return cast.at_desk("lucia")


@pytest.fixture
def ornella(_alone: None) -> Actor:
    """Return Ornella, of the rents office."""
    return cast.at_desk("ornella")


@pytest.fixture
def federica(_alone: None) -> Actor:
    """Return Federica, who decides and pays contributions."""
    return cast.at_desk("federica")


@pytest.fixture
def sara(_alone: None) -> Actor:
    """Return Sara, community manager in Lodi: another body."""
    return cast.at_desk("sara")


@pytest.fixture
def luca(_alone: None) -> Actor:
    """Return Luca, the lead in Lodi."""
    return cast.at_desk("luca")


@pytest.fixture
def anna(_alone: None) -> Actor:
    """Return Anna, who sets up the body of Lodi."""
    return cast.at_desk("anna")


@pytest.fixture
def system() -> Actor:
    """Return the actor that sets up what a test needs, through the rooms' acts."""
    return cast.SYSTEM


@pytest.fixture
def milano(_alone: None) -> Agency:
    """Return ALER Milano."""
    return cast.agency()


@pytest.fixture
def lodi(_alone: None) -> Agency:
    """Return the body of Lodi."""
    return cast.agency("aler-lodi")


@pytest.fixture
def rents(_alone: None) -> Office:
    """Return the rents office of Milano."""
    return cast.office()


@pytest.fixture
def thread(_alone: None) -> Thread:
    """Return a request Adele opened in the app: her lift is out of order."""
    return cast.open_request("adele")


@pytest.fixture
def enter(client: Client) -> sessions.Enter:
    """Return ``enter("marta")``: a test client signed in as one of the cast."""
    return sessions.Enter(client)
