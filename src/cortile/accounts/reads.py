"""Questions about rent accounts: only for whoever the policy lets in."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cortile.accounts import access
from cortile.accounts.models import DIFFERENCES, WAITING, Account, RegistryImport
from cortile.kit import audit
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
