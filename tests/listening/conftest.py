"""Requests at the points of their life where acts start, and who helps Adele with them."""

from __future__ import annotations

import pytest

from cortile.kit.actor import Actor
from cortile.listening import actions
from cortile.listening.models import HandOver, Thread
from cortile.people import actions as people
from cortile.people.access import tenant_actor
from cortile.people.models import Person
from tests import cast


@pytest.fixture
def solved(thread: Thread, marta: Actor) -> Thread:
    """Return a request we say is solved: Adele has not answered yet."""
    return actions.propose_solved(thread, by=marta, text="Riparato stamattina.")


@pytest.fixture
def closed(solved: Thread, as_adele: Actor) -> Thread:
    """Return a request closed with Adele's yes."""
    return actions.tenant_confirms(solved, by=as_adele)


@pytest.fixture
def sent(thread: Thread, marta: Actor) -> HandOver:
    """Return a question of Marta to the rents office, about Adele."""
    return actions.hand_over(thread, cast.office(), by=marta, question="È in regola?")


@pytest.fixture
def daughter(adele: Person, marta: Actor) -> Actor:
    """Return Adele's daughter, who helps with faults only."""
    given = people.name_delegate(adele, by=marta, name="Lucia Brambilla", talked_alone=True, scopes=["faults"])
    actor = tenant_actor({"kind": "delegate", "id": given.pk, "agency": given.agency_id})
    assert actor is not None
    return actor
