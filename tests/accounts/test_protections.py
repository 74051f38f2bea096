"""What protects a contract while it owes: who writes it, until when it stands, and that it is beside the debt."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.accounts import actions, reads, rules
from cortile.accounts.models import Protection
from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening import reads as questions
from cortile.people import actions as people
from tests import cast, traces
from tests.accounts.owing import account_of, planned
from tests.agenda.booking import at


def beside(by: Actor) -> list[str]:
    """Return what somebody reads beside the debt of Gianni."""
    (account,) = reads.rent_of(cast.person("gianni").pk, by=by)
    return [p.kind for p in account.protected_by]


def test_a_plan_stands_beside_the_debt() -> None:
    planned(account_of())
    assert beside(cast.identified("gianni")) == ["plan"]


def test_so_does_an_application_that_waits() -> None:
    actions.protect(account_of(), by=cast.machine(), kind="application")
    assert beside(cast.identified("gianni")) == ["application"]


def test_who_helps_reads_it_beside_too(marta: Actor) -> None:
    planned(account_of())
    cast.open_request("gianni", chip="rent")
    assert beside(marta) == ["plan"]


def test_the_office_reads_it_in_its_question(ornella: Actor) -> None:
    planned(account_of())
    sent = listening.hand_over(
        cast.open_request("gianni", chip="rent"), cast.office(), by=cast.at_desk("marta"), question="Quanto?"
    )
    assert [p.kind for a in questions.one_hand_over(sent.pk, by=ornella).rent for p in a.protected_by] == ["plan"]


def test_after_its_last_day_it_protects_no_more() -> None:
    planned(account_of(), until=date(2026, 3, 20))
    with clock.frozen(at(10, day=date(2026, 3, 21))):
        assert beside(cast.identified("gianni")) == []


def test_before_its_first_day_it_does_not_yet() -> None:
    planned(account_of(), since=date(2026, 4, 1))
    assert beside(cast.identified("gianni")) == []


def test_ended_with_a_reason_it_is_history() -> None:
    row = planned(account_of())
    actions.end_protection(row, by=cast.machine(), reason="Ha pagato tutto")
    assert beside(cast.identified("gianni")) == []
    assert Protection.objects.get(pk=row.pk).until == date(2026, 10, 31)
    assert traces.event("protection.ended").reason == "Ha pagato tutto"


def test_the_office_whose_work_it_is_writes_it(ornella: Actor) -> None:
    account = account_of()
    listening.hand_over(cast.open_request("gianni", chip="rent"), cast.office(), by=cast.at_desk("marta"), question="Quanto?")
    assert planned(account, by=ornella).said_by == "Ornella V."


@pytest.mark.parametrize("who", ["marta", "paola", "silvia", "salvatore", "lucia", "ornella", "nadia", "sara", "roberto"])
def test_nobody_else_writes_it_nor_learns_of_the_account(who: str) -> None:
    with pytest.raises(NotVisible):
        planned(account_of(), by=cast.at_desk(who))


def test_who_helps_reads_it_and_does_not_write_it(marta: Actor) -> None:
    account = account_of()
    cast.open_request("gianni", chip="rent")
    with pytest.raises(NotVisible):
        planned(account, by=marta)


def test_nor_does_the_tenant() -> None:
    with pytest.raises(NotVisible):
        planned(account_of(), by=cast.identified("gianni"))


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"kind": "gift"}, "protection-kind"),
        ({"since": date(2026, 4, 1), "until": date(2026, 3, 31)}, "protection-backwards"),
        ({"since": date(2026, 1, 1), "until": date(2026, 3, 10)}, "protection-over"),
        ({"instalment_cents": None}, "instalment-missing"),
        ({"instalment_cents": 0}, "instalment-missing"),
        ({"until": None}, "instalment-missing"),
    ],
)
def test_a_protection_that_says_nothing_is_refused(details: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        planned(account_of(), **details)
    assert refused.value.code == code


def test_two_plans_never_stand_together() -> None:
    account = account_of()
    planned(account)
    with pytest.raises(Refused) as refused:
        planned(account)
    assert refused.value.code == "protection-stands"


def test_an_end_has_a_reason_and_comes_once() -> None:
    row = planned(account_of())
    with pytest.raises(Refused) as why:
        actions.end_protection(row, by=cast.machine(), reason=" ")
    actions.end_protection(row, by=cast.machine(), reason="Ha pagato tutto")
    with pytest.raises(Refused) as again:
        actions.end_protection(row, by=cast.machine(), reason="Ha pagato tutto")
    assert (why.value.code, again.value.code) == ("reason-missing", "protection-gone")


def test_writing_it_twice_is_writing_it_once() -> None:
    account = account_of()
    assert planned(account, once="k").pk == planned(account, once="k").pk


def test_the_month_and_the_day_are_read_to_the_cent() -> None:
    account_of(balance_cents=41_250)
    (account,) = reads.my_rent(by=cast.identified("gianni")).accounts
    assert (account.balance_cents, account.monthly_rent_cents, account.owed_since) == (41_250, 9_820, date(2025, 11, 1))


@pytest.mark.parametrize("owes", [True, False])
def test_a_lower_step_is_told_the_same_whether_something_is_owed_or_not(*, owes: bool) -> None:
    if owes:
        account_of()
    assert reads.my_rent(by=cast.by_sms("gianni")) == reads.MyRent(identified=False, holder=False, accounts=[])


def test_who_signed_a_contract_we_have_no_account_of_is_told_so() -> None:
    account_of()
    told = reads.my_rent(by=cast.identified("samira"))
    assert (told.holder, told.accounts) == (True, [])


def test_who_lives_there_and_signed_nothing_reads_no_account(milano: Agency) -> None:
    account_of()
    son = people.register(milano, by=cast.SYSTEM, given_name="Pino", family_name="Sala", code="pino")
    people.form_household(milano, by=cast.SYSTEM, code="N-gianni", members=[(son, "figlio")])
    told = reads.my_rent(by=cast.identified("pino"))
    assert (told.holder, told.accounts) == (False, [])


@pytest.mark.pure
@pytest.mark.parametrize(("cents", "standing"), [(1, "owes"), (0, "even"), (-1, "credit")])
def test_how_a_contract_stands(cents: int, standing: str) -> None:
    assert rules.standing_of(cents) == standing


def test_a_kind_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        actions.protect(account_of(), by=cast.machine(), kind="promise")
    assert refused.value.code == "protection-kind"
