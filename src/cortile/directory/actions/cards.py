"""Writing a card: the organisation, the service, where, when and for whom; then published, or withdrawn with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from cortile.agencies.models import Agency
from cortile.directory import access
from cortile.directory.actions.steps import check, confirmed, give_places, touched
from cortile.directory.models import (
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    TaxonomyTerm,
)
from cortile.directory.rules import hours
from cortile.directory.rules.hours import Hours
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor

LIMIT = 90_000_000
ORGANIZATION_FIELDS = frozenset({"alternate_name", "description", "kind", "email", "website", "tax_id", "legal_status"})
SERVICE_FIELDS = frozenset(
    {
        "alternate_name", "description", "url", "email", "status", "interpretation_services", "application_process",
        "fees_description", "free", "wait_time", "accreditations", "eligibility_description", "minimum_age", "maximum_age",
        "alert", "keeper_email",
    }
)  # fmt: skip


@action("organization.saved")
def save_organization(
    agency: Agency, *, by: Actor, name: str, organization_id: int | None = None, once: str = "", **details: Any,  # noqa: ANN401 -- the model's own fields
) -> Organization:  # fmt: skip
    """Write an organisation, or correct one. Raise ``Refused`` with ``not-allowed`` or ``name-missing``."""
    access.require(by)
    check(by.agency_id in {None, agency.pk}, "not-allowed")
    check(name.strip(), "name-missing")
    row = access.the_organization(by, organization_id) if organization_id else Organization(agency=agency)
    row.name, row.last_modified = name.strip(), clock.now()
    _set(row, details, ORGANIZATION_FIELDS)
    row.save()
    done("U" if organization_id else "C", row, fields=["name", *details])
    return row


@action("service.written")
def write_service(
    organization: Organization, *, by: Actor, name: str, service_id: int | None = None, phone: str | None = None,
    languages: Iterable[tuple[str, str]] | None = None, areas: Iterable[str] | None = None, once: str = "",
    **details: Any,  # noqa: ANN401 -- the model's own fields
) -> Service:  # fmt: skip
    """Write a card as a draft, or correct one. Telephone, languages (code, name) and catchments replace those that were there.

    Raise ``Refused`` with ``not-allowed``, ``name-missing`` or ``ages-backwards``.
    """
    access.require(by)
    check(by.agency_id in {None, organization.agency_id}, "not-allowed")
    check(name.strip(), "name-missing")
    row = access.the_service(by, service_id) if service_id else Service(organization=organization, agency_id=organization.agency_id)
    row.name, row.last_modified = name.strip(), clock.now()
    keeper = row.keeper_email
    _set(row, details, SERVICE_FIELDS)
    check(row.minimum_age is None or row.maximum_age is None or row.minimum_age <= row.maximum_age, "ages-backwards")
    row.save()
    if row.keeper_email != keeper:
        # The link in the box of who kept it before opens the card no more.
        row.links.all().delete()
    _replace(row, phone, languages, areas)
    done("U" if service_id else "C", row, fields=["name", *details])
    return row


def _replace(row: Service, phone: str | None, languages: Iterable[tuple[str, str]] | None, areas: Iterable[str] | None) -> None:
    if phone is not None:
        row.phones.all().delete()
        Phone.objects.bulk_create(Phone(service=row, number=n.strip()) for n in [phone] if n.strip())
    if languages is not None:
        row.languages.all().delete()
        Language.objects.bulk_create(Language(service=row, code=code, name=name) for code, name in languages)
    if areas is not None:
        row.areas.all().delete()
        ServiceArea.objects.bulk_create(ServiceArea(service=row, name=name) for name in areas)


def _set(row: Organization | Service, details: Mapping[str, object], known: frozenset[str]) -> None:
    for name, value in details.items():
        if name not in known:
            raise TypeError(name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)


@action("service.placed")
def place_service(
    service_id: int, *, by: Actor, address_1: str, city: str = "", postal_code: str = "", name: str = "",
    degrees: tuple[float, float] | None = None, step_free: bool | None = None, neighbourhood_id: int | None = None, once: str = "",
) -> ServiceAtLocation:  # fmt: skip
    """Say where a service is given; a place of the organisation at the same address is used again. ``degrees``: WGS 84.

    Raise ``Refused`` with ``not-allowed``, ``NotVisible`` or ``position-unknown``.
    """
    row = access.the_service(by, service_id)
    check(degrees is None or all(abs(d * 1_000_000) <= LIMIT for d in degrees), "position-unknown")
    north, east = (round(d * 1_000_000) for d in degrees) if degrees else (None, None)
    place, _made = Location.objects.update_or_create(
        organization=row.organization, agency_id=row.agency_id, address_1=address_1.strip(), city=city.strip(),
        defaults={
            "postal_code": postal_code.strip(), "name": name.strip(), "latitude_e6": north, "longitude_e6": east,
            "step_free": step_free, "neighbourhood_id": neighbourhood_id,
        },
    )  # fmt: skip
    at, _made = ServiceAtLocation.objects.get_or_create(service=row, location=place)
    if row.state == "published":
        give_places([at])
        at.save(update_fields=["position"])
    touched(row)
    done("U", row, fields=["location"])
    return at


@action("service.hours_set")
def set_hours(service_id: int, *, by: Actor, lines: Iterable[Hours], keep: Iterable[int] = (), once: str = "") -> Service:
    """Write when a service is open, in place of what was written; exceptions too. Lines to ``keep`` stay as they are.

    Hours that close on the next day are written as they are said: from 20:00 to 8:00. Raise ``Refused`` with ``not-allowed``,
    ``NotVisible`` or ``hours-backwards`` (``rules.hours.may_be``).
    """
    row, lines = access.the_service(by, service_id), list(lines)
    check(all(x.opens is None or (x.closes is not None and hours.may_be(x.opens, x.closes)) for x in lines), "hours-backwards")
    row.schedules.exclude(pk__in=list(keep)).delete()
    Schedule.objects.bulk_create(schedule_of(line, service=row) for line in lines)
    touched(row)
    done("U", row, fields=["schedules"])
    return row


def schedule_of(line: Hours, **owner: object) -> Schedule:
    """Return the row of a line of hours, not saved."""
    return Schedule(
        uuid=uuid.uuid4(), exception=line.exception, valid_from=line.since, freq=line.freq, interval=line.interval,
        valid_to=line.since if line.exception else line.until, byday=",".join(line.byday), opens_at=line.opens,
        closes_at=line.closes, bymonthday=",".join(map(str, line.bymonthday)), **owner,
    )  # fmt: skip


@action("service.terms_set")
def set_terms(service_id: int, *, by: Actor, codes: Iterable[str], once: str = "") -> Service:
    """Put a card under the terms of these codes and no others; a code nobody knows is left out."""
    row = access.the_service(by, service_id)
    row.attributes.all().delete()
    Attribute.objects.bulk_create(Attribute(service=row, term=t) for t in TaxonomyTerm.objects.filter(code__in=list(codes)))
    touched(row)
    done("U", row, fields=["attributes"])
    return row


@action("service.capacity_set")
def set_capacity(
    service_id: int, *, by: Actor, state: str, available: int | None, maximum: int | None = None, once: str = ""
) -> Service:
    """Say whether there is room now. Raise ``Refused`` with ``not-allowed``, ``NotVisible`` or ``places-missing``."""
    row = access.the_service(by, service_id)
    if available is None or available < 0:
        raise access.refuse("places-missing")
    ServiceCapacity.objects.update_or_create(
        service=row,
        defaults={
            "state": state, "available": available, "maximum": maximum, "updated": clock.now(),
            "unit_uuid": uuid.uuid5(row.uuid, "posti"),
        },
    )  # fmt: skip
    touched(row)
    done("U", row, fields=["capacity"])
    return row


@action("service.published")
def publish_service(service_id: int, *, by: Actor, once: str = "") -> Service:
    """Let everybody read a card, which whoever publishes it confirms. Its organisation is listed from then on.

    Raise ``Refused`` with ``not-allowed``, ``not-in-this-state`` or ``nowhere-to-call``: a card must say how to reach somebody.
    """
    row = access.the_service(by, service_id)
    check(row.state != "published", "not-in-this-state")
    check(_reachable(row), "nowhere-to-call")
    list_publicly([row])
    confirmed(row, by, "staff")
    done("U", row, fields=["state"])
    return row


def _reachable(row: Service) -> bool:
    written = row.email or row.url or row.organization.email or row.organization.website
    return bool(written or row.phones.exists() or row.organization.phones.exists() or row.at_locations.exists())


def list_publicly(rows: Iterable[Service]) -> None:
    """Publish cards and give them, their organisations and their places where they stand in the public lists."""
    rows = list(rows)
    theirs = Organization.objects.select_for_update().filter(pk__in={row.organization_id for row in rows}).order_by("pk")
    organizations = [row for row in theirs if row.position is None]
    places = list(ServiceAtLocation.objects.filter(service__in=rows, position=None).order_by("pk"))
    for row in rows:
        row.state = "published"
    for given, names in ((organizations, ["position"]), (rows, ["position", "state"]), (places, ["position"])):
        give_places(given)
        if given:
            type(given[0])._base_manager.bulk_update(given, names)  # type: ignore[arg-type]  # three kinds of row


@action("service.withdrawn")
def withdraw_service(service_id: int, *, by: Actor, reason: str, once: str = "") -> Service:
    """Take a card away from everybody; its place in the lists stays empty. Raise ``not-in-this-state`` or ``reason-missing``."""
    row = access.the_service(by, service_id)
    check(row.state == "published", "not-in-this-state")
    check(reason.strip(), "reason-missing")
    row.state = "withdrawn"
    touched(row, "state")
    done("U", row, fields=["state"], reason=reason.strip())
    return row
