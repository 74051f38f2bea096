"""Who, in this room: whose month an actor may read."""

from __future__ import annotations

from cortile.agencies import access as staff_access
from cortile.agencies import policy
from cortile.agencies.models import Agency
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible


def require_month(actor: Actor, agency: Agency) -> None:
    """Raise ``Refused('not-allowed')`` without the capability, ``NotVisible`` for another body; the Region reads every one."""
    staff_access.require(actor, "month page")
    if actor.agency_id != agency.pk and not policy.can(actor, "month of every body"):
        raise NotVisible
