"""The ledger: two sides to every movement, no account below nought, nothing ever rewritten."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cortile.benefits.actions import ledger
from cortile.benefits.models import Balance, Entry, Envelope
from cortile.kit import scopes
from cortile.kit.refusals import Refused
from tests import cast
from tests.benefits import money, notices


@pytest.fixture
def envelope() -> Envelope:
    """Return an envelope with a thousand euros."""
    return money.envelope(notices.published(strategy="first_come"), 1_000_00)


def written_past_the_acts(words: str, *values: object) -> None:
    """Run SQL as somebody with the database's password would."""
    with transaction.atomic(), scopes.opened(scopes.EVERYTHING), connection.cursor() as cursor:
        cursor.execute(words, values)


def balances(envelope: Envelope) -> dict[str, int]:
    """Return what stands on each account."""
    return dict(Balance.objects.filter(envelope=envelope).values_list("account", "cents"))


def test_money_put_in_is_available(envelope: Envelope) -> None:
    assert balances(envelope) == {"funding": -1_000_00, "available": 1_000_00}


def test_first_come_keeps_money_aside(envelope: Envelope) -> None:
    version = envelope.call.versions.get()  # type: ignore[union-attr]  # an envelope of a call
    money.applied(version)
    assert balances(envelope)["reserved"] == 412_50


def test_who_does_not_fit_waits_and_nothing_is_overspent() -> None:
    version = notices.published(strategy="first_come")
    small = money.envelope(version, 500_00)
    money.applied(version)
    money.applied(version, "gianni")
    assert balances(small) == {"funding": -500_00, "available": 87_50, "reserved": 412_50}


def test_more_than_there_is_cannot_be_taken(envelope: Envelope) -> None:
    with pytest.raises(Refused) as found, scopes.opened(scopes.EVERYTHING):
        ledger.post(envelope, "reserve", 1_000_01, by=cast.at_desk("federica"), reason="x", key="x")
    assert found.value.code == "envelope-too-small"


def test_nor_past_the_acts(envelope: Envelope) -> None:
    with pytest.raises(IntegrityError, match="balance_never_below_nought"):
        written_past_the_acts(
            "WITH e AS (INSERT INTO benefits_entry (agency_id, envelope_id, move, at, by_name, reason, key)"
            " VALUES (%s, %s, 'reserve', now(), 'x', 'x', 'x') RETURNING id)"
            " INSERT INTO benefits_posting (agency_id, entry_id, account, cents) SELECT %s, id, a, c FROM e,"
            " (VALUES ('available', -100001), ('reserved', 100001)) s(a, c)",
            envelope.agency_id, envelope.pk, envelope.agency_id,
        )  # fmt: skip


@pytest.mark.parametrize("table", ["benefits_entry", "benefits_posting", "benefits_balance"])
def test_nothing_of_it_is_rewritten(envelope: Envelope, table: str) -> None:
    assert envelope.pk
    with pytest.raises(DatabaseError, match=r"append-only|sum of its postings"):
        written_past_the_acts("DELETE FROM " + table)  # noqa: S608 -- our own names


def test_the_same_movement_twice_is_one(envelope: Envelope) -> None:
    with scopes.opened(scopes.EVERYTHING):
        for _time in range(2):
            ledger.post(envelope, "reserve", 100, by=cast.at_desk("federica"), reason="x", key="k")
    assert (Entry.objects.filter(move="reserve").count(), balances(envelope)["reserved"]) == (1, 100)


SIDES = {"only one side": "('available', 5)", "sides that differ": "('available', 5), ('paid', -4)"}


@pytest.mark.parametrize("name", SIDES)
def test_sides_that_do_not_come_to_nought_are_refused(envelope: Envelope, name: str) -> None:
    with pytest.raises(DatabaseError, match="come to nought"):
        written_past_the_acts(
            "WITH e AS (INSERT INTO benefits_entry (agency_id, envelope_id, move, at, by_name, reason, key)"  # noqa: S608 -- ours
            " VALUES (%s, %s, 'reserve', now(), 'x', 'x', 'x') RETURNING id)"
            " INSERT INTO benefits_posting (agency_id, entry_id, account, cents) SELECT %s, id, a, c FROM e,"
            f" (VALUES {SIDES[name]}) s(a, c)",
            envelope.agency_id, envelope.pk, envelope.agency_id,
        )  # fmt: skip


@transaction.atomic
def written_without_sides(envelope: Envelope) -> None:
    """Write an entry alone, and come to the end of the transaction."""
    written_past_the_acts(
        "INSERT INTO benefits_entry (agency_id, envelope_id, move, at, by_name, reason, key)"
        " VALUES (%s, %s, 'reserve', now(), 'x', 'x', 'x')",
        envelope.agency_id, envelope.pk,
    )  # fmt: skip
    written_past_the_acts("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_entry_without_sides_is_refused(envelope: Envelope) -> None:
    with pytest.raises(DatabaseError, match="come to nought"):
        written_without_sides(envelope)
