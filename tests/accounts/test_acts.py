"""The acts of the registry one by one: only into one's own body, each with its event; the whole import is tested beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cortile.accounts import actions, reads
from cortile.accounts.actions import ACCOUNTS, AccountRow
from cortile.accounts.models import Account, RegistryImport
from cortile.agencies.models import Agency
from cortile.homes import registry as homes
from cortile.homes.models import Building, Dwelling
from cortile.kit import mirror
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.people import registry as people
from cortile.people import rules
from cortile.people.models import Person, Tenancy
from tests import cast, traces

DIFFERENT = {"persone": [["P1", "cognome", "Rosi", "Rossi"]]}
BUILDING = homes.BuildingRow("B9", 1, "San Siro", "Milano", "Via delle Rondini", "7", has_lift=True)


@pytest.fixture
def nadia() -> Actor:
    """Return Nadia, of the administration of Milano."""
    return cast.at_desk("nadia")


def opened(table: mirror.Mirror) -> mirror.Ledger:
    """Open a ledger of Milano, and leave what is already there."""
    ledger = mirror.opened(table, cast.agency().pk)
    ledger.spare()
    return ledger


def test_a_building_comes_in_with_its_tokens(nadia: Actor, milano: Agency) -> None:
    ledger = homes.take_in_buildings(milano, [BUILDING], by=nadia, ledger=opened(homes.BUILDINGS))
    row = Building.objects.get(pk=ledger.added[0])
    assert {t.token for t in row.tokens.all()} == {"s:rond", "#:7"}


def test_a_dwelling_comes_in_with_its_stair(nadia: Actor, milano: Agency) -> None:
    built = Building.objects.get(code="MI-001")
    row = homes.DwellingRow("A9", 1, built.pk, "D", "2", "5", 54)
    homes.take_in_dwellings(milano, [row], by=nadia, ledger=opened(homes.DWELLINGS))
    assert Dwelling.objects.get(code="A9").stair.name == "D"


def a_person(by: Actor) -> Person:
    """Take Pina in, of a household of her own."""
    row = people.PersonRow("P9", 1, "Pina", "Rossi", None, "", "N9", "intestataria", "it")
    people.take_in_people(cast.agency(), [row], by=by, ledger=opened(people.PEOPLE))
    return Person.objects.get(code="P9")


def test_a_person_comes_in_with_a_card_and_a_household(nadia: Actor) -> None:
    pina = a_person(nadia)
    assert (pina.memberships.get().household.code, rules.is_card(pina.card_number)) == ("N9", True)
    assert traces.subjects("registry.people_taken_in") == {pina.pk}


def test_people_live_where_their_contract_says(nadia: Actor, milano: Agency) -> None:
    pina, flat = a_person(nadia), Dwelling.objects.get(code="MI-001-gianni")
    row = people.TenancyRow("C9", 1, flat.pk, "N9", pina.pk, date(2015, 1, 1), None)
    people.take_in_tenancies(milano, [row], by=nadia, ledger=opened(people.TENANCIES))
    assert people.settle_homes(milano, by=nadia) == 1
    assert Person.objects.get(code="P9").home_stair == flat.stair


def test_an_account_comes_in(nadia: Actor, milano: Agency) -> None:
    row = AccountRow("K9", 1, Tenancy.objects.get(code="C-gianni").pk, 64_000, 9_820, date(2026, 3, 1))
    actions.take_in_accounts(milano, [row], by=nadia, ledger=opened(ACCOUNTS))
    assert Account.objects.get(code="K9").balance_cents == 64_000


def test_a_delivery_waits_for_who_confirms_it(nadia: Actor, milano: Agency) -> None:
    for content in (b"old", b"new"):
        actions.keep_delivery(milano, [("conti.csv", content)], by=nadia, differences=DIFFERENT)
    waiting = reads.delivery(by=nadia)
    assert waiting == reads.Delivery([("conti.csv", b"new")], DIFFERENT)


def test_another_body_sees_nothing_waiting(nadia: Actor, anna: Actor, milano: Agency) -> None:
    actions.keep_delivery(milano, [("conti.csv", b"x")], by=nadia, differences={})
    assert reads.delivery(by=anna) is None


def test_a_wrong_delivery_is_dropped(nadia: Actor, milano: Agency) -> None:
    actions.keep_delivery(milano, [("conti.csv", b"x")], by=nadia, differences={})
    actions.drop_delivery(milano, by=nadia)
    assert reads.delivery(by=nadia) is None


def test_only_the_last_run_keeps_its_rejects(nadia: Actor, milano: Agency) -> None:
    for name in ("a.csv", "b.csv"):
        actions.remember_run(milano, by=nadia, state="done", started_at=cast.NOW, counts={}, rejects={name: "x"}, rejected=1)
    assert list(RegistryImport.objects.order_by("pk").values_list("rejects", flat=True)) == [{}, {"b.csv": "x"}]


def test_a_run_that_failed_leaves_the_rejects_before(nadia: Actor, milano: Agency) -> None:
    actions.remember_run(milano, by=nadia, state="done", started_at=cast.NOW, counts={}, rejects={"a.csv": "x"})
    actions.remember_run(milano, by=nadia, state="failed", started_at=cast.NOW, counts={}, rejects={})
    assert RegistryImport.objects.exclude(rejects={}).count() == 1


@pytest.mark.parametrize("who", ["marta", "paola", "salvatore", "anna"])
def test_nobody_else_takes_a_list_in(who: str, milano: Agency) -> None:
    lists: list[tuple[Callable[..., object], mirror.Mirror]] = [
        (homes.take_in_buildings, homes.BUILDINGS),
        (homes.take_in_dwellings, homes.DWELLINGS),
        (people.take_in_people, people.PEOPLE),
        (people.take_in_tenancies, people.TENANCIES),
        (actions.take_in_accounts, ACCOUNTS),
    ]
    for take_in, table in lists:
        with pytest.raises(Refused, match="not-allowed"):
            take_in(milano, [], by=cast.at_desk(who), ledger=opened(table))


@pytest.mark.parametrize("who", ["marta", "paola", "salvatore", "anna"])
def test_nobody_else_touches_a_delivery(who: str, milano: Agency) -> None:
    by = cast.at_desk(who)
    with pytest.raises(Refused, match="not-allowed"):
        actions.keep_delivery(milano, [], by=by, differences={})
    with pytest.raises(Refused, match="not-allowed"):
        actions.drop_delivery(milano, by=by)


@pytest.mark.parametrize("who", ["marta", "anna"])
def test_nobody_else_settles_homes_or_remembers_runs(who: str, milano: Agency) -> None:
    by = cast.at_desk(who)
    with pytest.raises(Refused, match="not-allowed"):
        people.settle_homes(milano, by=by)
    with pytest.raises(Refused, match="not-allowed"):
        actions.remember_run(milano, by=by, state="done", started_at=cast.NOW, counts={}, rejects={})
