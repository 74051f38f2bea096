"""A lower room tells, a higher one listens, inside the same transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pytest

from cortile.kit import events
from cortile.kit.events import Event, emit, on

pytestmark = pytest.mark.pure


@dataclass(frozen=True)
class Rang(Event):
    """The bell rang."""

    times: int


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the listeners of these tests out of the house."""
    monkeypatch.setattr(events, "_handlers", defaultdict(list))


def test_listeners_hear_in_the_order_they_came() -> None:
    heard: list[str] = []
    on(Rang)(lambda e: heard.append(f"first {e.times}"))
    on(Rang)(lambda e: heard.append(f"second {e.times}"))
    emit(Rang(2))
    assert heard == ["first 2", "second 2"]


def test_the_same_listener_hears_once() -> None:
    heard: list[int] = []

    def listen(event: Rang) -> None:
        heard.append(event.times)

    on(Rang)(on(Rang)(listen))
    emit(Rang(1))
    assert heard == [1]


def test_there_is_no_way_to_hear_everything() -> None:
    heard: list[Event] = []
    on(Event)(heard.append)
    emit(Rang(1))
    assert heard == []


def test_a_listener_that_fails_is_heard_by_who_spoke() -> None:
    on(Rang)(lambda e: 1 / (e.times - 1))
    with pytest.raises(ZeroDivisionError):
        emit(Rang(1))


def test_the_tour_can_name_who_listens() -> None:
    on(Rang)(print)
    assert events.listeners() == {"Rang": ["builtins.print"]}
