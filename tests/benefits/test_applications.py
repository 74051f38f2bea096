"""An application comes in once, with a number, a date, a place in line and the data it rests on."""

from __future__ import annotations

import pytest

from cortile.benefits import actions as benefits
from cortile.benefits.models import Application, Datum
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions as people
from tests import cast
from tests.benefits import files, money, notices


def refused(*args: object, **named: object) -> str:
    """Return the code an application is refused with."""
    with pytest.raises(Refused) as found:
        money.applied(*args, **named)  # type: ignore[arg-type]  # passed on as given
    return found.value.code


def test_an_application_has_the_number_of_its_request_and_a_date() -> None:
    made = money.applied(notices.published())
    assert (made.number, made.state, made.arrival, made.thread.chip) == (made.thread.number, "submitted", 1, "benefits")
    assert made.thread.next_date is not None


def test_what_it_asks_for_is_worked_out_at_once() -> None:
    assert money.applied(notices.published()).asked_cents == 412_50


def test_each_datum_says_where_it_comes_from() -> None:
    money.applied(notices.published())
    assert set(Datum.objects.filter(name="isee").values_list("value", "source")) == {(12_400_00, "dichiarato")}


def test_a_household_applies_once_a_year() -> None:
    version = notices.published()
    money.applied(version)
    assert refused(version) == "already-applied"


def test_a_card_and_a_code_are_not_enough_to_apply() -> None:
    assert refused(notices.published(), by=cast.herself("adele")) == "not-identified"


def test_a_closed_call_takes_no_application() -> None:
    closed = notices.published(closes_at="2026-03-02T08:00:00+00:00")
    assert refused(closed) == "call-closed"


def test_a_transfer_needs_an_account() -> None:
    assert refused(notices.published(), paid_by="transfer") == "number-missing"


def test_who_signed_no_contract_cannot_apply() -> None:
    guest = people.register(cast.agency(), by=cast.SYSTEM, given_name="Omar", code="guest")
    with pytest.raises(Refused) as found:
        benefits.submit(notices.published().call_id, guest, by=cast.at_desk("paola"), stated={}, channel="desk")
    assert found.value.code == "no-contract"


def test_another_body_s_tenant_is_not_there() -> None:
    with pytest.raises(NotVisible):
        money.applied(notices.published(), by=cast.at_desk("sara"))


def test_a_desk_helps_and_is_remembered() -> None:
    made = money.applied(notices.published(), by=cast.at_desk("marta"), channel="desk")
    assert made.helped_by_id == cast.staff("marta").pk


def test_the_same_send_twice_is_one_application() -> None:
    version = notices.published()
    assert money.applied(version, once="k").pk == money.applied(version, once="k").pk
    assert Application.objects.count() == 1


def test_a_call_of_other_quarters_takes_no_application() -> None:
    assert refused(notices.published(territory=["Lorenteggio"])) == "outside-territory"


def test_what_does_not_go_with_a_contribution_already_given_is_refused() -> None:
    files.decided(money.applied(notices.published("solidarity", code="2026/5"), said=money.stated(isee=7_000_00, cause_of_loss=0)))
    assert refused(notices.published(code="2026/6", excludes=["solidarity"])) == "already-helped"


def test_a_refused_one_does_not_stand_in_the_way() -> None:
    files.told_no(money.applied(notices.published("energy_in_city", code="2026/5"), said=money.stated(isee=20_000_00)))
    assert money.applied(notices.published(code="2026/6", excludes=["energy_in_city"])).state == "submitted"
