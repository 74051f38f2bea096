"""The boundary table of the notices (domain.md §4.6): every row has its outcome, in each version of the call."""

from __future__ import annotations

import pytest

from cortile.benefits.rules.deciding import FactError, Outcome, State
from tests.benefits.rules.households import GOOD, decided

pytestmark = pytest.mark.pure
ELIGIBLE, REFUSED, MISSING, REFER = Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE, Outcome.MISSING, Outcome.REFER
PROTECTED, ACCESS, STAY, FORFEIT = range(4)

# isee, band, sum due: the outcome and the cents of each call.
TABLE = {
    "9.360,00": ((9_360_00, PROTECTED, 1_300_00), (REFER, 0), (REFER, 0), (REFER, 0)),
    "9.359,99": ((9_359_99, PROTECTED, 1_300_00), (REFUSED, 0), (REFUSED, 0), (ELIGIBLE, 1_300_00)),
    "9.360,01": ((9_360_01, PROTECTED, 1_300_00), (ELIGIBLE, 600_00), (ELIGIBLE, 600_00), (REFUSED, 0)),
    "15.000,00": ((15_000_00, ACCESS, 1_000_00), (ELIGIBLE, 500_00), (ELIGIBLE, 500_00), (REFUSED, 0)),
    "15.000,01": ((15_000_01, ACCESS, 1_000_00), (REFUSED, 0), (REFUSED, 0), (REFUSED, 0)),
    "permanenza": ((12_000_00, STAY, 1_500_00), (REFUSED, 0), (REFUSED, 0), (REFUSED, 0)),
    "decadenza": ((7_000_00, FORFEIT, 1_500_00), (REFUSED, 0), (REFUSED, 0), (REFUSED, 0)),
    "half a cent over the cap": ((12_000_00, ACCESS, 1_200_01), (ELIGIBLE, 600_00), (ELIGIBLE, 600_00), (REFUSED, 0)),
    "half a cent": ((12_000_00, ACCESS, 1_199_99), (ELIGIBLE, 600_00), (ELIGIBLE, 600_00), (REFUSED, 0)),
    "nothing due": ((12_000_00, ACCESS, 0), (REFUSED, 0), (REFUSED, 0), (REFUSED, 0)),
    "current ISEE expired": ((None, ACCESS, 1_000_00), (MISSING, 0), (MISSING, 0), (MISSING, 0)),
    "ISEE missing, band wrong": ((None, FORFEIT, 1_000_00), (REFUSED, 0), (REFUSED, 0), (REFUSED, 0)),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
@pytest.mark.parametrize(("call", "version"), [("energy", 1), ("energy_in_city", 2), ("solidarity", 3)])
def test_a_row_of_the_table(row: str, call: str, version: int) -> None:
    (isee, band, due), *expected = TABLE[row]
    found = decided(call, isee=isee, band=band, due=due)
    assert (found.outcome, found.award) == expected[version - 1]


@pytest.mark.parametrize(
    ("arrears", "plan", "seed_rule", "city"),
    [(640_00, 0, ELIGIBLE, REFUSED), (640_00, 1, ELIGIBLE, ELIGIBLE), (0, 0, ELIGIBLE, ELIGIBLE)],
)
def test_arrears_depend_on_the_call(arrears: int, plan: int, seed_rule: Outcome, city: Outcome) -> None:
    assert decided("energy").outcome == seed_rule
    assert decided("energy_in_city", arrears=arrears, signed_plan=plan).outcome == city


@pytest.mark.parametrize("call", ["energy", "energy_in_city"])
def test_who_had_the_solidarity_contribution_is_refused(call: str) -> None:
    found = decided(call, solidarity_granted=1)
    assert [r.requirement.key for r in found.reasons if r.state == State.FAILED] == ["no_solidarity"]


@pytest.mark.parametrize(("months", "outcome"), [(11, REFUSED), (12, ELIGIBLE)])
def test_a_year_since_the_assignment(months: int, outcome: Outcome) -> None:
    assert decided("energy_in_city", months_assigned=months).outcome == outcome


def test_a_no_says_by_how_much_and_what_comes_next() -> None:
    (ceiling,) = [r for r in decided("energy", isee=15_000_01).reasons if r.state == State.FAILED]
    assert (ceiling.value, ceiling.threshold, ceiling.margin) == (15_000_01, 15_000_00, -1)
    assert ceiling.requirement.next_programme == "current_isee"


@pytest.mark.parametrize("call", GOOD)
def test_every_no_has_a_cause_and_a_cure(call: str) -> None:
    assert [r.requirement.key for r in decided(call).reasons if not (r.requirement.cure and r.requirement.citation)] == []


def test_what_settles_it_soonest_is_asked_first() -> None:
    assert decided("energy", isee=None, due=None, band=None).missing == ("isee", "band", "due")


def test_a_datum_that_can_change_nothing_is_not_asked() -> None:
    assert decided("energy", isee=None, band=FORFEIT).missing == ()


def test_a_missing_datum_that_no_longer_matters_is_no_obstacle() -> None:
    assert decided("energy_in_city", arrears=None, signed_plan=1).outcome == ELIGIBLE


@pytest.mark.parametrize("wrong", [-1, 100_000_000_01])
def test_a_value_nobody_may_state_stops_and_is_named(wrong: int) -> None:
    with pytest.raises(FactError, match=f"isee: {wrong}"):
        decided("energy", isee=wrong)
    with pytest.raises(FactError, match=f"isee: {wrong}"):
        decided("energy", isee=wrong, band=None)


# Who comes into a home in poverty: within 36 months, up to 3,000.00 (to be confirmed), 1,850 a year at most (R.R. 11/2019 art. 3).
@pytest.mark.parametrize(
    ("changed", "outcome", "award"),
    [
        ({}, ELIGIBLE, 1_000_00), ({"due": 2_000_00}, ELIGIBLE, 1_850_00), ({"months_assigned": 36}, ELIGIBLE, 1_000_00),
        ({"months_assigned": 37}, REFUSED, 0), ({"isee": 3_000_00}, ELIGIBLE, 1_000_00), ({"isee": 3_000_01}, REFUSED, 0),
        ({"isee": None}, Outcome.MISSING, 0),
    ],
)  # fmt: skip
def test_who_comes_into_a_home_in_poverty(changed: dict[str, int | None], outcome: Outcome, award: int) -> None:
    found = decided("solidarity_entry", **changed)
    assert (found.outcome, found.award if found.outcome == ELIGIBLE else 0) == (outcome, award)
