"""Questions about rent accounts: only for whoever the policy lets in."""

from __future__ import annotations

from cortile.accounts import access
from cortile.accounts.models import Account
from cortile.kit import audit
from cortile.kit.actor import Actor


def rent_of(person_id: int, *, by: Actor) -> list[Account]:
    """Return the open accounts of the contracts a person signed, as far as the actor may see; nothing otherwise."""
    rows = access.visible_to(by).filter(tenancy__holder_id=person_id, closed_on=None).select_related("tenancy")
    found = list(rows)
    audit.seen("account.read", by=by, persons=[a.tenancy.holder_id for a in found], fields=["rent"])
    return found
