"""What a contribution is decided on, for one contract: what is known, since when, until when, and who may look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortile.accounts import reads, rules
from cortile.accounts.models import IseeStatement
from cortile.accounts.reads import NOTHING, Known, Standing
from cortile.agencies import policy
from cortile.agencies.models import Agency
from cortile.kit import scopes
from cortile.kit.actor import Actor, acting
from cortile.kit.refusals import NotVisible
from cortile.people import who_looked
from cortile.people.models import Person
from tests import cast, traces
from tests.accounts.facts import band_of, charge_of, isee_of
from tests.accounts.owing import account_of, planned

DAY = date(2026, 3, 11)
DAYS = st.dates(date(2025, 6, 1), date(2026, 12, 31))
SAID = st.lists(st.tuples(st.sampled_from(rules.ISEE_KINDS), DAYS, DAYS), max_size=5)


def federica(purpose: str = policy.CONTRIBUTIONS) -> Actor:
    """Return Federica, deciding contributions."""
    return replace(cast.at_desk("federica"), purpose=purpose)


def standing(key: str = "adele", *, by: Actor | None = None, day: date = DAY) -> Standing:
    """Return what is known of a tenant's contract, read behind the wall by who asks."""
    contract, who = cast.person(key).tenancies_held.get().pk, by or federica()
    with acting(who):
        return reads.standing_of(contract, by=who, day=day)


def test_everything_known_comes_with_its_source_and_its_days() -> None:
    band_of(), isee_of(source="INPS"), charge_of(), account_of("adele", balance_cents=0)
    found = standing()
    assert found.band == Known("accesso", "anagrafe utenza 2025", date(2025, 10, 1), date(2027, 10, 1))
    assert found.isee == Known(1_240_000, "INPS", date(2026, 1, 20), date(2026, 12, 31))
    assert found.due == {("heating", "2025/26"): Known(82_500, "conti dell'affitto", date(2026, 3, 1))}
    assert (found.months.value, found.arrears.value, found.signed_plan.value) == (134, 0, False)


def test_of_a_contract_nobody_wrote_anything_of_only_the_months_are_known() -> None:
    found = standing()
    assert [found.band, found.isee, found.arrears, found.signed_plan] == [NOTHING] * 4
    assert found.months.value == 134


def test_an_isee_that_is_over_is_missing_and_says_when_it_ended() -> None:
    isee_of(issued_on=date(2025, 1, 20), valid_until=date(2025, 12, 31))
    assert standing().isee == Known(None, "attestazione ISEE", date(2025, 1, 20), date(2025, 12, 31))


def test_a_census_too_old_is_missing() -> None:
    band_of(census_year=2023, as_of=date(2023, 10, 1))
    assert (standing().band.value, standing().band.expires_on) == (None, date(2025, 10, 1))


def test_the_newest_census_counts() -> None:
    band_of(area="permanenza", census_year=2024, as_of=date(2024, 10, 1)), band_of(area="protezione")
    assert standing().band.value == "protezione"


def test_a_census_to_come_is_not_of_today() -> None:
    band_of(area="permanenza", as_of=date(2026, 4, 1))
    assert standing().band == NOTHING


def test_what_the_list_no_longer_has_is_not_counted() -> None:
    gone = date(2026, 3, 1)
    band_of(closed_on=gone), isee_of(closed_on=gone), charge_of(closed_on=gone)
    found = standing()
    assert (found.band, found.isee, found.due) == (NOTHING, NOTHING, {})


def test_omissions_are_told_beside_an_isee_that_stays_good() -> None:
    isee_of(discrepancies=True)
    assert (standing().isee.value, standing().discrepancies) == (1_240_000, True)


def test_a_plan_agreed_is_a_plan_signed() -> None:
    planned(account_of())
    found = standing("gianni")
    assert (found.arrears.value, found.signed_plan.value, found.signed_plan.expires_on) == (64_000, True, date(2026, 10, 31))


def test_a_plan_that_is_over_is_none() -> None:
    planned(account_of())
    assert standing("gianni", day=date(2026, 11, 1)).signed_plan.value is False


def test_a_credit_is_no_arrears() -> None:
    account_of(balance_cents=-2_000)
    assert standing("gianni").arrears.value == 0


@given(SAID)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_chooses_the_isee_the_rule_chooses(adele: Person, said: list[tuple[str, date, date]]) -> None:
    with scopes.opened(scopes.EVERYTHING):
        IseeStatement.objects.all().delete()
    rows = [isee_of(kind=k, issued_on=min(a, b), valid_until=max(a, b), value_cents=n) for n, (k, a, b) in enumerate(said)]
    chosen = rules.isee_in_force(sorted(rows, key=lambda row: -row.pk), DAY)
    assert standing().isee.value == (chosen.value_cents if chosen else None)


@pytest.mark.parametrize("purpose", [policy.CONTRIBUTIONS, policy.NON_TAKE_UP])
def test_the_office_of_contributions_reads_for_its_purposes(purpose: str) -> None:
    assert standing(by=federica(purpose)).months.value == 134
    assert traces.event("standing.read").purpose == purpose


def test_the_office_reads_nothing_without_a_purpose() -> None:
    with pytest.raises(NotVisible):
        standing(by=cast.at_desk("federica"))


def test_the_office_of_another_body_reads_nothing(lodi: Agency) -> None:
    with pytest.raises(NotVisible):
        standing("teresa")


def test_she_reads_her_own_once_we_know_who_she_is() -> None:
    isee_of()
    assert standing(by=cast.identified("adele")).isee.value == 1_240_000


def test_a_card_and_a_code_are_not_enough() -> None:
    with pytest.raises(NotVisible):
        standing(by=cast.herself("adele"))


def test_nobody_reads_a_neighbours() -> None:
    with pytest.raises(NotVisible):
        standing(by=cast.identified("gianni"))


def test_a_community_manager_reads_when_asked_for_help_with_the_rent(marta: Actor) -> None:
    cast.open_request("adele", chip="rent")
    assert standing(by=marta).months.value == 134


def test_a_request_about_the_lift_opens_no_isee(marta: Actor) -> None:
    cast.open_request("adele", chip="faults")
    with pytest.raises(NotVisible):
        standing(by=marta)


@pytest.mark.parametrize("who", ["salvatore", "silvia", "lucia", "nadia", "paola"])
def test_whose_work_it_is_not_reads_nothing(who: str) -> None:
    with pytest.raises(NotVisible):
        standing(by=cast.at_desk(who))


def test_a_job_of_the_body_reads() -> None:
    assert standing(by=cast.machine()).months.value == 134


def test_who_looked_is_told_to_her_in_words(adele: Person) -> None:
    standing()
    assert traces.subjects("standing.read") == {adele.pk}
    said = who_looked.sentence("standing.read", "R")
    assert said == "ha guardato il tuo ISEE e le tue spese per un contributo"
