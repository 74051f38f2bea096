"""A service, a request of Adele's, and a referral of hers with her yes."""

from __future__ import annotations

import pytest

from cortile.directory.models import Service
from cortile.listening.models import Thread
from cortile.referrals.models import Referral
from tests import cast
from tests.referrals import world


@pytest.fixture
def service(_alone: None) -> Service:
    """Return the after-school club, which answers by mail."""
    return world.service()


@pytest.fixture
def other(_alone: None) -> Service:
    """Return another one, in the next court."""
    return world.service("La Corte", email="corte@example.invalid")


@pytest.fixture
def thread(_alone: None) -> Thread:
    """Return a request of Adele's."""
    return cast.open_request("adele", chip="school", title="Compiti dei nipoti")


@pytest.fixture
def sent(thread: Thread, service: Service) -> Referral:
    """Return a referral of Adele's with her yes, sent this morning by Marta."""
    return world.send(thread, service)
