"""INPS pulls in pages while flows arrive: each once, none lost, none twice, whoever commits first."""

from __future__ import annotations

import contextvars
import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from cortile.benefits import transmissions
from cortile.benefits.actions import flow_steps
from cortile.benefits.models import Decision, SiussFlow, SiussSettings
from cortile.benefits.siuss import records
from cortile.benefits.siuss.outcomes import milliseconds
from cortile.kit import clock
from cortile.kit.actor import acting
from tests import database
from tests.benefits import inps

# Rows that are committed: the database is this test's own.
pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def decision(django_db_setup: None, django_db_blocker: object, now: datetime) -> Iterator[Decision]:
    """Return a decision whose flows are committed as they are made, in a clone of the cast's database."""
    own = f"{database.mine()}_inps"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        database.drop(own)
        connections["default"].close()
        database.clone(database.mine(), own)
        database.point_at(own)
        inps.with_code()
        inps.transmits()
        yield inps.paid()
        database.point_at(database.mine())
    database.drop(own)


def beside(work: Callable[[], object]) -> threading.Thread:
    """Begin work on a connection of its own, in this test's world."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=contextvars.copy_context().run, args=[run])
    thread.start()
    return thread


def pages(since: int = 0, limit: int = 3) -> Iterator[tuple[str, int]]:
    """Yield what INPS pulls from an instant until nothing is left: each name and its instant."""
    by = inps.inps()
    with acting(by):
        while found := transmissions.pulled(since_ms=since, limit=limit, by=by):
            yield from ((flow.id, milliseconds(flow.instant)) for flow in found)
            since = milliseconds(found[-1].instant)


def test_who_pulls_while_two_offices_write_has_each_flow_once(decision: Decision) -> None:
    def work(first: int) -> Callable[[], object]:
        return lambda: [
            inps.told(decision, 100 + day, date(2026, 3, 7) + timedelta(days=day % 5)) for day in range(first, first + 20)
        ]

    writers, had, since = [beside(work(0)), beside(work(100))], list[str](), 0
    while any(writer.is_alive() for writer in writers):
        for name, instant in pages(since):
            had, since = [*had, name], instant
    had += [name for name, _instant in pages(since)]
    made = list(SiussFlow.objects.filter(state="ready").order_by("instant").values_list("name", flat=True))
    assert (had, len(made) > 40) == (made, True)


def slow_and_quick(decision: Decision) -> list[str]:
    """Let a slow writer take its instant and commit after a quick one began and INPS pulled; return what INPS has in the end."""
    began, pulled = threading.Event(), threading.Event()
    noon = datetime(2026, 3, 11, 12, tzinfo=UTC)

    def slow() -> None:
        with transaction.atomic(), clock.frozen(noon):
            inps.told(decision, 1_00, date(2026, 3, 9))
            began.set()
            pulled.wait(5)

    def quick() -> None:
        with clock.frozen(noon + timedelta(hours=1)):
            inps.told(decision, 2_00, date(2026, 3, 10))

    first = beside(slow)
    began.wait(5)
    second = beside(quick)
    second.join(0.5)
    had = list(pages())
    pulled.set()
    first.join()
    second.join()
    return [name for name, _at in (*had, *pages(had[-1][1] if had else 0))]


def test_a_slow_writer_s_flow_is_not_passed_over(decision: Decision) -> None:
    assert slow_and_quick(decision) == ["F205.PS.20260311.0000001", "F205.PS.20260311.0000002"]


def test_without_the_lock_it_would_be(decision: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    def unheld(agency_id: int) -> Any:  # noqa: ANN401 -- the body's settings
        return SiussSettings.objects.get(agency_id=agency_id)

    monkeypatch.setattr(flow_steps, "locked", unheld)
    # Names of their own, so that only the instants are left to collide.
    serials = itertools.count(1)
    monkeypatch.setattr(flow_steps, "flow_id", lambda body, day, _serial: records.flow_id(body, day, next(serials)))
    assert len(slow_and_quick(decision)) == 1
