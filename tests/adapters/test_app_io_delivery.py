"""The outbox through App IO: what is told arrives once, or goes another way, and says nothing of what is sensitive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from adapters.app_io.carrier import AppIo
from cortile.kit import clock, scopes
from cortile.kit.carriers import Parcel
from cortile.messages import actions, channels
from cortile.messages.models import Delivery
from cortile.people.models import Person
from tests import cast
from tests.adapters.app_io.sandbox import AFTER, BEFORE, CODE, SUBMIT, Sandbox
from tests.messages.samples import VALUES
from tests.messages.test_outbox import UNSAID


class Killed(BaseException):
    """The worker died."""


class Dying(AppIo):
    """A worker that dies with the answer in its hands."""

    def send(self, parcel: Parcel) -> str:
        """Give it to App IO, and die."""
        super().send(parcel)
        raise Killed


@pytest.fixture
def samira(settings: Settings) -> Person:
    """Return Samira, who chose App IO."""
    settings.CARRIERS = {**settings.CARRIERS, "io": "adapters.app_io.carrier.AppIo"}
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(code="samira").update(channel="io", fiscal_code=CODE)
    return cast.person("samira")


def tell(person: Person, **details: bool) -> None:
    """Tell somebody that their request arrived."""
    actions.tell(person, "receipt", by=cast.machine(), values=VALUES, sms="receipt_sms", **details)


def work(minutes: int = 0, *, io: AppIo | None = None) -> None:
    """Let a worker do a round, so many minutes later."""
    with clock.frozen(cast.NOW + timedelta(minutes=minutes)):
        actions.deliver(by=cast.SYSTEM, through={"io": io or AppIo(), "sms": channels.Files()})


def states() -> dict[str, str]:
    """Return where each way stands."""
    return dict(Delivery.objects.order_by("pk").values_list("channel", "state"))


def test_what_is_told_arrives(io: Sandbox, samira: Person) -> None:
    tell(samira)
    work()
    assert (states(), len(io.taken), io.refused) == ({"io": "sent"}, 1, [])
    io.status = "PROCESSED"
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        actions.follow_up(by=cast.SYSTEM, through={"io": AppIo()})
    assert states() == {"io": "delivered"}


def test_a_worker_killed_between_sending_and_recording_sends_no_second(io: Sandbox, samira: Person) -> None:
    tell(samira)
    with pytest.raises(Killed):
        work(io=Dying())
    work(6)
    assert (states(), len(io.taken)) == ({"io": "sent"}, 1)


@pytest.mark.parametrize(("fault", "taken"), [(BEFORE, 0), (AFTER, 1)])
def test_a_silence_ends_as_one_sms_and_never_two_there(io: Sandbox, samira: Person, fault: str, taken: int) -> None:
    tell(samira)
    io.faults[SUBMIT] = [fault]
    for minutes in (0, 5, 10, 60):
        work(minutes)
    assert (states(), len(io.taken)) == ({"io": "failed", "sms": "sent"}, taken)


def test_who_is_not_there_reads_it_by_sms(io: Sandbox, samira: Person) -> None:
    io.people.clear()
    tell(samira)
    work()
    assert (states(), io.taken) == ({"io": "failed", "sms": "sent"}, [])
    assert Delivery.objects.get(channel="io").last_error == "La persona non usa App IO"


def test_what_is_sensitive_says_nothing_of_it_there(io: Sandbox, samira: Person) -> None:
    tell(samira, sensitive=True)
    work()
    said = str(io.taken[0]["content"]).lower()
    assert not [word for word in (*UNSAID, "http", str(VALUES["number"]).lower()) if word in said]


def test_what_is_not_sensitive_says_its_number(io: Sandbox, samira: Person) -> None:
    tell(samira)
    work()
    assert str(VALUES["number"]) in io.taken[0]["content"]["markdown"].replace("\\", "")
