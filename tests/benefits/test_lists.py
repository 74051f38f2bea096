"""The list of a call: drawn once it is closed, by need or in proportion, published by number, and never changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from cortile.benefits import actions as benefits
from cortile.benefits.actions import Stated
from cortile.benefits.models import Application, CallVersion, DrawnList, Envelope
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.benefits import money, notices
from tests.benefits.queues import DUE, balances, decided, kept, withdrawn

CLOSED = datetime(2026, 5, 4, 9, tzinfo=UTC)
ISEE = {"adele": 14_000_00, "samira": 10_000_00, "gianni": 12_000_00}


def waiting(cents: int, **terms: object) -> tuple[CallVersion, Envelope, dict[str, Application]]:
    """Let the cast apply to a call that lists by need: Adele first, and Samira needs it most."""
    version = notices.published(**terms)
    envelope = money.envelope(version, cents)
    said = {name: money.stated(due=DUE[name], isee=ISEE[name]) for name in ISEE}
    return version, envelope, {name: money.applied(version, name, said=said[name]) for name in ISEE}


@contextlib.contextmanager
def closed() -> Iterator[None]:
    """Stand in May, when the call is closed."""
    with clock.frozen(CLOSED):
        yield


def drawn(version: CallVersion, who: str = "federica") -> DrawnList:
    """Draw the list."""
    with closed():
        return benefits.draw_list(version.call_id, by=cast.at_desk(who))


def refused(version: CallVersion, who: str = "federica") -> str:
    """Return the code a list is refused with."""
    with pytest.raises(Refused) as found, closed():
        benefits.draw_list(version.call_id, by=cast.at_desk(who))
    return found.value.code


def names(made: dict[str, Application], drawn_list: DrawnList) -> list[tuple[str, int]]:
    """Return who is at each place, and what they were given: the list itself knows numbers only."""
    known = {application.number: name for name, application in made.items()}
    return [(known[number], given) for number, given in drawn_list.places.values_list("number", "given_cents")]


def test_who_needs_it_most_comes_first() -> None:
    version, envelope, made = waiting(500_00)
    assert names(made, drawn(version)) == [("samira", 300_00), ("gianni", 200_00), ("adele", 0)]
    assert kept(envelope) == {"samira": 300_00, "gianni": 200_00}


def test_two_alike_are_parted_by_arrival() -> None:
    version = notices.published()
    money.envelope(version, 300_00)
    made = {name: money.applied(version, name, said=money.stated(due=600_00)) for name in ("gianni", "adele")}
    assert names(made, drawn(version)) == [("gianni", 300_00), ("adele", 0)]


def test_an_isee_known_only_by_its_side_stands_last() -> None:
    version = notices.published()
    money.envelope(version, 300_00)
    rough = money.stated(due=600_00) | {"isee": Stated(9_360_01, "INPS", exact=False)}
    made = {"adele": money.applied(version, "adele", said=rough), "gianni": money.applied(version, "gianni")}
    assert [name for name, _ in names(made, drawn(version))] == ["gianni", "adele"]


def test_in_proportion_everybody_has_a_part_and_no_cent_is_lost() -> None:
    version, envelope, made = waiting(500_01, strategy="proportional")
    assert names(made, drawn(version)) == [("adele", 222_23), ("samira", 166_67), ("gianni", 111_11)]
    assert balances(envelope)["available"] == 0


def test_the_first_who_does_not_fit_stops_the_line() -> None:
    version, _, made = waiting(600_00)
    assert [given for _, given in names(made, drawn(version))] == [300_00, 200_00, 0]


def test_or_has_what_is_left_where_the_call_says_so() -> None:
    version, _, made = waiting(600_00, last="partly")
    assert [given for _, given in names(made, drawn(version))] == [300_00, 200_00, 100_00]


def test_what_comes_back_goes_down_the_list() -> None:
    version, envelope, made = waiting(600_00)
    drawn(version)
    withdrawn(made["samira"])
    assert kept(envelope) == {"gianni": 200_00, "adele": 400_00}


def test_in_proportion_what_comes_back_stays_free() -> None:
    version, envelope, made = waiting(500_00, strategy="proportional")
    drawn(version)
    withdrawn(made["gianni"])
    assert balances(envelope)["available"] == 111_11


def test_a_decision_commits_what_the_list_gave() -> None:
    version, _, made = waiting(500_00, strategy="proportional")
    drawn(version)
    assert decided(made["adele"], 400_00) == 222_22


def test_before_the_list_nothing_is_granted() -> None:
    _, _, made = waiting(500_00)
    with pytest.raises(Refused) as found:
        decided(made["adele"], 400_00)
    assert found.value.code == "list-not-drawn"


def test_while_the_call_is_open_there_is_no_list() -> None:
    version, _, _ = waiting(500_00)
    with pytest.raises(Refused) as found:
        benefits.draw_list(version.call_id, by=cast.at_desk("federica"))
    assert found.value.code == "call-still-open"


def test_nor_where_who_comes_first_is_first() -> None:
    version = notices.published(strategy="first_come")
    money.envelope(version, 1)
    assert refused(version) == "no-list-here"


def test_it_is_drawn_once() -> None:
    version, _, _ = waiting(500_00)
    drawn(version)
    assert refused(version) == "list-already-drawn"


def test_only_the_office_draws_it() -> None:
    version, _, _ = waiting(500_00)
    assert refused(version, "paola") == "not-allowed"


def test_where_there_is_no_envelope_there_is_no_list() -> None:
    with pytest.raises(NotVisible):
        drawn(notices.published())


def test_who_sends_when_the_list_is_there_comes_too_late() -> None:
    version, _, _ = waiting(500_00, closes_at="2026-03-12T10:00:00+00:00")
    drawn(version)
    with pytest.raises(Refused) as found:
        money.applied(version, "adele")
    assert found.value.code == "call-closed"


def test_a_list_is_made_void_with_a_reason_and_drawn_again() -> None:
    version, envelope, _ = waiting(500_00)
    first = drawn(version)
    benefits.void_list(first.pk, by=cast.at_desk("federica"), reason="un ISEE era sbagliato")
    assert (kept(envelope), balances(envelope)["available"]) == ({}, 500_00)
    assert drawn(version).pk != first.pk


def voided(found: DrawnList, reason: str = "sbagliata", who: str = "federica") -> str:
    """Return the code the end of a list is refused with."""
    with pytest.raises(Refused) as refusal:
        benefits.void_list(found.pk, by=cast.at_desk(who), reason=reason)
    return refusal.value.code


def test_without_a_reason_it_stands() -> None:
    assert voided(drawn(waiting(500_00)[0]), " ") == "reason-missing"


def test_nobody_else_makes_it_void() -> None:
    assert voided(drawn(waiting(500_00)[0]), who="paola") == "not-allowed"


def test_nor_once_money_was_given_along_it() -> None:
    version, _, made = waiting(500_00)
    first = drawn(version)
    decided(made["samira"], 300_00)
    assert voided(first) == "list-in-use"


def test_nor_twice() -> None:
    found = drawn(waiting(500_00)[0])
    benefits.void_list(found.pk, by=cast.at_desk("federica"), reason="sbagliata")
    with pytest.raises(NotVisible):
        benefits.void_list(found.pk, by=cast.at_desk("federica"), reason="sbagliata")


NEVER = {
    "a place changes": "UPDATE benefits_drawnplace SET given_cents = 0", "a place goes": "DELETE FROM benefits_drawnplace",
    "the list goes": "DELETE FROM benefits_drawnlist", "its order changes": "UPDATE benefits_drawnlist SET strategy = 'x'",
}  # fmt: skip


@pytest.mark.parametrize("what", NEVER)
def test_a_published_list_never_changes(what: str) -> None:
    drawn(waiting(500_00)[0])
    refused_there = pytest.raises(DatabaseError, match=r"never changes|append-only")
    with refused_there, transaction.atomic(), scopes.opened(scopes.EVERYTHING), connection.cursor() as cursor:
        cursor.execute(NEVER[what])
