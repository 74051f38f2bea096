"""Any interleaving of what happens to batches pays each decision at most once, and the ledger says what the lines say."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cortile.benefits import actions as benefits
from cortile.benefits.models import Batch, BatchLine, CallVersion
from cortile.kit.refusals import Refused
from tests import cast
from tests.benefits import paydays
from tests.benefits.test_ledger import balances

pytestmark = pytest.mark.slow
property_test = settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], phases=[Phase.generate],
)  # fmt: skip
Act = Callable[[CallVersion, int], object]
LIVE = ("sent", "paid")


@pytest.fixture
def version() -> CallVersion:
    """Return a call whose two applications were granted 412,50 euros each, set off against their accounts."""
    return paydays.two_by_account()


def _batch(dice: int) -> int:
    """Return some batch, or none."""
    found = list(Batch.objects.order_by("pk").values_list("pk", flat=True))
    return found[dice % len(found)] if found else 0


def _answer(_version: CallVersion, dice: int) -> None:
    batch = Batch.objects.filter(pk=_batch(dice)).first()
    if batch is not None:
        words = ("pagato;", "tornato;X1")
        rows = [f"{{{n}}};{words[dice >> n & 1]};2026-03-11" for n in range(batch.rows.count())]
        paydays.answer(batch, *rows)


ACTS: tuple[Act, ...] = (
    lambda version, dice: paydays.made(version, way="account", parts=1 + dice % 3),
    lambda _version, dice: benefits.close_batch(_batch(dice), by=cast.at_desk("federica")),
    lambda _version, dice: benefits.sign_batch(_batch(dice), by=cast.at_desk("paola")),
    lambda _version, dice: benefits.send_batch(_batch(dice), by=cast.at_desk("federica")),
    _answer,
    lambda _version, dice: benefits.follow_up(
        _batch(dice), by=cast.at_desk("federica"), execution_date=paydays.DAY, reason="Di nuovo", way="account"
    ),
    lambda _version, dice: benefits.cancel_batch(_batch(dice), by=cast.at_desk("federica"), reason="Sbagliato"),
)
# Closing, signing and sending come often enough for money to leave.
STEPS = st.lists(st.tuples(st.sampled_from([0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6]), st.integers(0, 63)), min_size=10, max_size=18)


def walked(version: CallVersion, steps: list[tuple[int, int]], check: Callable[[CallVersion], None]) -> None:
    """Do each step, whatever it is refused, and hold a promise after each; then take it all back."""
    with contextlib.suppress(_DoneError), transaction.atomic():
        for act, dice in steps:
            with contextlib.suppress(Refused), transaction.atomic():
                ACTS[act](version, dice)
            check(version)
        raise _DoneError


class _DoneError(Exception):
    """Takes a walk back."""


def ledger_is_lines(version: CallVersion) -> None:
    """What stands as paid is the sum of the lines that left and did not come back."""
    lines = BatchLine.objects.filter(state__in=LIVE).values_list("cents", flat=True)
    assert balances(paydays.envelope_of(version)).get("paid", 0) == sum(lines)


def paid_at_most_once(version: CallVersion) -> None:
    """No application has more than it was granted, and no tranche stands twice."""
    for application in version.call.applications.all():
        lines = list(BatchLine.objects.filter(application=application, state__in=("queued", *LIVE)))
        assert sum(line.cents for line in lines) <= 412_50
        assert len({(line.decision_id, line.tranche) for line in lines}) == len(lines)


@property_test
@given(steps=STEPS)
def test_the_ledger_says_what_the_lines_say(version: CallVersion, steps: list[tuple[int, int]]) -> None:
    walked(version, steps, ledger_is_lines)


@property_test
@given(steps=STEPS)
def test_each_decision_is_paid_at_most_once(version: CallVersion, steps: list[tuple[int, int]]) -> None:
    walked(version, steps, paid_at_most_once)


def test_money_does_leave_on_such_walks(version: CallVersion) -> None:
    walked(version, [(0, 0), (1, 0), (2, 0), (3, 0)], ledger_is_lines)
    with pytest.raises(AssertionError):
        walked(version, [(0, 0), (1, 0), (2, 0), (3, 0)], lambda _version: _nothing_left())


def _nothing_left() -> None:
    assert not BatchLine.objects.filter(state="sent").exists()


def test_a_ledger_that_pays_on_its_own_is_seen_to_differ(version: CallVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    from cortile.benefits.actions import payments  # noqa: PLC0415 -- the mutant's own

    monkeypatch.setattr(payments, "_pay", lambda *_given: None)
    with pytest.raises((AssertionError, IntegrityError)):
        walked(version, [(0, 0), (1, 0), (2, 0), (3, 0)], ledger_is_lines)
