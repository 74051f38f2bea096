"""What a rule asks of every contract of a body: the values, what is missing, who may ask, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.accounts import registry
from cortile.accounts.registry import generate
from cortile.agencies import policy
from cortile.benefits import catalogue, population
from cortile.benefits.population import Base, Live
from cortile.benefits.rules import deciding, vectors
from cortile.benefits.rules.deciding import Outcome
from cortile.kit.actor import Actor, acting
from cortile.kit.models import AuditSubject
from cortile.kit.refusals import NotVisible
from cortile.people.models import Tenancy
from tests import cast, traces
from tests.accounts.facts import band_of, charge_of, isee_of, values_of
from tests.accounts.owing import account_of, planned

DAY = date(2026, 3, 11)


def federica() -> Actor:
    """Return Federica, deciding contributions."""
    return replace(cast.at_desk("federica"), purpose=policy.CONTRIBUTIONS)


def live(name: str = "energy_in_city", **asked: Any) -> Live:  # noqa: ANN401 -- the function's own arguments
    """Return Milano's population for a rule of the catalogue, read behind the wall."""
    who = asked.pop("by", None) or federica()
    with acting(who):
        return population.live(
            asked.pop("agency_id", cast.agency().pk), catalogue.rule(name), by=who, day=asked.pop("day", DAY), **asked
        )


def row(name: str = "energy_in_city", key: str = "adele", **asked: Any) -> dict[str, int | None]:  # noqa: ANN401 -- as above
    """Return the row of a tenant's contract; None where it is missing."""
    return values(live(name, **asked), cast.person(key).tenancies_held.get().pk)


def values(found: Live, tenancy_id: int) -> dict[str, int | None]:
    """Return one row of a population by input."""
    n = found.tenancies.tolist().index(tenancy_id)
    missing = {name for name, flags in found.population.missing.items() if flags[n]}
    return {name: None if name in missing else int(column[n]) for name, column in found.population.columns.items()}


def outcome(facts: dict[str, int | None], name: str = "energy_in_city") -> Outcome:
    """Return what the rule makes of a row."""
    rule = catalogue.rule(name)
    return deciding.Judge(rule, deciding.figures_on(rule, DAY)).decide(facts).outcome


def adele_in_order() -> None:
    """Write that Adele has everything: accesso, 12.400 euro of ISEE, 825 of heating, nothing owed."""
    band_of(), isee_of(), charge_of(), account_of("adele", balance_cents=0)


def test_a_row_holds_what_is_known_and_what_nobody_mirrors_is_missing() -> None:
    adele_in_order()
    assert row() == {
        "months_assigned": 134, "band": 1, "isee": 1_240_000, "due": 82_500, "solidarity_granted": None, "arrears": 0,
        "signed_plan": 0,
    }  # fmt: skip


def test_with_its_register_she_gets_half_of_her_heating() -> None:
    adele_in_order()
    found = live(flags={"solidarity_granted": frozenset()})
    rule = catalogue.rule("energy_in_city")
    awarded = vectors.evaluate(rule, deciding.figures_on(rule, DAY), found.population).award
    assert sorted(awarded.tolist()) == [0, 0, 41_250]


def test_who_is_in_a_register_has_the_flag_up() -> None:
    hers = cast.person("adele").tenancies_held.get().pk
    flags = {"solidarity_granted": frozenset({hers})}
    assert (row(flags=flags)["solidarity_granted"], row(key="gianni", flags=flags)["solidarity_granted"]) == (1, 0)


def test_an_isee_that_is_over_is_missing_and_not_a_no() -> None:
    adele_in_order()
    flags: dict[str, frozenset[int]] = {"solidarity_granted": frozenset()}
    after = row(day=date(2027, 1, 1), flags=flags)
    assert (after["isee"], outcome(after)) == (None, Outcome.MISSING)


def test_a_census_that_is_over_is_missing_and_not_a_no() -> None:
    band_of(area="decadenza", census_year=2023, as_of=date(2023, 10, 1))
    assert row()["band"] is None


def test_a_good_census_of_the_wrong_area_is_a_no() -> None:
    adele_in_order()
    band_of(area="decadenza", census_year=2026, as_of=date(2026, 3, 1))
    assert outcome(row()) == Outcome.NOT_ELIGIBLE


def test_heating_of_two_seasons_ago_is_missing() -> None:
    charge_of(season="2023/24")
    assert row()["due"] is None


def test_the_newest_of_two_seasons_counts_unless_the_call_says_which() -> None:
    charge_of(season="2024/25", due_cents=70_000), charge_of()
    assert (row()["due"], row(base=Base(season="2024/25"))["due"]) == (82_500, 70_000)


@pytest.mark.parametrize(("of", "cents"), [("due", 82_500), ("paid", 20_000), ("increase", 14_000)])
def test_a_call_says_which_of_three_bases_it_shares(of: str, cents: int) -> None:
    charge_of(paid_cents=20_000, increase_cents=14_000)
    assert row(base=Base(of=of))["due"] == cents


def test_solidarity_adds_the_services_and_the_arrears() -> None:
    charge_of("gianni", item="services", due_cents=100_000), account_of()
    assert row("solidarity", "gianni")["due"] == 164_000


def test_services_without_an_account_are_missing_and_not_half_a_sum() -> None:
    charge_of("gianni", item="services", due_cents=100_000)
    assert row("solidarity", "gianni")["due"] is None


def test_arrears_and_a_plan_are_read_from_the_account() -> None:
    planned(account_of())
    assert (row(key="gianni")["arrears"], row(key="gianni")["signed_plan"]) == (64_000, 1)


def test_a_value_nobody_may_state_is_missing_and_stops_nobody_else() -> None:
    adele_in_order()
    isee_of("gianni", value_cents=10**13)
    assert (row(key="gianni")["isee"], row()["isee"]) == (None, 1_240_000)


def test_a_contract_that_is_over_is_not_in_it() -> None:
    text = generate.files(generate.Recipe(6, facts=True))
    registry.run(cast.agency(), text, by=cast.SYSTEM)
    over = Tenancy.objects.filter(agency=cast.agency(), end=None).order_by("-pk")[0]
    with acting(cast.SYSTEM):
        short = [(n, c if n != "contratti.csv" else c.replace(f"{over.code};".encode(), b"ZZ;")) for n, c in text]
        registry.run(cast.agency(), short, by=cast.SYSTEM)
    assert over.pk not in live().tenancies


def test_rows_holders_and_places_stand_in_one_order() -> None:
    found = live()
    rows = Tenancy.objects.in_bulk(found.tenancies.tolist())
    assert [rows[t].holder_id for t in found.tenancies.tolist()] == found.holders.tolist()
    assert set(found.neighbourhoods.tolist()) == {cast.person("adele").home_neighbourhood_id}
    assert found.population.size == len(found.tenancies) == 3


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_one_contract_has_the_values_of_its_row(name: str) -> None:
    registry.run(cast.agency(), generate.files(generate.Recipe(40, facts=True)), by=cast.SYSTEM)
    found, who = live(name), federica()
    with acting(who):
        for tenancy in found.tenancies.tolist():
            known = population.facts(tenancy, catalogue.rule(name), by=who, day=DAY)
            assert values_of(known) == values(found, tenancy)


def test_one_contract_says_where_each_datum_was_read() -> None:
    adele_in_order()
    who = cast.identified("adele")
    with acting(who):
        known = population.facts(cast.person("adele").tenancies_held.get().pk, catalogue.rule("energy"), by=who, day=DAY)
    assert (known["band"].source, known["isee"].expires_on) == ("anagrafe utenza 2025", date(2026, 12, 31))
    assert known["solidarity_granted"].source == "registro dei contributi"


def test_everybody_found_is_named_in_the_audit() -> None:
    found = live()
    subjects = AuditSubject.objects.filter(event=traces.event("standings.read")).values_list("person_id", flat=True)
    assert set(subjects) == set(found.holders.tolist())


def _asked(dwellings: int) -> int:
    registry.run(cast.agency(), generate.files(generate.Recipe(dwellings, facts=True)), by=cast.SYSTEM)
    who = federica()
    with acting(who), CaptureQueriesContext(connection) as asked:
        found = population.live(cast.agency().pk, catalogue.rule("energy_in_city"), by=who, day=DAY)
    assert found.population.size >= dwellings
    return sum("SAVEPOINT" not in q["sql"] for q in asked)


def test_two_hundred_contracts_ask_as_many_questions_as_ten() -> None:
    assert _asked(10) == _asked(200) <= 4


def test_without_a_purpose_nobody_asks() -> None:
    with pytest.raises(NotVisible):
        live(by=cast.at_desk("federica"))


def test_another_body_is_not_there() -> None:
    with pytest.raises(NotVisible):
        live(agency_id=cast.agency("aler-lodi").pk)


def test_one_contract_of_another_body_is_not_there() -> None:
    who, hers = federica(), cast.person("teresa").tenancies_held.get().pk
    with acting(who), pytest.raises(NotVisible):
        population.facts(hers, catalogue.rule("energy"), by=who, day=DAY)
