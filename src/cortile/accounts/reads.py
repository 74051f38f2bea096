"""Questions about rent accounts and what contributions are decided on: only for whoever the policy lets in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from cortile.accounts import access, rules, standings
from cortile.accounts.models import DIFFERENCES, WAITING, Account, Charge, RegistryImport
from cortile.accounts.standings import Row
from cortile.accounts.words import SOURCES
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.models import StoredFile
from cortile.kit.refusals import NotVisible
from cortile.people.models import Tenancy


def rent_of(person_id: int, *, by: Actor) -> list[Account]:
    """Return the open accounts of the contracts a person signed, as far as the actor may see; nothing otherwise."""
    rows = access.visible_to(by).filter(tenancy__holder_id=person_id, closed_on=None).select_related("tenancy")
    found = list(rows.prefetch_related("protections"))
    audit.seen("account.read", by=by, persons=[a.tenancy.holder_id for a in found], fields=["rent"])
    return found


@dataclass(frozen=True, slots=True)
class MyRent:
    """What a tenant is told of the rent: whether we know who reads, whether the contract is theirs, and what it owes."""

    identified: bool
    holder: bool
    accounts: list[Account]


def my_rent(*, by: Actor) -> MyRent:
    """Return what a tenant's own contracts owe. Where we do not know who reads it is the same, whatever there is to tell."""
    if not access.identified(by):
        return MyRent(identified=False, holder=False, accounts=[])
    holder = Tenancy.objects.filter(holder_id=by.person_id or 0, end=None).exists()
    return MyRent(identified=True, holder=holder, accounts=rent_of(by.person_id or 0, by=by))


def one_to_protect(account_id: int, *, by: Actor) -> Account:
    """Return an account whose protections an actor may write; raise ``NotVisible``."""
    found = access.to_protect(by, account_id)
    audit.seen("account.read", by=by, persons=[found.tenancy.holder_id], fields=["rent"])
    return found


class Known(NamedTuple):
    """A value, where it was read, since when it is so, and its last good day. No value: nobody said, or it is over."""

    value: int | str | bool | None
    source: str = ""
    as_of: date | None = None
    expires_on: date | None = None


NOTHING = Known(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a contribution may be decided on for one contract, on a day. Sums are cents; ``months`` are whole.

    ``band`` comes from the regional ISEE-ERP, ``isee`` is the national one: two indicators, never one for the other.
    ``discrepancies``: INPS found omissions in that ISEE, which is good all the same (domain §3).
    """

    tenancy_id: int
    holder_id: int
    months: Known
    band: Known
    step: str
    isee: Known
    isee_kind: str
    protocol: str
    discrepancies: bool
    arrears: Known
    signed_plan: Known
    due: dict[tuple[str, str], Known]
    paid: dict[tuple[str, str], Known]


def standing_of(tenancy_id: int, *, by: Actor, day: date | None = None) -> Standing:
    """Return what a contribution may be decided on for a contract; raise ``NotVisible``."""
    on = day or clock.today()
    row = standing_row(tenancy_id, by=by, day=on, item="", seasons=())
    charges = Charge.objects.filter(tenancy_id=row.tenancy_id, closed_on=None)
    said = [((c.item, c.season), c.due_cents, c.paid_cents, c.as_of) for c in charges]
    return Standing(
        row.tenancy_id, row.holder_id, months_of(row, on), band_of(row, on), row.step or "", isee_of(row, on), row.isee_kind or "",
        row.protocol or "", bool(row.discrepancies), arrears_of(row), plan_of(row),
        {what: Known(due, _source("accounts"), as_of) for what, due, _, as_of in said},
        {what: Known(paid, _source("accounts"), as_of) for what, _, paid, as_of in said},
    )  # fmt: skip


def standing_row(tenancy_id: int, *, by: Actor, day: date, item: str, seasons: Sequence[str]) -> Row:
    """Return the bare facts of a contract, with its newest charge for an item in some seasons; raise ``NotVisible``."""
    ids = access.standings_visible_to(by).filter(pk=tenancy_id).values_list("pk", flat=True)
    rows = standings.rows_of(list(ids), day, item=item, seasons=seasons)
    if not rows:
        raise NotVisible
    audit.seen("standing.read", by=by, persons=[rows[0].holder_id], fields=["band", "isee", "charges", "rent"])
    return rows[0]


def standing_rows(agency_id: int, *, by: Actor, day: date, item: str, seasons: Sequence[str], named: bool = True) -> list[Row]:
    """Return the bare facts of every contract of a body that is in force on a day, as far as the actor may see.

    Two statements, however many they are. Raise ``NotVisible`` for another body, or where the actor sees nobody's.
    """
    access.require_standings(by, agency_id)
    living = Q(start__lte=day) & (Q(end=None) | Q(end__gt=day))
    ids = access.standings_visible_to(by).filter(living, agency_id=agency_id).order_by().values_list("pk", flat=True)
    rows = standings.rows_of(list(ids), day, item=item, seasons=seasons)
    seen = ["band", "isee", "charges", "rent"]
    if named:
        audit.seen("standings.read", by=by, persons=[row.holder_id for row in rows], fields=seen)
    else:
        # What only becomes counts is written once and names nobody: a list of who looked must not drown in sums.
        audit.leave("standings.counted", by=by, verb="R", fields=seen)
    return rows


def months_of(row: Row, day: date) -> Known:
    """Return how many whole months the contract has run."""
    return Known(rules.whole_months(row.start, day), _source("contract"), row.start)


def band_of(row: Row, day: date, months: int = rules.CENSUS_MONTHS) -> Known:
    """Return the area of the last census, for as many months as a census is good; 0 is for ever."""
    if row.band_as_of is None:
        return NOTHING
    until = rules.months_after(row.band_as_of, months) if months else None
    return Known(row.area if until is None or day <= until else None, row.band_source or _source("census"), row.band_as_of, until)


def isee_of(row: Row, day: date) -> Known:
    """Return the ISEE in force, in cents; of one that is over, when it ended."""
    if row.valid_until is None:
        return NOTHING
    value = row.isee_cents if day <= row.valid_until else None
    return Known(value, row.isee_source or _source("isee"), row.issued_on, row.valid_until)


def arrears_of(row: Row) -> Known:
    """Return what the open accounts of the contract owe together, in cents; a credit is nought."""
    return NOTHING if row.balance_cents is None else Known(max(0, row.balance_cents), _source("accounts"), row.balance_as_of)


def plan_of(row: Row) -> Known:
    """Tell whether an agreed plan stands; of a contract without an account nobody knows."""
    if row.balance_cents is None:
        return NOTHING
    return Known(row.planned_on is not None, _source("accounts"), row.planned_on or row.balance_as_of, row.planned_until)


def _source(name: str) -> str:
    return str(SOURCES[name])


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files waiting for a confirmation, and what taking them in would change."""

    files: list[tuple[str, bytes]]
    differences: dict[str, list[list[str]]]


def past_imports(*, by: Actor, limit: int = 20) -> list[RegistryImport]:
    """Return the runs of the reader's own body, newest first, without the rows they refused."""
    return list(RegistryImport.objects.filter(agency_id=by.agency_id or 0).defer("rejects").order_by("-started_at", "-pk")[:limit])


def one_import(run_id: int, *, by: Actor) -> RegistryImport:
    """Return one run of the reader's own body; raise ``NotVisible`` for another's."""
    found = RegistryImport.objects.filter(agency_id=by.agency_id or 0, pk=run_id).first()
    if found is None:
        raise NotVisible
    return found


def differences(*, by: Actor) -> dict[str, list[list[str]]] | None:
    """Return what the delivery that waits would change, or None when none waits."""
    found = StoredFile.objects.filter(room=DIFFERENCES, owner_id=by.agency_id or 0).first()
    return dict(json.loads(bytes(found.content))) if found else None


def delivery(*, by: Actor) -> Delivery | None:
    """Return the delivery that waits for a confirmation of the reader's own body, or None."""
    found = differences(by=by)
    rows = StoredFile.objects.filter(room=WAITING, owner_id=by.agency_id or 0).order_by("pk")
    return Delivery([(f.name, bytes(f.content)) for f in rows], found) if found is not None else None
