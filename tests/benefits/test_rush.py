"""Five hundred people on a call with money for two hundred, through eight processes: exactly the strategy's two hundred."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from cortile.backstage.bench.reserving import AWARD, Made, Rush, prepare
from cortile.benefits import actions as benefits
from cortile.benefits import places, reads
from cortile.benefits.actions import ledger
from cortile.benefits.models import Application, Entry, Envelope, Posting
from cortile.kit import clock, scopes, wall
from cortile.kit.actor import system
from tests import cast, database

# Workers are processes of their own, on a database of their own.
pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROOT = Path(__file__).resolve().parents[2]
PEOPLE, MONEY_FOR, WORKERS = 500, 200, 8


def rush(name: str, made: Made, workers: int = WORKERS) -> Rush:
    """Let the crowd apply, in processes of their own."""
    where = urlsplit(os.environ["DATABASE_URL"])
    own = {
        "DATABASE_URL": urlunsplit(where._replace(path=f"/{name}")), "DJANGO_SETTINGS_MODULE": "cortile.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }  # fmt: skip
    words = ["-m", "cortile.backstage.bench.reserving", "rush", json.dumps(asdict(made)), str(workers), "at"]
    done = subprocess.run([sys.executable, *words], env=os.environ | own, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    assert done.returncode == 0, done.stderr
    return Rush(**json.loads(done.stdout))


def running_sums(envelope_id: int) -> list[int]:
    """Return what was available after each movement, in the order they were written."""
    sides = Posting.objects.filter(entry__envelope_id=envelope_id, account="available").order_by("entry_id")
    left, found = 0, []
    for cents in sides.values_list("cents", flat=True):
        left += cents
        found.append(left)
    return found


def holding(call_id: int) -> set[int]:
    """Return the applications that hold money."""
    return set(Entry.objects.filter(move="reserve", application__call_id=call_id).values_list("application_id", flat=True))


def first(call_id: int, *order: str) -> set[int]:
    """Return the applications the money is for, by an order."""
    rows = Application.objects.filter(call_id=call_id).order_by(*order)
    return set(rows.values_list("pk", flat=True)[:MONEY_FOR])


def told(call_id: int, body: int, every: int = 1) -> list[tuple[places.Place, str]]:
    """Return what everybody is told of their place, or one every so many, in order of arrival."""
    job = system("prova", agency_id=body)
    rows = Application.objects.filter(call_id=call_id).order_by("arrival")[::every]
    return [(place, " ".join(places.said(place))) for place in (reads.place_of(row, by=job) for row in rows)]


@pytest.fixture(params=["first_come", "priority"])
def after(request: pytest.FixtureRequest, committed: str) -> Iterator[tuple[str, Made, Rush]]:
    """Give what was made and what was seen, once everybody has applied."""
    with wall.within(wall.EVERY_BODY):
        made = prepare(request.param, PEOPLE, MONEY_FOR)
        seen = rush(committed, made)
        yield request.param, made, seen


def test_exactly_the_strategy_s_two_hundred(after: tuple[str, Made, Rush]) -> None:
    strategy, made, seen = after
    by_need = strategy == "priority"
    if by_need:
        before = told(made.call, made.agency, every=50)
        assert {(place.reached, place.provisional) for place, _ in before} == {(MONEY_FOR, True)}
        with clock.frozen(cast.NOW + timedelta(days=40)):
            benefits.draw_list(made.call, by=system("prova", agency_id=made.agency))
    order = ["line_order", "arrival"] if by_need else ["arrival"]
    assert (seen.sent, seen.refused, len(holding(made.call))) == (PEOPLE, [], MONEY_FOR)
    assert holding(made.call) == first(made.call, *order)
    assert min(seen.least, *running_sums(made.envelope)) == 0 if not by_need else min(running_sums(made.envelope)) == 0
    arrivals = Application.objects.filter(call_id=made.call).order_by("arrival").values_list("arrival", flat=True)
    assert list(arrivals) == list(range(1, PEOPLE + 1))
    later = [(place, said) for place, said in told(made.call, made.agency) if place.place > MONEY_FOR]
    assert sorted(place.place for place, _ in later) == list(range(MONEY_FOR + 1, PEOPLE + 1))
    assert {place[2:6] for place, _ in later} == {(MONEY_FOR, False, 0, 0)}
    assert all(f"al posto {place.place} su 500. I soldi bastano per le prime 200 domande" in said for place, said in later)


# --- and what happens to who does not wait ---


def naively(envelope: Envelope, key: str, together: threading.Barrier) -> None:
    """Look at the balance without holding the envelope, and then take what was there."""
    with transaction.atomic(), wall.within(wall.EVERY_BODY), scopes.opened(scopes.EVERYTHING):
        left = ledger.balance(envelope, "available")
        together.wait(20)
        if left >= AWARD:
            entry = Entry.objects.create(
                agency_id=envelope.agency_id, envelope=envelope, move="reserve", at=clock.now(), by_name="x", reason="x", key=key
            )
            sides = (("available", -AWARD), ("reserved", AWARD))
            Posting.objects.bulk_create(
                Posting(agency_id=envelope.agency_id, entry=entry, account=account, cents=cents) for account, cents in sides
            )


def together(envelope: Envelope) -> list[str]:
    """Let two take the last money at the same instant, without waiting, and return what stopped them."""
    stopped: list[str] = []
    both = threading.Barrier(2)

    def take(key: str) -> None:
        with clock.frozen(cast.NOW):
            try:
                naively(envelope, key, both)
            except IntegrityError as error:
                stopped.append(str(error))
        connections.close_all()

    hands = [threading.Thread(target=take, args=[key]) for key in ("one", "other")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return stopped


@pytest.fixture
def last_money(committed: str) -> Iterator[Envelope]:
    """Give an envelope with money for one."""
    with wall.within(wall.EVERY_BODY):
        federica = cast.at_desk("federica")
        envelope = benefits.open_envelope(cast.agency(), by=federica, code="U", fund="prova")
        benefits.allocate(envelope, by=federica, cents=AWARD, reason="prova")
        yield envelope


def left_in(envelope: Envelope) -> int:
    """Return what is left."""
    return ledger.balance(envelope, "available")


def test_two_who_do_not_wait_are_stopped_by_the_database(last_money: Envelope) -> None:
    stopped = together(last_money)
    assert (len(stopped), "balance_never_below_nought" in stopped[0], left_in(last_money)) == (1, True, 0)


def test_and_without_its_check_they_are_seen_to_overspend(committed: str, last_money: Envelope) -> None:
    with database.as_owner(committed) as owner:
        owner.execute("ALTER TABLE benefits_balance DROP CONSTRAINT balance_never_below_nought")
    assert (together(last_money), left_in(last_money)) == ([], -AWARD)


def test_no_side_is_added_to_a_movement_that_is_over(last_money: Envelope) -> None:
    words = "INSERT INTO benefits_posting (agency_id, entry_id, account, cents) SELECT agency_id, id, 'paid', 1 FROM benefits_entry"
    writes = scopes.opened(scopes.EVERYTHING)
    with pytest.raises(DatabaseError, match="when it is written"), transaction.atomic(), writes, connection.cursor() as cursor:
        cursor.execute(words)
    assert left_in(last_money) == AWARD
