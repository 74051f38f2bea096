"""Writes of this room: the mirror of the rent accounts, and the memory of each import."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from cortile.accounts.models import DIFFERENCES, WAITING, Account, RegistryImport
from cortile.agencies.models import Agency
from cortile.homes.registry import require
from cortile.kit import bulk, clock, files, mirror
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.models import StoredFile

ACCOUNTS = mirror.Mirror(
    "accounts_account",
    ("tenancy_id", "balance_cents", "monthly_rent_cents", "as_of"),
    readable={
        "tenancy_id": "SELECT code FROM people_tenancy WHERE id = {}",
        "balance_cents": "replace(round({} / 100.0, 2)::text, '.', ',')",
        "monthly_rent_cents": "replace(round({} / 100.0, 2)::text, '.', ',')",
        "as_of": mirror.ITALIAN_DAY,
    },
)


class AccountRow(NamedTuple):
    """A rent account as the landlord's list says it."""

    code: str
    digest: int
    tenancy_id: int
    balance_cents: int
    monthly_rent_cents: int | None
    as_of: date


@action("registry.accounts_taken_in")
def take_in_accounts(agency: Agency, rows: Iterable[AccountRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the rent accounts equal to the list."""
    require(by, agency)
    for batch in bulk.batches(rows):
        new, known = ledger.split(batch)
        ledger.add(new, map(_values, new))
        ledger.stage(known, map(_values, known))
    ledger.settle(clock.today())
    holders = Account.objects.filter(pk__in=ledger.touched).order_by().values_list("tenancy__holder_id", flat=True)
    done("U", agency, persons=list(holders) if ledger.touched else [], fields=["account"])
    return ledger


def _values(row: AccountRow) -> tuple[object, ...]:
    return row[2:]


@action("registry.delivery_kept")
def keep_delivery(
    agency: Agency, sheets: Iterable[tuple[str, bytes]], *, by: Actor, differences: dict[str, list[list[str]]]
) -> Agency:
    """Keep the files of a dry run until somebody confirms them, in place of the ones kept before."""
    require(by, agency)
    StoredFile.objects.filter(room__in=[WAITING, DIFFERENCES], owner_id=agency.pk).delete()
    for name, content in sheets:
        files.store(WAITING, agency.pk, content, agency_id=agency.pk, name=name, media_type="text/csv")
    said = json.dumps(differences, ensure_ascii=False).encode()
    files.store(DIFFERENCES, agency.pk, said, agency_id=agency.pk, name="differenze.json", media_type="application/json")
    done("C", agency, fields=["registry"])
    return agency


@action("registry.delivery_dropped")
def drop_delivery(agency: Agency, *, by: Actor) -> Agency:
    """Forget the files that were waiting: they have been taken in, or they were the wrong ones."""
    require(by, agency)
    StoredFile.objects.filter(room__in=[WAITING, DIFFERENCES], owner_id=agency.pk).delete()
    done("D", agency, fields=["registry"])
    return agency


@action("registry.run_remembered")
def remember_run(
    agency: Agency, *, by: Actor, state: str, started_at: datetime, counts: dict[str, dict[str, int]],
    rejects: dict[str, str], rejected: int = 0,
) -> RegistryImport:  # fmt: skip
    """Write what an import found. Only the last run keeps the rows it could not take: they are people's data."""
    require(by, agency)
    if state != "failed":
        RegistryImport.objects.filter(agency=agency).exclude(rejects={}).update(rejects={})
    run = RegistryImport.objects.create(
        agency=agency, started_at=started_at, finished_at=clock.now(), by_name=by.name, state=state, counts=counts,
        rejected=rejected, rejects=rejects,
    )  # fmt: skip
    done("C", run, fields=["registry"])
    return run
