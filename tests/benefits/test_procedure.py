"""What each state allows; and whatever is done in whatever order, a file has a state, a clock and one open proposal at most."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortile.benefits import examining, procedure, tracing
from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, Decision
from cortile.benefits.procedure import Notice, Standing
from cortile.benefits.rules.deciding import Outcome
from cortile.benefits.stages import OUTCOMES, STATES
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening.models import Thread
from tests import cast
from tests.benefits import files

TODAY = date(2026, 3, 11)


@pytest.mark.pure
@pytest.mark.parametrize("act", procedure.STARTS)
def test_while_a_proposal_waits_only_its_answers_are_given(act: str) -> None:
    standing = Standing("proposed", proposed=True)
    assert procedure.allowed(act, standing) == (act in {"decide", "send_back", "withdraw"})


@pytest.mark.pure
@pytest.mark.parametrize("act", procedure.STARTS)
def test_what_was_taken_back_is_over(act: str) -> None:
    assert not procedure.allowed(act, Standing("withdrawn"))


@pytest.mark.pure
@pytest.mark.parametrize(("outcome", "allowed"), [("granted", True), ("waiting", True), ("refused", False), ("revoked", False)])
def test_only_what_was_given_is_taken_back(outcome: str, allowed: bool) -> None:
    assert procedure.allowed("revoke", Standing("decided", outcome)) == allowed


@pytest.mark.pure
@given(
    st.sampled_from(["granted", "refused"]), st.sampled_from(list(Outcome)), st.text(max_size=3), st.booleans(),
    st.one_of(st.none(), st.builds(Notice, st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.booleans())), st.integers(0, 10**6),
)  # fmt: skip
def test_nobody_is_refused_while_something_that_decides_is_missing_or_before_a_notice(
    outcome: str, found: Outcome, grounds: str, switch: bool, notice: Notice | None, award: int,
) -> None:  # fmt: skip
    why = procedure.why_not(outcome, found, grounds=grounds, switch=switch, notice=notice, today=TODAY, award=award)
    if not why and outcome == "refused":
        assert found in {Outcome.NOT_ELIGIBLE, Outcome.REFER}
        assert not switch or (notice is not None and (notice.answered or notice.due < TODAY))
    if not why and outcome == "granted":
        assert found == Outcome.ELIGIBLE or (found == Outcome.REFER and grounds.strip())


@pytest.mark.pure
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-5, 200), st.booleans())
def test_papers_stop_the_clock_for_nought_to_thirty_days(asked: date, days: int, earlier: bool) -> None:
    found = procedure.papers_stop(asked, asked + timedelta(days=days), earlier=earlier)
    assert 0 <= found <= 30


# --- any order ---

DONE: dict[str, Callable[[Application], object]] = {
    "ask": lambda row: acts.ask_documents(row.pk, by=files.federica(), which="ISEE", days=10),
    "arrived": lambda row: acts.receive_documents(row.pk, by=files.federica()),
    "rich": lambda row: datum(row, 15_420_00),
    "right": lambda row: datum(row, 12_000_00),
    "unknown": lambda row: datum(row, None),
    "notice": lambda row: acts.send_notice(row.pk, by=files.federica()),
    "answer": lambda row: acts.take_observations(row.pk, by=cast.identified("adele"), text="Ecco."),
    "yes": files.proposed,
    "no": lambda row: files.proposed(row, "refused"),
    "back": lambda row: acts.send_back(row.pk, by=files.paola(), why="Manca un foglio."),
    "sign": lambda row: acts.decide(row.pk, by=files.paola()),
    "review": lambda row: acts.ask_review(row.pk, by=cast.identified("adele"), text="Guardate."),
    "revoke": lambda row: acts.revoke(row.pk, by=files.federica(), reason="La casa non è più la tua."),
    "correct": lambda row: correct(row),  # noqa: PLW0108 -- written below
    "withdraw": lambda row: acts.withdraw(row.pk, by=files.federica(), reason="Lo chiede."),
}


def datum(row: Application, value: int | None) -> object:
    """Write the ISEE of a file anew."""
    return acts.correct_datum(row.pk, by=files.federica(), name="isee", value=value, source="carta", reason="Letto.")


def correct(row: Application) -> object:
    """Propose to correct what was decided last."""
    last = Decision.objects.filter(application=row, decided_at__isnull=False).order_by("-number").first()
    return acts.correct_decisions([last.pk if last else 0], by=files.federica(), reason="Il dato era sbagliato.")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(sorted(DONE)), st.integers(0, 12)), min_size=3, max_size=14))
def test_any_order_leaves_a_state_a_clock_and_one_open_proposal_at_most(steps: list[tuple[str, int]]) -> None:
    for row in Application.objects.exclude(state="withdrawn").exclude(outcome="refused"):
        _free(row)
    row = files.arrived(call={"code": f"2026/{Application.objects.count() + 1}"})
    day = clock.now()
    for name, wait in steps:
        day += timedelta(days=wait)
        with clock.frozen(day), suppress(Refused, NotVisible):
            DONE[name](row)
        _whole(Application.objects.get(pk=row.pk))


def _free(row: Application) -> None:
    """Leave the household free to apply again: what came before is taken out of its year."""
    with scopes.opened(scopes.EVERYTHING):
        Application.objects.filter(pk=row.pk).update(year=1990 + row.pk % 30, programme=f"past-{row.pk}")


def _whole(row: Application) -> None:
    open_ones = Decision.objects.filter(examining.OPEN, application=row).count()
    thread = Thread.objects.get(pk=row.thread_id)
    assert row.state in STATES
    assert (row.state == "decided") == (row.outcome in OUTCOMES)
    assert row.due >= row.submitted_at.date()
    assert open_ones <= 1
    assert (row.state == "proposed") <= (open_ones == 1)
    assert thread.state == "closed" or thread.next_date is not None
    signed = Decision.objects.filter(application=row, decided_at__isnull=False)
    assert all(d.proposed_by_id != d.decided_by_id for d in signed)
    assert all(tracing.recomputed(d).equal for d in signed)
