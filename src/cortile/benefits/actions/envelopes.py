"""Envelopes: opened, filled, and shared out along the list of a call, which is drawn once and published by number."""

from __future__ import annotations

import numpy as np

from cortile.agencies.models import Agency
from cortile.benefits import access
from cortile.benefits.actions import ledger, lines
from cortile.benefits.actions.steps import check
from cortile.benefits.line import Line, Standing, in_force
from cortile.benefits.models import Call, DrawnList, DrawnPlace, Entry, Envelope
from cortile.benefits.rules.allocating import Allocation, Strategy
from cortile.benefits.rules.allocating import allocate as shared_out
from cortile.benefits.terms import Terms
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


@action("envelope.opened")
def open_envelope(
    agency: Agency, *, by: Actor, code: str, fund: str, call: Call | None = None, unconfirmed: str = "", once: str = ""
) -> Envelope:
    """Open an envelope of a body, empty. Raise ``Refused`` with ``not-allowed``."""
    access.require(by, "keep envelope")
    check(by.agency_id in {None, agency.pk}, "not-allowed")
    envelope = Envelope.objects.create(agency=agency, code=code.strip(), fund=fund.strip(), call=call, unconfirmed=unconfirmed)
    done("C", envelope, fields=["envelope"])
    return envelope


@action("envelope.allocated")
def allocate(envelope: Envelope, *, by: Actor, cents: int, reason: str, once: str = "") -> Entry:
    """Put money into an envelope, in cents above nought: whoever waits in line has it in the same transaction.

    Raise ``Refused`` with ``not-allowed`` or ``sum-missing``.
    """
    access.require(by, "keep envelope")
    check(access.envelopes_visible_to(by).filter(pk=envelope.pk).exists(), "not-allowed")
    check(cents > 0 and reason.strip(), "sum-missing")
    key = f"allocate:{once or clock.now().isoformat()}"
    entry = ledger.post(envelope, "allocate", cents, by=by, reason=reason.strip(), key=key)
    lines.refill(envelope, by=by)
    done("U", envelope, fields=["money"], reason=reason)
    return entry


@action("list.drawn")
def draw_list(call_id: int, *, by: Actor, once: str = "") -> DrawnList:
    """Draw the list of a closed call: put everybody in order, keep the money aside along it, remember it by number only.

    By need (ISEE, then arrival) or in proportion (largest remainder, exact to the cent). Raise ``NotVisible``, or ``Refused``
    with ``not-allowed``, ``no-list-here``, ``call-still-open`` or ``list-already-drawn``. Source: D.Lgs. 33/2013 art. 26 c. 4.
    """
    access.require(by, "keep envelope")
    envelope = _envelope_of(call_id, by)
    terms = _terms(envelope)
    check(terms.strategy != Strategy.FIRST_COME, "no-list-here")
    check(clock.now() >= terms.closes_at, "call-still-open")
    # Whoever is sending in an application at this instant is waited for, then the money is held.
    ledger.hold_arrivals(call_id)
    ledger.lock(envelope.pk)
    check(in_force(call_id) is None, "list-already-drawn")
    rows, left = Line(envelope).rows(), ledger.balance(envelope, "available")
    drawn = _remember(envelope, terms, rows, left, by)
    done("C", drawn, persons=[row.person_id for row in rows], fields=["list"])
    return drawn


@action("list.voided")
def void_list(list_id: int, *, by: Actor, reason: str, once: str = "") -> DrawnList:
    """Make a list void, with a reason: what it kept aside is available again, and another one may be drawn.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed``, ``reason-missing``, or ``list-in-use`` once a decision gave money
    along it: then it is decisions that are corrected.
    """
    access.require(by, "keep envelope")
    check(reason.strip(), "reason-missing")
    drawn = DrawnList.objects.filter(pk=list_id, voided_at=None, call__envelope__in=access.envelopes_visible_to(by)).first()
    if drawn is None:
        raise NotVisible
    envelope = ledger.lock(drawn.call.envelope.pk)
    check(not (ledger.balance(envelope, "committed") or ledger.balance(envelope, "paid")), "list-in-use")
    rows = Line(envelope).rows()
    drawn.voided_at, drawn.voided_by_name, drawn.void_reason = clock.now(), by.name, reason.strip()
    drawn.save(update_fields=["voided_at", "voided_by_name", "void_reason"])
    shares = [ledger.Share(row.application_id, row.held, f"void:{drawn.pk}:{row.number}") for row in rows if row.held]
    ledger.post_all(envelope, "release", shares, by=by, reason=drawn.void_reason)
    done("U", drawn, persons=[row.person_id for row in rows], fields=["list"], reason=drawn.void_reason)
    return drawn


def _envelope_of(call_id: int, by: Actor) -> Envelope:
    found = access.envelopes_visible_to(by).filter(call_id=call_id).first()
    if found is None:
        raise NotVisible
    return found


def _terms(envelope: Envelope) -> Terms:
    version = Line(envelope).version
    if version is None:
        raise NotVisible
    return version.terms


def _remember(envelope: Envelope, terms: Terms, rows: list[Standing], left: int, by: Actor) -> DrawnList:
    """Write the list, place by place, and reserve along it."""
    drawn = DrawnList.objects.create(
        agency_id=envelope.agency_id, call_id=envelope.call_id or 0, drawn_at=clock.now(), by_name=by.name, strategy=terms.strategy,
        last=terms.last, many=len(rows), available_cents=left,
    )  # fmt: skip
    shares = _shared(rows, left, terms)
    DrawnPlace.objects.bulk_create(
        DrawnPlace(
            agency_id=envelope.agency_id, drawn_list=drawn, place=int(place), number=row.number, asked_cents=row.target,
            given_cents=int(given),
        )
        for row, given, place in zip(rows, shares.given, shares.place, strict=True)
    )  # fmt: skip
    kept = [
        ledger.Share(row.application_id, int(given), f"list:{drawn.pk}:{row.number}")
        for row, given in zip(rows, shares.given, strict=True)
        if given
    ]
    ledger.post_all(envelope, "reserve", kept, by=by, reason="lista fatta")
    return drawn


def _shared(rows: list[Standing], left: int, terms: Terms) -> Allocation:
    """Share out what is left, along places that were found from the order of need and of arrival: no two are the same."""
    asked, places = (np.array(column, np.int64) for column in ([r.target for r in rows], [r.place for r in rows]))
    return shared_out(asked, [places], left, terms.strategy, terms.last)
