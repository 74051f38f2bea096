"""The only writes of the ledger: every movement is one entry with two sides, under the envelope's lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from cortile.benefits.actions.steps import check, refused
from cortile.benefits.models import Application, Balance, Decision, Entry, Envelope, Posting
from cortile.benefits.stages import MOVES
from cortile.kit import clock
from cortile.kit.actor import Actor


def lock(envelope_id: int) -> Envelope:
    """Hold an envelope for this transaction: movements of one envelope follow each other, and never wait in a ring.

    Nothing else is waited for while it is held. An entry that names an application only asks that its row be there, and
    whoever decides that one holds it in a way that lets it be asked (``access.held``).
    """
    return Envelope.objects.select_for_update(no_key=True).get(pk=envelope_id)


def balance(envelope: Envelope, account: str) -> int:
    """Return what stands on an account now, in cents."""
    found = Balance.objects.filter(envelope=envelope, account=account).values_list("cents", flat=True).first()
    return found or 0


def post(
    envelope: Envelope, move: str, cents: int, *, by: Actor, reason: str, key: str,
    application: Application | None = None, decision: Decision | None = None,
) -> Entry:  # fmt: skip
    """Move cents between the two accounts of a move, once for each ``key``: a retry finds the first entry.

    The envelope is locked here. Raise ``Refused`` with ``envelope-too-small`` when the account it leaves holds less: the
    database would refuse it too.
    """
    lock(envelope.pk)
    earlier = Entry.objects.filter(envelope=envelope, key=key).first()
    if earlier is not None:
        return earlier
    source, target = MOVES[move]
    if source != "funding" and balance(envelope, source) < cents:
        raise refused("envelope-too-small")
    entry = Entry.objects.create(
        agency_id=envelope.agency_id, envelope=envelope, move=move, at=clock.now(), by_name=by.name, reason=reason, key=key,
        application=application, decision=decision,
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(agency_id=envelope.agency_id, entry=entry, account=account, cents=sign * cents)
        for account, sign in ((source, -1), (target, 1))
    )
    return entry


class Share(NamedTuple):
    """Cents of an application in a movement of many, with the key that makes it one."""

    application_id: int
    cents: int
    key: str


def post_all(envelope: Envelope, move: str, shares: Sequence[Share], *, by: Actor, reason: str) -> int:
    """Make the same movement for many applications at once, and return its cents: few statements, however many they are.

    The envelope is locked here. Raise ``Refused`` with ``envelope-too-small`` when the account holds less than all of them.
    """
    lock(envelope.pk)
    check(balance(envelope, MOVES[move][0]) >= sum(share.cents for share in shares), "envelope-too-small")
    return write_all(envelope, move, shares, by=by, reason=reason)


def write_all(envelope: Envelope, move: str, shares: Sequence[Share], *, by: Actor, reason: str) -> int:
    """Write movements of an envelope that is held and has the money: whoever calls it has looked. The database looks again."""
    if not shares:
        return 0
    source, target = MOVES[move]
    entries = Entry.objects.bulk_create(
        Entry(
            agency_id=envelope.agency_id, envelope=envelope, move=move, at=clock.now(), by_name=by.name, reason=reason,
            key=share.key, application_id=share.application_id,
        )
        for share in shares
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(agency_id=envelope.agency_id, entry=entry, account=account, cents=sign * share.cents)
        for entry, share in zip(entries, shares, strict=True)
        for account, sign in ((source, -1), (target, 1))
    )
    return sum(share.cents for share in shares)


def hold_arrivals(call_id: int) -> None:
    """Hold a call's arrivals for this transaction: whoever is sending an application in at this instant is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM benefits_call WHERE id = %s FOR NO KEY UPDATE", [call_id])


class Arrival(NamedTuple):
    """The next place of arrival in a call, whether its list was drawn already, and whether the household applied this year."""

    place: int
    too_late: bool
    there_is_one: bool


def arrival_of(application: Application) -> Arrival:
    """Return what an application comes to. Whoever comes meanwhile waits, so that no number is skipped or doubled."""
    hold_arrivals(application.call_id)
    # Only now, in a statement of its own: what was seen before the wait is of before.
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVAL, {
            "call": application.call_id, "household": application.household_id, "programme": application.programme,
            "year": application.year,
        })  # fmt: skip
        return Arrival(*cursor.fetchone())


_ARRIVAL = """
    SELECT COALESCE((SELECT max(arrival) FROM benefits_application WHERE call_id = %(call)s), 0) + 1,
        EXISTS (SELECT FROM benefits_drawnlist WHERE call_id = %(call)s AND voided_at IS NULL),
        EXISTS (SELECT FROM benefits_application WHERE household_id = %(household)s AND programme = %(programme)s
                AND year = %(year)s AND state <> 'withdrawn' AND outcome <> 'refused')
"""
