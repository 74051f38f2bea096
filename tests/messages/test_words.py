"""What an operator reads of a message on its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from cortile.kit.actor import Actor
from cortile.kit.carriers import Later, Never
from cortile.messages import actions, reads
from tests import cast
from tests.carriers import Watched
from tests.messages.test_outbox import NIGHT, choose, only, tell, work
from tests.sessions import Enter


def outcomes(by: Actor) -> list[str]:
    (message,) = reads.to_person(cast.person("samira").pk, by=by)
    return message.outcomes


def test_it_leaves_it_arrives(marta: Actor) -> None:
    tell(cast.person("samira"))
    assert outcomes(marta) == ["SMS: parte tra poco"]
    work(Watched())
    assert outcomes(marta) == ["SMS: partito"]
    actions.settle(str(only().reference), by=cast.SYSTEM, state="delivered")
    assert outcomes(marta) == ["SMS: arrivato"]


def test_it_waits_for_the_morning(marta: Actor) -> None:
    tell(cast.person("samira"))
    work(Watched(), at=NIGHT)
    assert outcomes(marta) == ["SMS: aspetta le 8:00"]


@pytest.mark.parametrize(
    ("failure", "said"), [(Later("chiuso"), "SMS: non è partito, riprova alle 10:01"), (Never("no"), "SMS: non arrivato")]
)
def test_it_did_not_leave(failure: Exception, said: str, marta: Actor) -> None:
    tell(cast.person("samira"))
    work(Watched(failures=[failure]))
    assert outcomes(marta) == [said]


def test_on_paper(marta: Actor) -> None:
    message = tell(choose("samira", channel="paper"))
    assert outcomes(marta) == ["Da consegnare su carta"]
    actions.give_on_paper(message, by=marta)
    assert outcomes(marta) == ["Dato su carta"]


def test_the_page_of_a_request_says_it(enter: Enter) -> None:
    thread = cast.open_request("samira")
    client: Client = enter("marta")
    assert "SMS: parte tra poco" in client.get(f"/scrivania/richieste/{thread.number}/").content.decode()


def test_and_so_does_the_person_s(enter: Enter) -> None:
    cast.open_request("samira")
    cast.in_front("marta", "samira")
    work(Watched(failures=[Never("no")]), at=cast.NOW + timedelta(minutes=1))
    page = enter("marta").get(f"/scrivania/persone/{cast.person('samira').pk}/").content.decode()
    assert "SMS: non arrivato" in page
