"""Who reads what a contract owes: the office asked about it, who helps with it, and she herself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cortile.accounts import reads
from cortile.accounts.models import Account
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible
from cortile.listening import actions as listening
from cortile.listening import reads as questions
from cortile.listening.models import HandOver
from cortile.people import access as people
from cortile.people import reads as people_reads
from cortile.people import who_looked
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


def ask(chip: str) -> HandOver:
    """Open a request of Gianni and pass it to the rents office."""
    opened = cast.open_request("gianni", chip=chip)
    return listening.hand_over(opened, cast.office(), by=cast.at_desk("marta"), question="Quanto deve?")


def test_he_sees_his_own() -> None:
    assert seen(cast.identified("gianni")) == [64_000]
    assert traces.event("account.read").fields == ["rent"]


def test_who_came_in_with_a_card_and_a_code_does_not_yet() -> None:
    assert seen(cast.herself("gianni")) == []
    assert seen(cast.by_sms("gianni")) == []


def test_a_neighbour_does_not() -> None:
    assert seen(cast.identified("adele")) == []


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


ENDS: dict[str, Callable[[HandOver], object]] = {
    "answered": lambda h: listening.answer_hand_over(h, by=cast.at_desk("ornella"), text="Sì."),
    "sent back": lambda h: listening.send_back(h, by=cast.at_desk("ornella"), reason="Non è nostra."),
    "withdrawn": lambda h: listening.withdraw_hand_over(h, by=cast.at_desk("marta"), reason="Non serve più."),
}


def known(by: Actor) -> bool:
    """Tell whether somebody may see Gianni at all."""
    return people.visible_to(by).filter(pk=cast.person("gianni").pk).exists()


@pytest.mark.parametrize("end", ENDS)
def test_a_question_that_ended_keeps_neither_rent_nor_person_open(ornella: Actor, end: str) -> None:
    sent = ask("rent")
    assert (seen(ornella), known(ornella)) == ([64_000], True)
    ENDS[end](sent)
    assert (seen(ornella), known(ornella)) == ([], False)


def test_the_answered_question_itself_stays(ornella: Actor) -> None:
    sent = ask("rent")
    ENDS["answered"](sent)
    page = questions.one_hand_over(sent.pk, by=ornella)
    assert (page.hand_over.answer, page.name, page.rent) == ("Sì.", cast.person("gianni").full_name, [])


@pytest.mark.parametrize(("chip", "said"), [("rent", True), ("faults", False)])
def test_rent_shown_to_an_office_is_in_the_audit_and_told(ornella: Actor, chip: str, said: bool) -> None:
    questions.one_hand_over(ask(chip).pk, by=ornella)
    assert ("rent" in traces.event("office.question_read").fields) is said
    told = who_looked.lines(people_reads.seen_by(cast.person("gianni"), by=cast.herself("gianni")), str)
    assert any("affitto" in line.sentence for line in told) is said


def test_rent_no_longer_shown_is_not_said_to_be(ornella: Actor) -> None:
    sent = ask("rent")
    ENDS["answered"](sent)
    questions.one_hand_over(sent.pk, by=ornella)
    assert "rent" not in traces.event("office.question_read").fields


def test_a_closed_account_is_history() -> None:
    with scopes.opened(scopes.EVERYTHING):
        Account.objects.update(closed_on=date(2026, 3, 2))
    assert seen(cast.herself("gianni")) == []


def test_another_bodys_import_is_not_there(anna: Actor) -> None:
    with pytest.raises(NotVisible):
        reads.one_import(999_999, by=anna)
