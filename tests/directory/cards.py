"""Invented cards, written through the acts of the room."""

from __future__ import annotations

from datetime import date, time

from cortile.agencies.models import Agency
from cortile.directory import actions
from cortile.directory.models import Organization, Service
from cortile.directory.rules.hours import Hours
from cortile.kit import scopes
from tests import cast

MORNING = Hours(freq="WEEKLY", byday=("MO", "WE"), opens=time(9), closes=time(12, 30))
FEAST = Hours(exception=True, since=date(2026, 12, 7))


def organization(body: Agency | None = None, *, name: str = "Associazione Il Cortile", **details: object) -> Organization:
    """Return an organisation kept by a body (Milan)."""
    return actions.save_organization(body or cast.agency(), by=cast.SYSTEM, name=name, description="Inventata.", **details)


def draft(name: str = "Doposcuola", *, of: Organization | None = None, **details: object) -> Service:
    """Return a card nobody reads yet, with a telephone."""
    given: dict[str, object] = {"phone": "02 5550 200", "keeper_email": "segreteria@example.invalid", **details}
    return actions.write_service(of or organization(), by=cast.SYSTEM, name=name, **given)


def published(name: str = "Doposcuola", *, of: Organization | None = None, **details: object) -> Service:
    """Return a card anybody reads, confirmed now."""
    return actions.publish_service(draft(name, of=of, **details).pk, by=cast.SYSTEM)


def whole(name: str = "Doposcuola") -> Service:
    """Return a published card with everything a card may have."""
    actions.load_terms(by=cast.SYSTEM)
    row = published(
        name, description="Compiti insieme.", url="https://example.invalid/", email="info@example.invalid", free=True,
        eligibility_description="Dai 6 ai 14 anni", minimum_age=6, maximum_age=14, alert="Servizio inventato.",
        languages=[("ar", "arabo")], areas=["San Siro"],
    )  # fmt: skip
    actions.place_service(
        row.pk, by=cast.SYSTEM, address_1="Via dei Tigli 12", city="Milano", postal_code="20151", degrees=(45.4781, 9.1391),
        step_free=True,
    )  # fmt: skip
    actions.set_hours(row.pk, by=cast.SYSTEM, lines=[MORNING, FEAST])
    actions.set_terms(row.pk, by=cast.SYSTEM, codes=["homework", "A2.03"])
    actions.set_capacity(row.pk, by=cast.SYSTEM, state="waitlist", available=0, maximum=20)
    with scopes.opened(scopes.EVERYTHING):
        row.costs.create(option="iscrizione", amount_cents=1550)
    return row


def addressed() -> dict[str, object]:
    """Return what the addresses of a whole card name, by the names of ``tests/house/permissions.txt``."""
    row = whole()
    term = row.attributes.select_related("term__taxonomy")[0].term
    return {
        "card": row.pk, "service": row.uuid, "organization": row.organization.uuid, "at": row.at_locations.get().uuid,
        "term": term.uuid, "taxonomy": term.taxonomy.uuid,
    }  # fmt: skip
