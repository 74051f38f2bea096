"""Writes of this room: the mirror of the rent accounts, what protects them, and the memory of each import."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from cortile.accounts import access, rules
from cortile.accounts.models import DIFFERENCES, WAITING, Account, Charge, Protection, RegistryImport, RentBand
from cortile.accounts.words import REFUSALS
from cortile.agencies.models import Agency
from cortile.homes.registry import require
from cortile.kit import bulk, clock, files, mirror
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.models import StoredFile
from cortile.kit.refusals import Refused
from cortile.people.models import Membership

ACCOUNTS = mirror.Mirror(
    "accounts_account",
    ("tenancy_id", "balance_cents", "monthly_rent_cents", "as_of", "owed_since"),
    readable={
        "tenancy_id": "SELECT code FROM people_tenancy WHERE id = {}",
        "balance_cents": "replace(round({} / 100.0, 2)::text, '.', ',')",
        "monthly_rent_cents": "replace(round({} / 100.0, 2)::text, '.', ',')",
        "as_of": mirror.ITALIAN_DAY,
        "owed_since": mirror.ITALIAN_DAY,
    },
)


_EUROS = "replace(round({} / 100.0, 2)::text, '.', ',')"
_CONTRACT = "SELECT code FROM people_tenancy WHERE id = {}"
BANDS = mirror.Mirror(
    "accounts_rentband", ("tenancy_id", "area", "step", "census_year", "as_of", "source"),
    readable={"tenancy_id": _CONTRACT, "as_of": mirror.ITALIAN_DAY},
)  # fmt: skip
CHARGES = mirror.Mirror(
    "accounts_charge", ("tenancy_id", "item", "season", "due_cents", "paid_cents", "increase_cents", "as_of"),
    readable={"tenancy_id": _CONTRACT, "as_of": mirror.ITALIAN_DAY}
    | dict.fromkeys(("due_cents", "paid_cents", "increase_cents"), _EUROS),
)  # fmt: skip
ISEE = mirror.Mirror(
    "accounts_iseestatement",
    ("household_id", "kind", "value_cents", "protocol", "issued_on", "valid_until", "discrepancies", "source"),
    readable={
        "household_id": "SELECT code FROM people_household WHERE id = {}", "value_cents": _EUROS,
        "issued_on": mirror.ITALIAN_DAY, "valid_until": mirror.ITALIAN_DAY, "discrepancies": mirror.ITALIAN_YES,
    },
)  # fmt: skip


class AccountRow(NamedTuple):
    """A rent account as the landlord's list says it."""

    code: str
    digest: int
    tenancy_id: int
    balance_cents: int
    monthly_rent_cents: int | None
    as_of: date
    owed_since: date | None = None


class BandRow(NamedTuple):
    """A band as the landlord's list says it."""

    code: str
    digest: int
    tenancy_id: int
    area: str
    step: str
    census_year: int
    as_of: date
    source: str


class ChargeRow(NamedTuple):
    """What a contract was asked for an item in a season, in cents, as the landlord's list says it."""

    code: str
    digest: int
    tenancy_id: int
    item: str
    season: str
    due_cents: int
    paid_cents: int
    increase_cents: int | None
    as_of: date


class IseeRow(NamedTuple):
    """An ISEE statement as the landlord's list says it."""

    code: str
    digest: int
    household_id: int
    kind: str
    value_cents: int
    protocol: str
    issued_on: date
    valid_until: date
    discrepancies: bool
    source: str


@action("registry.accounts_taken_in")
def take_in_accounts(agency: Agency, rows: Iterable[AccountRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the rent accounts equal to the list."""
    require(by, agency)
    _mirrored(rows, ledger)
    done("U", agency, persons=_holders(Account, ledger), fields=["account"])
    return ledger


@action("registry.bands_taken_in")
def take_in_bands(agency: Agency, rows: Iterable[BandRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the bands equal to the list; one that is no longer there is closed, and nobody decides on it again."""
    require(by, agency)
    _mirrored(rows, ledger)
    done("U", agency, persons=_holders(RentBand, ledger), fields=["band"])
    return ledger


@action("registry.charges_taken_in")
def take_in_charges(agency: Agency, rows: Iterable[ChargeRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the charges equal to the list; one that is no longer there is closed, and nobody decides on it again."""
    require(by, agency)
    _mirrored(rows, ledger)
    done("U", agency, persons=_holders(Charge, ledger), fields=["charge"])
    return ledger


@action("registry.isee_taken_in")
def take_in_isee(agency: Agency, rows: Iterable[IseeRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the ISEE statements equal to the list. They are of a household: all who live in it are named in the audit."""
    require(by, agency)
    _mirrored(rows, ledger)
    living = Membership.objects.filter(until=None, household__isee_statements__in=ledger.touched).order_by()
    done("U", agency, persons=set(living.values_list("person_id", flat=True)) if ledger.touched else [], fields=["isee"])
    return ledger


def _mirrored(rows: Iterable[AccountRow | BandRow | ChargeRow | IseeRow], ledger: mirror.Ledger) -> None:
    for batch in bulk.batches(rows):
        new, known = ledger.split(batch)
        ledger.add(new, map(_values, new))
        ledger.stage(known, map(_values, known))
    ledger.settle(clock.today())


def _values(row: AccountRow | BandRow | ChargeRow | IseeRow) -> tuple[object, ...]:
    return row[2:]


def _holders(table: type[Account | RentBand | Charge], ledger: mirror.Ledger) -> set[int]:
    """Return who signed the contracts that were touched."""
    found = table.objects.filter(pk__in=ledger.touched).order_by().values_list("tenancy__holder_id", flat=True)
    return set(found) if ledger.touched else set()


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


@action("protection.written")
def protect(
    account: Account, *, by: Actor, kind: str, since: date | None = None, until: date | None = None,
    instalment_cents: int | None = None, once: str = "",
) -> Protection:  # fmt: skip
    """Write what protects a contract while it owes: an agreed plan with its instalment, or an application waiting.

    Raise ``Refused`` with ``protection-kind``, ``protection-backwards``, ``protection-over``, ``instalment-missing`` or
    ``protection-stands``; ``NotVisible`` for an account the actor may not protect.
    """
    row, first = access.to_protect(by, account.pk), since or clock.today()
    _check(kind in Protection.KINDS, "protection-kind")
    _check(until is None or until >= first, "protection-backwards")
    _check(until is None or until >= clock.today(), "protection-over")
    _check(rules.plan_is_whole(kind, instalment_cents, until), "instalment-missing")
    _check(kind not in {p.kind for p in row.protections.all() if p.stands}, "protection-stands")
    written = Protection.objects.create(
        agency_id=row.agency_id, account=row, kind=kind, since=first, until=until,
        instalment_cents=instalment_cents if kind == "plan" else None, said_by=by.name,
    )  # fmt: skip
    done("C", written, persons=[row.tenancy.holder_id], fields=["protection"])
    return written


@action("protection.ended")
def end_protection(protection: Protection, *, by: Actor, reason: str, once: str = "") -> Protection:
    """End what protects a contract, from today, with a reason. Raise ``Refused`` with ``protection-gone`` or ``reason-missing``."""
    row = access.to_protect(by, protection.account_id)
    found = Protection.objects.select_for_update().get(pk=protection.pk, account=row)
    _check(found.stands, "protection-gone")
    _check(reason.strip(), "reason-missing")
    found.ended_on = clock.today()
    found.save(update_fields=["ended_on"])
    done("U", found, persons=[row.tenancy.holder_id], fields=["protection"], reason=reason)
    return found


def _check(condition: object, code: str) -> None:
    if not condition:
        sentence, what_to_do = REFUSALS[code]
        raise Refused(code, str(sentence), str(what_to_do))
