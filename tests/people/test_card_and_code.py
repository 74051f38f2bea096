"""A card and a code on paper: what comes in, what does not, and the same answer for all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions, reads
from cortile.people.models import Person, SignInCode
from tests import cast, traces


def try_in(card: str, code: str) -> Actor | None:
    """Try a card and a code at the door."""
    return actions.sign_in(by=PUBLIC, card_number=card, code=code)


def test_card_and_code_let_her_in(marta: Actor, adele: Person) -> None:
    _, code = actions.issue_paper_code(adele, by=marta)
    assert try_in(adele.card_number, code) == cast.herself("adele")
    assert traces.event("tenant.signed_in").fields == ["sign_in"]


def test_spaces_are_no_mistake(marta: Actor, adele: Person) -> None:
    _, code = actions.issue_paper_code(adele, by=marta)
    assert try_in(f" {adele.card_number[:4]} {adele.card_number[4:]}", f"{code[:3]} {code[3:]}") is not None


def test_only_the_hash_is_kept(marta: Actor, adele: Person) -> None:
    row, code = actions.issue_paper_code(adele, by=marta)
    assert code not in row.code_hash
    assert len(code) == 8


def test_a_new_code_ends_the_one_before(marta: Actor, adele: Person) -> None:
    (_, first), (_, second) = (actions.issue_paper_code(adele, by=marta) for _ in range(2))
    assert try_in(adele.card_number, second) is not None
    assert first == second or try_in(adele.card_number, first) is None


def test_also_one_that_had_been_used(marta: Actor, adele: Person) -> None:
    _, first = actions.issue_paper_code(adele, by=marta)
    try_in(adele.card_number, first)
    _, second = actions.issue_paper_code(adele, by=marta)
    assert try_in(adele.card_number, second) is not None
    assert first == second or try_in(adele.card_number, first) is None


def test_five_wrong_guesses_end_it(marta: Actor, adele: Person) -> None:
    _, code = actions.issue_paper_code(adele, by=marta)
    for _ in range(5):
        assert try_in(adele.card_number, "00000000" if code != "00000000" else "00000001") is None
    assert try_in(adele.card_number, code) is None


def test_a_wrong_guess_is_remembered_with_nobody_named(marta: Actor, adele: Person) -> None:
    actions.issue_paper_code(adele, by=marta)
    try_in(adele.card_number, "")
    assert (traces.event("tenant.signed_in").fields, traces.subjects("tenant.signed_in")) == (["wrong_code"], set())


def test_a_wrong_guess_stands_in_the_log_of_the_cards_body(marta: Actor, adele: Person) -> None:
    actions.issue_paper_code(adele, by=marta)
    try_in(adele.card_number, "")
    found = traces.event("tenant.signed_in")
    assert (found.agency_id, found.agent_kind) == (adele.agency_id, "public")


def test_she_is_told_who_came_in_for_her(marta: Actor, adele: Person) -> None:
    given = actions.name_delegate(adele, by=marta, name="Lucia Brambilla", talked_alone=True, scopes=["faults"])
    try_in(given.card_number, actions.issue_paper_code(adele, by=marta, card_number=given.card_number)[1])
    told = reads.seen_by(adele, by=cast.herself("adele"))
    assert [e.what for e in told if e.agent_name == "Lucia Brambilla"] == ["tenant.signed_in"]


def test_paper_is_good_for_thirty_days(marta: Actor, adele: Person) -> None:
    _, code = actions.issue_paper_code(adele, by=marta)
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert try_in(adele.card_number, code) is None


@pytest.mark.parametrize("card", ["", "99999999", "abc"])
def test_an_unknown_card_lets_nobody_in(card: str) -> None:
    assert try_in(card, "123456") is None


def test_a_helper_comes_in_with_a_card_of_their_own(marta: Actor, adele: Person) -> None:
    given = actions.name_delegate(adele, by=marta, name="Lucia Brambilla", talked_alone=True, scopes=["faults"])
    _, code = actions.issue_paper_code(adele, by=marta, card_number=given.card_number)
    signed = try_in(given.card_number, code)
    assert signed is not None
    assert signed.name == "Lucia Brambilla"


def test_no_code_for_the_card_of_somebody_else(marta: Actor, adele: Person, gianni: Person) -> None:
    with pytest.raises(Refused, match="card-unknown"):
        actions.issue_paper_code(adele, by=marta, card_number=gianni.card_number)
    assert not SignInCode.objects.exists()


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore", "lucia"])
def test_strangers_print_no_code(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.issue_paper_code(adele, by=cast.at_desk(who))


def test_she_prints_none_herself(adele: Person, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.issue_paper_code(adele, by=as_adele)


def test_who_has_died_comes_in_no_more(marta: Actor, adele: Person) -> None:
    _, code = actions.issue_paper_code(adele, by=marta)
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=adele.pk).update(state="died")
    assert try_in(adele.card_number, code) is None
