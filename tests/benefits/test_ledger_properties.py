"""Whatever moves, in whatever order: no account below nought, the accounts come to nought together, nobody passed over."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cortile.benefits import actions as benefits
from cortile.benefits.actions import ledger
from cortile.benefits.line import Line
from cortile.benefits.models import Application, Envelope
from cortile.benefits.rules.allocating import Strategy, allocate
from cortile.benefits.stages import MOVES
from cortile.kit import scopes
from cortile.kit.refusals import Refused
from tests import cast
from tests.benefits import money, notices
from tests.benefits.queues import DUE, balances, decided, entries, revoked, withdrawn

# Money leaves, and comes back, by a line of a batch only: those walks are in ``test_payment_walks.py``.
MOVED = st.lists(st.tuples(st.sampled_from(sorted(set(MOVES) - {"pay", "return"})), st.integers(1, 500_00)), max_size=12)
ACTS = ("decide", "withdraw", "revoke", "add")
DID = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(sorted(DUE)), st.integers(1, 600_00)),
               max_size=5)  # fmt: skip
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def empty() -> Envelope:
    """Return an envelope of no call, with nothing in it."""
    with scopes.opened(scopes.EVERYTHING):
        return Envelope.objects.create(agency=cast.agency(), code="P", fund="prova")


@FEW
@given(moved=MOVED)
@example(moved=[("allocate", 100), ("reserve", 60), ("commit", 60), ("free", 20), ("recover", 1), ("reserve", 61)])
def test_no_sequence_of_movements_takes_an_account_below_nought(empty: Envelope, moved: list[tuple[str, int]]) -> None:
    expected = dict.fromkeys(("available", "reserved", "committed", "paid", "recovered", "funding"), 0)
    with transaction.atomic(), scopes.opened(scopes.EVERYTHING):
        for n, (move, cents) in enumerate(moved):
            source, target = MOVES[move]
            if source != "funding" and expected[source] < cents:
                with pytest.raises(Refused):
                    ledger.post(empty, move, cents, by=cast.SYSTEM, reason="x", key=str(n))
                continue
            ledger.post(empty, move, cents, by=cast.SYSTEM, reason="x", key=str(n))
            expected[source] -= cents
            expected[target] += cents
            found = balances(empty)
            assert sum(found.values()) == 0
            assert found["available"] == -found["funding"] - sum(
                found.get(a, 0) for a in ("reserved", "committed", "paid", "recovered")
            )
        assert {name: cents for name, cents in balances(empty).items() if cents} == {n: c for n, c in expected.items() if c}
        transaction.set_rollback(True)


@FEW
@given(did=DID, start=st.integers(0, 900_00), last=st.sampled_from(["whole_only", "partly"]))
@example(did=[("withdraw", "adele", 1)], start=600_00, last="whole_only")
@example(did=[("decide", "samira", 1_00), ("add", "adele", 50_00), ("revoke", "samira", 1)], start=650_00, last="partly")
def test_whatever_happens_nobody_is_passed_over(did: list[tuple[str, str, int]], start: int, last: str) -> None:
    with transaction.atomic():
        version = notices.published(strategy="first_come", last=last)
        envelope = money.envelope(version, start + 1)
        made = {name: money.applied(version, name, said=money.stated(due=DUE[name])) for name in DUE}
        for what, who, cents in did:
            _do(what, made[who], cents, envelope)
            assert min(c for a, c in balances(envelope).items() if a != "funding") >= 0
            assert _nobody_passed_over(envelope, last), entries(envelope)
        transaction.set_rollback(True)


def _do(what: str, application: Application, cents: int, envelope: Envelope) -> None:
    application.refresh_from_db()
    if what == "add":
        benefits.allocate(envelope, by=cast.at_desk("federica"), cents=cents, reason="prova", once=str(len(entries(envelope))))
    elif application.state == "withdrawn" or application.outcome == "revoked":
        return
    elif what == "decide":
        decided(application, cents)
    elif what == "revoke" and application.outcome:
        revoked(application)
    elif what == "withdraw" and not application.outcome:
        withdrawn(application)


def _nobody_passed_over(envelope: Envelope, last: str) -> bool:
    """Tell whether the first who waits could not have been given more."""
    waiting = Line(envelope).waiting(1)
    left = ledger.balance(envelope, "available")
    return not waiting or (left < waiting[0].needs if last == "whole_only" else left == 0)


@pytest.mark.pure
@given(asked=st.lists(st.integers(1, 60_000), min_size=1, max_size=60), envelope=st.integers(0, 2_000_000))
def test_in_proportion_the_shares_come_exactly_to_the_envelope(asked: list[int], envelope: int) -> None:
    rows = np.array(asked, np.int64)
    given_out = allocate(rows, [np.arange(len(asked))], envelope, Strategy.PROPORTIONAL).given
    assert given_out.sum() == min(envelope, rows.sum())
    assert ((given_out >= 0) & (given_out <= rows)).all()


def test_a_refill_that_skips_is_noticed() -> None:
    version = notices.published(strategy="first_come")
    envelope = money.envelope(version, 450_00)
    for name in DUE:
        money.applied(version, name, said=money.stated(due=DUE[name]))
    with scopes.opened(scopes.EVERYTHING):
        ledger.post(envelope, "allocate", 300_00, by=cast.SYSTEM, reason="senza scorrere la fila", key="x")
    assert not _nobody_passed_over(envelope, "whole_only")
