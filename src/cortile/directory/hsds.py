"""Cards in the words of HSDS 3.1: what the public interface answers and what an export writes.

Every row comes fetched (``reads.nested``): nothing here asks the database. A key without a value is left out, since the
official description lets none be null. Source: HSDS 3.1, bundled OpenAPI.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from cortile.directory.models import (
    Attribute,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from cortile.directory.rules.freshness import Freshness, freshness
from cortile.directory.rules.hours import over_night
from cortile.directory.stages import EXCEPTION, NEXT_DAY
from cortile.kit import clock

VERSION = "3.1"
CURRENCY = "EUR"
MILLION, HUNDRED = 1_000_000, 100
Json = dict[str, Any]
# Said in Italian to every machine, whatever language it asks in: an answer is cached for all.
OLD = {
    Freshness.UNSURE: "Non confermato da più di 90 giorni: telefona prima di andare.",
    Freshness.NEVER: "Mai confermato: telefona prima di andare.",
}


def given(**values: Any) -> Json:  # noqa: ANN401 -- whatever JSON takes
    """Return what has a value, written as JSON writes it."""
    return {key: _plain(value) for key, value in values.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:  # noqa: ANN401 -- as above
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def service_line(row: Service) -> Json:
    """Return a card with its one-to-one fields only."""
    return service_bare(row) | given(organization=organization_line(row.organization))


def service_bare(row: Service) -> Json:
    """Return a card's own fields. The day it was confirmed is ``assured_date``; one that is old says so in ``alert``.

    Who keeps it is told to nobody: ``assurer_email`` is left out, since a private box too gets the links (GDPR art. 5.1.c).
    """
    old = OLD.get(freshness(row.confirmed_at, clock.now()), "")
    return given(
        id=row.uuid, organization_id=row.organization.uuid, name=row.name, alternate_name=row.alternate_name,
        description=row.description, url=row.url, email=row.email, status=row.status,
        interpretation_services=row.interpretation_services, application_process=row.application_process,
        fees_description=row.fees_description or ("Gratis" if row.free else ""), wait_time=row.wait_time,
        accreditations=row.accreditations, eligibility_description=row.eligibility_description, minimum_age=row.minimum_age,
        maximum_age=row.maximum_age, assured_date=row.confirmed_at.date() if row.confirmed_at else None,
        alert=" ".join(part for part in (row.alert, old) if part), last_modified=row.last_modified,
    )  # fmt: skip


def service_least(row: Service) -> Json:
    """Return the least the description allows of a card: its id and when it changed, with the name and status it demands."""
    return given(id=row.uuid, name=row.name, status=row.status, last_modified=row.last_modified)


def service_full(row: Service) -> Json:
    """Return a card with all that belongs to it."""
    return service_bare(row) | given(
        phones=[phone(p) for p in row.phones.all()],
        schedules=[schedule(s) for s in row.schedules.all()],
        service_areas=[
            given(id=a.uuid, service_id=row.uuid, name=a.name, description=a.description) for a in row.areas.all()
        ],
        service_at_locations=[at_location(at) for at in row.at_locations.all()],
        languages=[given(id=x.uuid, service_id=row.uuid, name=x.name, code=x.code, note=x.note) for x in row.languages.all()],
        organization=organization_bare(row.organization),
        cost_options=[_cost(c, row) for c in row.costs.all()],
        capacities=_capacities(row),
        attributes=[attribute(a, row.uuid, "service") for a in row.attributes.all()],
        metadata=_confirmed(row),
    )  # fmt: skip


def _cost(row: Any, service: Service) -> Json:  # noqa: ANN401 -- a CostOption
    amount = None if row.amount_cents is None else row.amount_cents / HUNDRED
    return given(
        id=row.uuid, service_id=service.uuid, option=row.option, currency=CURRENCY if amount is not None else "", amount=amount,
        amount_description=row.amount_description, valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip


def _capacities(row: Service) -> list[Json]:
    """Return whether there is room; the state (capacity, no-capacity, waitlist) stands in ``description``."""
    left = getattr(row, "capacity", None)
    if left is None:
        return []
    unit = given(id=left.unit_uuid, name=left.unit)
    return [
        given(
            id=left.uuid,
            service_id=row.uuid,
            unit=unit,
            unit_id=left.unit_uuid,
            available=left.available,
            maximum=left.maximum,
            description=left.state,
            updated=left.updated,
        )
    ]


def _confirmed(row: Service) -> list[Json]:
    """Return the last confirmation as metadata: which body or which keeper said so, never who in it."""
    if row.confirmed_at is None:
        return []
    who = row.organization.name if row.confirmed_how == "keeper" else row.agency.short_name
    said = row.confirmed_at.date().isoformat()
    return [
        {
            "id": str(uuid.uuid5(row.uuid, f"confirmed {said}")), "resource_id": str(row.uuid), "resource_type": "service",
            "last_action_date": said, "last_action_type": "confirm", "field_name": "assured_date", "previous_value": "",
            "replacement_value": said, "updated_by": who,
        }
    ]  # fmt: skip


def organization_line(row: Organization) -> Json:
    """Return an organisation with its one-to-one fields. Its kind is told as ``legal_status`` where nothing better is."""
    return {"description": row.description} | given(
        id=row.uuid, name=row.name, alternate_name=row.alternate_name, description=row.description, email=row.email,
        website=row.website, tax_id=row.tax_id, legal_status=row.legal_status or row.kind,
        parent_organization_id=row.parent.uuid if row.parent_id and row.parent else None,
    )  # fmt: skip


def organization_bare(row: Organization) -> Json:
    """Return an organisation with its telephones and what it stands under."""
    return organization_line(row) | given(
        phones=[phone(p) for p in row.phones.all()],
        attributes=[attribute(a, row.uuid, "organization") for a in row.attributes.all()],
    )


def organization_full(row: Organization, services: Iterable[Json]) -> Json:
    """Return an organisation with its places and these services."""
    return organization_bare(row) | given(locations=[location(p) for p in row.locations.all()], services=list(services))


def at_location_line(row: ServiceAtLocation) -> Json:
    """Return a service in a place with one-to-one fields only."""
    return given(
        id=row.uuid, service_id=row.service.uuid, location_id=row.location.uuid, description=row.description,
        location=location_line(row.location), service=service_line(row.service),
    )  # fmt: skip


def at_location(row: ServiceAtLocation) -> Json:
    """Return a service's place with its hours there."""
    return given(
        id=row.uuid, service_id=row.service.uuid, location_id=row.location.uuid, description=row.description,
        schedules=[schedule(s) for s in row.schedules.all()], location=location(row.location),
    )  # fmt: skip


def at_location_nested(row: ServiceAtLocation) -> Json:
    """Return a service in a place with all that belongs to both, in the shape of a list's row."""
    return at_location(row) | given(service=service_full(row.service))


def at_location_full(row: ServiceAtLocation) -> Json:
    """Return a service in a place with all that belongs to both.

    The description gives this address the shape of a *service*: its fields come too, and the ``id`` is this row's.
    """
    return service_full(row.service) | at_location_nested(row)


def location_line(row: Location) -> Json:
    """Return a place with its one-to-one fields. Degrees are written to the millionth."""
    return given(
        id=row.uuid, location_type=row.location_type, name=row.name, description=row.description,
        transportation=row.transportation, latitude=_degrees(row.latitude_e6), longitude=_degrees(row.longitude_e6),
    )  # fmt: skip


def location(row: Location) -> Json:
    """Return a place with its address, its hours and what it has for who moves with difficulty."""
    # All of an address is demanded, also what nobody wrote.
    address = dict.fromkeys(("address_1", "city", "state_province", "postal_code"), "") | given(
        id=row.address_uuid, location_id=row.uuid, address_1=row.address_1, city=row.city,
        state_province=row.state_province, postal_code=row.postal_code, country=row.country, address_type="physical",
    )  # fmt: skip
    steps = "" if row.step_free is None else ("Senza gradini" if row.step_free else "Con gradini")
    said = [given(id=a.uuid, location_id=row.uuid, description=a.description, details=a.details) for a in row.accessibility.all()]
    own = [given(id=uuid.uuid5(row.uuid, "steps"), location_id=row.uuid, description=steps)] if steps else []
    return location_line(row) | given(
        addresses=[address] if row.address_1 or row.city else [], phones=[phone(p) for p in row.phones.all()],
        schedules=[schedule(s) for s in row.schedules.all()], accessibility=own + said,
    )  # fmt: skip


def _degrees(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / MILLION


def phone(row: Phone) -> Json:
    """Return a telephone."""
    return given(id=row.uuid, number=row.number, type=row.type, description=row.description)


def schedule(row: Schedule) -> Json:
    """Return hours. An exception is a schedule of one date (``valid_from`` = ``valid_to``); without hours it is a day closed.

    HSDS has two hours and no day for them: those that close on the next day have ``closes_at`` before ``opens_at``, and
    ``notes`` says so. A day of ``byday``, or the date of an exception, is the one on which they open.
    """
    notes = [EXCEPTION] if row.exception else []
    if row.opens_at and row.closes_at and over_night(row.opens_at, row.closes_at):
        notes.append(NEXT_DAY)
    every = row.interval if row.freq and row.interval > 1 else None
    return given(
        id=row.uuid, valid_from=row.valid_from, valid_to=row.valid_to, freq=row.freq, interval=every, byday=row.byday,
        bymonthday=row.bymonthday, opens_at=row.opens_at, closes_at=row.closes_at,
        description=row.description or ("Chiuso" if row.exception and row.opens_at is None else ""),
        notes="; ".join(notes),
    )  # fmt: skip


def attribute(row: Attribute, of: UUID, entity: str) -> Json:
    """Return what a card stands under."""
    return given(
        id=row.uuid, link_id=of, link_entity=entity, taxonomy_term_id=row.term.uuid, label=row.term.name, value=row.term.code,
        taxonomy_term=term(row.term),
    )  # fmt: skip


def term(row: TaxonomyTerm) -> Json:
    """Return a term. The words people use for it are its description's second sentence."""
    said = row.description or row.name
    words = f"{said} Si dice anche: {', '.join(row.words)}." if row.words else said
    return given(
        id=row.uuid, code=row.code, name=row.name, description=words, parent_id=row.parent.uuid if row.parent else None,
        taxonomy=row.taxonomy.name, taxonomy_id=row.taxonomy.uuid, taxonomy_detail=taxonomy(row.taxonomy), language="it",
    )  # fmt: skip


def taxonomy(row: Taxonomy) -> Json:
    """Return a list of terms."""
    return given(id=row.uuid, name=row.name, description=row.description, uri=row.uri, version=row.version)
