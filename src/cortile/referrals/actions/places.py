"""How many places a service has left, said by the service itself on the page of a referral."""

from __future__ import annotations

import uuid

from cortile.directory.actions import steps as cards
from cortile.directory.models import ServiceCapacity
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.referrals import access
from cortile.referrals.actions import steps
from cortile.referrals.actions.steps import check
from cortile.referrals.models import Referral


@action("card.places_said_by_partner")
def set_places(referral: Referral, *, by: Actor, state: str, available: int | None, once: str = "") -> Referral:
    """Say whether there is room now on one's own card, by the link of a referral; it is a confirmation too.

    Raise ``NotVisible`` for who did not come by one, ``Refused`` with ``places-missing`` or ``not-in-this-state``.
    """
    row = steps.locked(referral, "revoke", "answer", by)
    if available is None or available < 0:
        raise access.refuse("places-missing")
    check(row.service.state == "published", "not-in-this-state")
    ServiceCapacity.objects.update_or_create(
        service=row.service,
        defaults={
            "state": state, "available": available, "updated": clock.now(), "unit_uuid": uuid.uuid5(row.service.uuid, "posti"),
        },
    )  # fmt: skip
    cards.confirmed(row.service, by, "keeper")
    steps.step(row, "card_confirmed", by)
    done("U", row, fields=["capacity"])
    return row
