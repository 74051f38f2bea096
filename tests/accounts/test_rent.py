"""Who reads what a contract owes: the office asked about it, who helps with it, and she herself."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.accounts import reads
from cortile.accounts.models import Account
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible
from cortile.listening import actions as listening
from cortile.people.models import Person
from tests import cast, traces


@pytest.fixture(autouse=True)
def _rent_of_gianni(gianni: Person) -> None:
    """Write what Gianni owes, as an import does."""
    with scopes.opened(scopes.EVERYTHING):
        Account.objects.create(
            agency=cast.agency(), code="R-gianni", tenancy=gianni.tenancies_held.get(), balance_cents=64_000, as_of=date(2026, 3, 1)
        )


def seen(by: Actor) -> list[int]:
    """Return the balances of Gianni that somebody sees."""
    return [a.balance_cents for a in reads.rent_of(cast.person("gianni").pk, by=by)]


def ask(chip: str) -> None:
    """Open a request of Gianni and pass it to the rents office."""
    opened = cast.open_request("gianni", chip=chip)
    listening.hand_over(opened, cast.office(), by=cast.at_desk("marta"), question="Quanto deve?")


def test_he_sees_his_own() -> None:
    assert seen(cast.herself("gianni")) == [64_000]
    assert traces.event("account.read").fields == ["rent"]


def test_a_neighbour_does_not() -> None:
    assert seen(cast.herself("adele")) == []


@pytest.mark.parametrize("who", ["marta", "paola", "silvia", "salvatore", "lucia", "ornella", "roberto", "sara"])
def test_nobody_asked_nobody_sees(who: str) -> None:
    assert seen(cast.at_desk(who)) == []
    assert not AuditEvent.objects.filter(what="account.read").exists()


def test_who_was_asked_for_help_about_it_sees(marta: Actor, bruno: Actor) -> None:
    cast.open_request("gianni", chip="rent")
    assert (seen(marta), seen(bruno)) == ([64_000], [])


def test_help_with_something_else_shows_nothing(marta: Actor) -> None:
    cast.open_request("gianni", chip="faults")
    assert seen(marta) == []


def test_once_it_is_closed_it_is_seen_no_more(marta: Actor) -> None:
    opened = cast.open_request("gianni", chip="rent")
    listening.close(opened, by=marta, outcome="withdrawn")
    assert seen(marta) == []


@pytest.mark.parametrize(("chip", "balance"), [("rent", [64_000]), ("faults", [])])
def test_the_office_sees_when_the_question_is_about_it(ornella: Actor, chip: str, balance: list[int]) -> None:
    ask(chip)
    assert seen(ornella) == balance


def test_a_closed_account_is_history() -> None:
    with scopes.opened(scopes.EVERYTHING):
        Account.objects.update(closed_on=date(2026, 3, 2))
    assert seen(cast.herself("gianni")) == []


def test_another_bodys_import_is_not_there(anna: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.one_import(999_999, by=anna)
