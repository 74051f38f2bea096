"""The line before an envelope: money in order of arrival, passed on in order, and nobody passed over."""

from __future__ import annotations

import pytest

from cortile.benefits import actions as benefits
from cortile.benefits.models import Application, CallVersion, Envelope
from cortile.kit.refusals import Refused
from tests import cast
from tests.benefits import money, notices, queues
from tests.benefits.queues import DUE, balances, decided, kept, revoked, withdrawn


def line(cents: int, *who: str, **terms: object) -> tuple[CallVersion, Envelope, dict[str, Application]]:
    """Open a call where who comes first is first, with some money, and let some apply one after the other."""
    version = notices.published(**({"strategy": "first_come"} | terms))
    envelope = money.envelope(version, cents)
    return version, envelope, {name: money.applied(version, name, said=money.stated(due=DUE[name])) for name in who}


def test_who_comes_after_one_that_does_not_fit_waits_too() -> None:
    _, envelope, _ = line(600_00, "adele", "samira", "gianni")
    assert kept(envelope) == {"adele": 400_00}


def test_where_the_call_says_so_the_last_has_what_is_left() -> None:
    _, envelope, _ = line(600_00, "adele", "samira", "gianni", last="partly")
    assert kept(envelope) == {"adele": 400_00, "samira": 200_00}


def test_what_one_leaves_goes_to_the_next_in_order() -> None:
    _, envelope, made = line(600_00, "adele", "samira", "gianni")
    withdrawn(made["adele"])
    assert kept(envelope) == {"samira": 300_00, "gianni": 200_00}


def test_who_had_a_part_is_filled_first() -> None:
    _, envelope, made = line(600_00, "gianni", "adele", "samira", last="partly")
    withdrawn(made["gianni"])
    assert kept(envelope) == {"adele": 400_00, "samira": 200_00}


def test_more_money_reaches_who_waits_at_once() -> None:
    _, envelope, _ = line(400_00, "adele", "samira", "gianni")
    benefits.allocate(envelope, by=cast.at_desk("federica"), cents=350_00, reason="delibera 2")
    assert (kept(envelope), balances(envelope)["available"]) == ({"adele": 400_00, "samira": 300_00}, 50_00)


def test_only_the_office_adds_money() -> None:
    _, envelope, _ = line(400_00)
    with pytest.raises(Refused) as found:
        benefits.allocate(envelope, by=cast.at_desk("marta"), cents=1, reason="x")
    assert found.value.code == "not-allowed"


def test_money_without_a_reason_is_refused() -> None:
    _, envelope, _ = line(400_00)
    with pytest.raises(Refused) as found:
        benefits.allocate(envelope, by=cast.at_desk("federica"), cents=1, reason=" ")
    assert found.value.code == "sum-missing"


def test_nobody_else_opens_an_envelope() -> None:
    with pytest.raises(Refused) as found:
        benefits.open_envelope(cast.agency(), by=cast.at_desk("paola"), code="x", fund="x")
    assert found.value.code == "not-allowed"


def test_a_decision_commits_what_was_kept() -> None:
    _, envelope, made = line(600_00, "adele")
    assert (decided(made["adele"], 400_00), balances(envelope)["committed"]) == (400_00, 400_00)


def test_a_smaller_award_passes_the_rest_on() -> None:
    _, envelope, made = line(600_00, "adele", "samira")
    decided(made["adele"], 250_00)
    assert (balances(envelope)["committed"], kept(envelope)) == (250_00, {"samira": 300_00})


def test_a_larger_award_takes_what_nobody_waits_for() -> None:
    _, _, made = line(600_00, "gianni", "samira")
    assert decided(made["samira"], 350_00) == 350_00


def test_but_not_what_somebody_before_it_waits_for() -> None:
    _, _, made = line(650_00, "adele", "samira", "gianni", last="partly")
    assert decided(made["samira"], 300_00) == 250_00


def test_nor_what_is_too_little_for_somebody_before_it() -> None:
    _, _, made = line(450_00, "adele", "samira", "gianni")
    assert decided(made["gianni"], 50_00) == 0


def test_a_larger_award_comes_before_who_waits_behind_it() -> None:
    _, _, made = line(350_00, "samira", "adele")
    assert decided(made["samira"], 350_00) == 350_00


def test_granted_with_no_money_left_it_waits_in_its_place() -> None:
    _, envelope, made = line(400_00, "adele", "samira", "gianni")
    assert decided(made["samira"], 300_00) == 0
    revoked(made["adele"])
    assert kept(envelope) == {"samira": 300_00}


def test_what_was_committed_comes_back_when_it_is_revoked() -> None:
    _, envelope, made = line(400_00, "adele", "samira")
    decided(made["adele"], 400_00)
    revoked(made["adele"])
    assert (balances(envelope)["committed"], kept(envelope)) == (0, {"samira": 300_00})


def test_a_correction_downwards_frees_the_difference() -> None:
    _, envelope, made = line(400_00, "adele", "samira")
    decided(made["adele"], 400_00)
    assert (decided(made["adele"], 100_00), balances(envelope)["committed"]) == (100_00, 100_00)
    assert kept(envelope) == {"samira": 300_00}


def test_a_correction_upwards_commits_only_the_difference() -> None:
    _, envelope, made = line(600_00, "samira")
    decided(made["samira"], 300_00)
    assert (decided(made["samira"], 500_00), balances(envelope)["committed"]) == (500_00, 500_00)


def test_without_an_envelope_a_decision_is_worth_its_award() -> None:
    made = money.applied(notices.published(strategy="first_come"))
    assert decided(made, 400_00) == 400_00


def test_the_hopeless_take_no_place() -> None:
    version, envelope, _ = line(1_000_00)
    money.applied(version, said=money.stated(isee=90_000_00))
    assert (kept(envelope), queues.entries(envelope)) == ({}, ["allocate"])
