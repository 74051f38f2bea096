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


def rent_of(person_id: int, *, by: Actor) -> list[Account]:
    """Return the open accounts of the contracts a person signed, as far as the actor may see; nothing otherwise."""
    rows = access.visible_to(by).filter(tenancy__holder_id=person_id, closed_on=None).select_related("tenancy")
    found = list(rows)
    audit.seen("account.read", by=by, persons=[a.tenancy.holder_id for a in found], fields=["rent"])
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
