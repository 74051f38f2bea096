"""«È ancora così»: a card grows old, its keeper gets one link, and one tap makes it sure again."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import replace

from django.conf import settings

from cortile.agencies.models import Agency
from cortile.directory import access, reads
from cortile.directory.actions.steps import check, confirmed, touched
from cortile.directory.models import ConfirmationLink, Schedule, Service, ServiceCapacity
from cortile.directory.rules import freshness
from cortile.directory.stages import CAPACITIES
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.messages import actions as messages


@action("service.confirmed")
def confirm_service(service_id: int, *, by: Actor, once: str = "") -> Service:
    """Say, as a colleague of the body that keeps it, that a published card is still true. Raise ``not-in-this-state``."""
    row = access.the_service(by, service_id)
    check(row.state == "published", "not-in-this-state")
    confirmed(row, by, "staff")
    done("U", row, fields=["confirmed"])
    return row


@action("keeper.asked")
def ask_keeper(service_id: int, *, by: Actor, once: str = "") -> Service:
    """Mail the keeper of a card one link that says «è ancora così» with one tap.

    Raise ``Refused`` with ``keeper-missing`` or ``not-in-this-state``.
    """
    row = access.the_service(by, service_id)
    check(row.state == "published", "not-in-this-state")
    check(row.keeper_email, "keeper-missing")
    token, now = secrets.token_urlsafe(24), clock.now()
    row.links.all().delete()
    ConfirmationLink.objects.create(
        service=row, token_hash=access.hash_of(token), created_at=now, expires_at=now + freshness.LINK_LASTS
    )
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    values = {"service": row.name, "organization": row.organization.name, "link": f"{settings.PUBLIC_ADDRESS}/servizi/l/{token}/"}
    messages.mail(row.agency, row.keeper_email, "service_still_so_mail", by=by, values=values)
    done("U", row, fields=["asked"])
    return row


@action("service.confirmed_by_link")
def confirm_by_link(token: str, *, by: Actor, once: str = "") -> Service:
    """Say «è ancora così» with the mailed link: no account, one tap. Tapped twice it is one confirmation.

    Raise ``Refused`` with ``link-over`` for a link that ended, was replaced or was invented, and for a card withdrawn since.
    """
    row, keeper, first = _held(token, by)
    if first:
        confirmed(row, keeper, "keeper")
    done("U", row, fields=["confirmed"], who=keeper)
    return row


@action("service.corrected_by_link")
def correct_by_link(token: str, *, by: Actor, state: str, available: int | None, note: str = "", once: str = "") -> Service:
    """Say with the mailed link how many places are left and what to know of the hours; said so, the card is confirmed too.

    ``state`` is one of ``stages.CAPACITIES``. A link corrects at its first use and for ``freshness.CORRECTS_FOR`` after it, and
    confirms once. Raise ``Refused`` with ``link-over`` as above and after that hour, or ``places-missing`` for places that are
    there and not counted.
    """
    row, keeper, first = _held(token, by, corrects=True)
    check(state in CAPACITIES and (state != "capacity" or (available or 0) > 0), "places-missing")
    told = {"state": state, "available": (available or 0) if state == "capacity" else 0, "updated": clock.now()}
    ServiceCapacity.objects.update_or_create(
        service=row, defaults=told, create_defaults={**told, "unit_uuid": uuid.uuid5(row.uuid, "posti")}
    )
    _noted(row, note.strip())
    if first:
        confirmed(row, keeper, "keeper")
    else:
        touched(row)
    done("U", row, fields=["capacity", "schedules", "confirmed"], who=keeper)
    return row


def _noted(row: Service, note: str) -> None:
    """Write the note that the form showed anew, or take it away; what a file said in other lines stays."""
    line = reads.note_of(row)
    if line and not note:
        line.delete()
    elif note:
        line = line or Schedule(service=row)
        line.description = note
        line.save()


def _held(token: str, by: Actor, *, corrects: bool = False) -> tuple[Service, Actor, bool]:
    """Return the card of a living link, held, and its keeper; True where the link is used for the first time."""
    link = access.link_by(token)
    if link is None:
        raise access.refuse("link-over")
    held = ConfirmationLink.objects.select_for_update().get(pk=link.pk)
    check(not corrects or held.used_at is None or clock.now() - held.used_at <= freshness.CORRECTS_FOR, "link-over")
    row = Service.objects.select_for_update(of=("self",)).select_related("organization").get(pk=link.service_id)
    first = held.used_at is None
    if first:
        held.used_at = clock.now()
        held.save(update_fields=["used_at"])
    return row, replace(by, name=row.organization.name, agency_id=row.agency_id), first


def keep_fresh(agency: Agency, *, by: Actor) -> dict[str, int]:
    """Ask the keepers of the cards that grew old, each once. Returns how many links left; called by ``cortile watch``."""
    waiting = reads.to_ask(agency.pk)
    for service_id in waiting:
        ask_keeper(service_id, by=by)
    return {"keepers_asked": len(waiting)}
