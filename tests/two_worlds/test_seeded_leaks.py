"""The comparison itself is held to account: a leak planted in any channel is caught, and clean code is not accused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from pytest_django import Settings

from tests import database
from tests.two_worlds import leaks
from tests.two_worlds.comparing import told_apart
from tests.two_worlds.leaks import EVERY, Leak
from tests.two_worlds.product import Request
from tests.two_worlds.worlds import WITH, WITHOUT, Pair


@pytest.fixture(autouse=True)
def _watched(settings: Settings, pair: Pair) -> Iterator[None]:
    """Let a leak stand last of the middlewares."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.two_worlds.leaks.Middleware"]
    yield
    leaks.planted, leaks.exists = None, False
    for left in settings.OUTBOX_DIR.glob("planted.txt"):
        left.unlink()
    _number_alike(pair)


def _number_alike(pair: Pair) -> None:
    """Let both worlds give the same next number again: a leak may have taken one, and no rollback gives it back."""
    with database.as_owner(pair.databases[WITHOUT]) as without, database.as_owner(pair.databases[WITH]) as with_cases:
        last = without.execute("SELECT last_value, is_called FROM listening_thread_number").fetchone()
        with_cases.execute("SELECT setval('listening_thread_number', %s, %s)", last)


def asked_in_both(pair: Pair, leak: Leak | None, requests: list[Request]) -> list[str]:
    """Ask the same in both worlds, where a leak stands, and name what differs."""
    answers = []
    for which in (WITHOUT, WITH):
        leaks.planted, leaks.exists = leak, which == WITH
        answers.append(pair.asked(which, requests))
    return told_apart(requests, *answers)


def probe(pair: Pair, name: str) -> list[Request]:
    """Return the request that shows a leak, asked twice: what is remembered shows the second time."""
    one = EVERY[name].probe
    return [replace(one, address=one.address.format(**pair.things))] * 2


@pytest.mark.parametrize("name", EVERY)
def test_a_leak_is_caught(pair: Pair, name: str) -> None:
    assert asked_in_both(pair, EVERY[name].leak, probe(pair, name)) != []


def test_without_a_leak_nobody_is_accused(pair: Pair) -> None:
    requests = [request for name in EVERY for request in probe(pair, name)]
    assert asked_in_both(pair, None, requests) == []


def test_there_is_a_leak_for_every_channel() -> None:
    assert len(EVERY) >= 40
    assert settings.MIDDLEWARE[-1].endswith("leaks.Middleware")
