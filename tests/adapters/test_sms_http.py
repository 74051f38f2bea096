"""The SMS gateway over HTTP: what is asked of it, and what its answers mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured

from adapters.sms_http import gateway as adapter
from cortile.kit.carriers import Later, Never, Parcel
from tests import sms_gateway
from tests.sms_gateway import BROKEN, HANGS, HANGS_AFTER, REFUSED, Gateway, environment

pytestmark = pytest.mark.pure
PARCEL = Parcel("sms", "333 5550 101", "", "Hai un messaggio.", "0b5c1a")


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """Return a gateway that runs, and that the environment names."""
    monkeypatch.setattr(adapter, "SECONDS", 0.3)
    with sms_gateway.serving(Gateway()) as running:
        for name, value in environment(running).items():
            monkeypatch.setenv(name, value)
        yield running


def test_an_sms_leaves_with_our_reference(gateway: Gateway) -> None:
    assert adapter.Gateway().send(PARCEL) == "g-1"
    (sms,) = gateway.posts
    assert (sms["to"], sms["text"], sms["reference"], sms["key"]) == ("+393335550101", PARCEL.text, "0b5c1a", "0b5c1a")
    assert sms["token"] == "Bearer prova"


def test_names_are_the_gateway_s_own(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORTILE_SMS_FIELDS", "to=recipient, text=body,from=alias")
    monkeypatch.setenv("CORTILE_SMS_FROM", "ALER Milano")
    adapter.Gateway().send(PARCEL)
    assert {"recipient", "body", "alias", "reference"} <= set(gateway.posts[0])


@pytest.mark.parametrize(("fault", "raised"), [(BROKEN, Later), (REFUSED, Never), (HANGS, Later), (HANGS_AFTER, Later)])
def test_a_fault_is_for_now_or_for_good(fault: str, raised: type[Exception], gateway: Gateway) -> None:
    gateway.faults = [fault]
    with pytest.raises(raised):
        adapter.Gateway().send(PARCEL)


def test_a_gateway_that_is_not_there_is_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORTILE_SMS_ADDRESS", "http://127.0.0.1:1/sms")
    with pytest.raises(Later):
        adapter.Gateway().send(PARCEL)


def test_what_it_accepted_is_found_and_what_it_did_not_is_not(gateway: Gateway) -> None:
    carrier = adapter.Gateway()
    assert carrier.look_up(PARCEL.reference) is None
    carrier.send(PARCEL)
    assert carrier.look_up(PARCEL.reference) == "sent"


def test_its_own_words_are_read(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORTILE_SMS_STATES", "UNDELIV=bounced")
    gateway.states = {"a": "undeliv", "b": "DELIVERED", "c": "chissà"}
    assert [adapter.Gateway().look_up(reference) for reference in "abc"] == ["bounced", "delivered", "sent"]


def test_one_that_cannot_be_asked_is_not(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORTILE_SMS_LOOKUP")
    assert not adapter.Gateway().looks_up
    assert adapter.Gateway().look_up("a") is None


@pytest.mark.parametrize("address", ["http://192.0.2.7/sms", "ftp://x.example.invalid", "http://x.example.invalid/sms", ""])
def test_nothing_travels_in_clear(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORTILE_SMS_ADDRESS", address)
    with pytest.raises(ImproperlyConfigured, match="https"):
        adapter.Gateway()


@pytest.mark.parametrize("number", ["333 5550 101", "+39 333 5550101", "0039 333-5550-101"])
def test_a_number_is_said_with_its_country(number: str) -> None:
    assert adapter.international(number) == "+393335550101"
