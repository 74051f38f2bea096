"""Rows of the database for cards that may be stored: organisations found or made, then everything in a few statements."""

from __future__ import annotations

import uuid
from datetime import time
from typing import Any

from django.db.models import ForeignKey, Model

from cortile.agencies.models import Agency
from cortile.directory.importing.reading import Ready
from cortile.directory.importing.report import CHANGED, REJECTED, SAME, STORED, Reason, Row
from cortile.directory.importing.same import Seen, judge, keys_of
from cortile.directory.models import (
    Accessibility,
    Attribute,
    ConfirmationLink,
    CostOption,
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
from cortile.directory.rules.same import bare, name_key, tax_key
from cortile.kit import clock


class Store:
    """What is there of a body, and the rows to come. Nothing is written before ``write``."""

    def __init__(self, agency: Agency) -> None:
        self.agency, self.now = agency, clock.now()
        self.services = {s.uuid: s for s in Service.objects.select_related("organization")}
        self.bodies: dict[object, Organization] = {}
        for row in Organization.objects.order_by("-pk"):
            self._know(row)
        self.terms = _terms()
        self.seen = _seen(agency)
        self.rows: dict[type[Model], list[Any]] = {}
        self.places: dict[uuid.UUID, Location] = {}
        # The row of the file being read, and by which row each of ours was said.
        self.reading: Row | None = None
        self.said_by: dict[int, Row] = {}
        self.kept: list[Service] = []
        self.confirmed: list[Service] = []
        # Whose keeper changes: the links in the box of the one before open them no more.
        self.handed_over: list[Service] = []

    def _know(self, row: Organization) -> None:
        if row.agency_id == self.agency.pk:
            # Another body's is nobody's to adopt: its ids are public, and it answers for what hangs on them.
            self.bodies[row.uuid] = row
            self.bodies["name", name_key(row.name)] = row
            if row.tax_id:
                self.bodies["tax", tax_key(row.tax_id)] = row

    def take(self, row: Row, ready: Ready) -> None:
        """Put a card among those to store, or say why not."""
        self.reading = row
        known = self.services.get(ready.uuid) if ready.uuid else None
        if known is not None and known.agency_id != self.agency.pk:
            return row.refuse(REJECTED, Reason("id", "Questa scheda è di un altro ente.", "La corregge chi la tiene."))
        if known is not None:
            return self._again(row, ready, known)
        if judge(row, ready, self.seen):
            row.outcome = STORED
            self._put(ready, Service(uuid=ready.uuid or uuid.uuid4(), agency=self.agency))
        return None

    def _again(self, row: Row, ready: Ready, known: Service) -> None:
        """Correct a card that is there; one that says the same is left as it is."""
        if fingerprint(ready) == known.brought.get("_"):
            return row.refuse(SAME, Reason("", "È uguale a prima."))
        if known in self.kept:
            return row.refuse(REJECTED, Reason("id", "Lo stesso identificativo è già in questo file.", "Tieni una riga sola."))
        row.outcome = CHANGED
        self._put(ready, known)
        return None

    def _put(self, ready: Ready, service: Service) -> None:
        service.organization = self._organization(ready)
        for name, value in ready.service.items():
            if name == "keeper_email":
                self._keep(service, value)
            else:
                setattr(service, name, value)
        service.brought = {**ready.brought, "_": fingerprint(ready)}
        service.last_modified = self.now
        if ready.confirmed and (service.confirmed_at is None or service.confirmed_at.date() < ready.confirmed):
            service.confirmed_at = clock.at(ready.confirmed, time(12))
            service.confirmed_how, service.confirmed_by = "import", self.agency.short_name
            self.confirmed.append(service)
        self.kept.append(service)
        self.services[service.uuid] = service
        self._details(ready, service)

    def _keep(self, service: Service, email: str) -> None:
        """Change who keeps a card. What we publish leaves it out: a file that says nothing of it takes nobody away."""
        if email and email != service.keeper_email:
            service.keeper_email = email
            self.handed_over.append(service)

    def _organization(self, ready: Ready) -> Organization:
        said = ready.organization
        keys = [
            ready.organization_uuid,
            ("tax", tax_key(said["tax_id"])) if said["tax_id"] else None,
            ("name", name_key(said["name"])),
        ]
        for key in keys:
            found = self.bodies.get(key) if key else None
            if found is not None:
                return found
        row = Organization(uuid=ready.organization_uuid or uuid.uuid4(), agency=self.agency, last_modified=self.now, **said)
        self._know(row)
        self._add(row)
        return row

    def _details(self, ready: Ready, service: Service) -> None:
        for made, told in (
            (Phone, ready.phones), (Schedule, ready.schedules), (Language, ready.languages), (ServiceArea, ready.areas),
            (CostOption, ready.costs),
        ):  # fmt: skip
            for values in told:
                self._add(made(service=service, **_known(values)))
        for place in ready.places:
            self._place(place, service)
        if ready.capacity:
            unit = uuid.uuid5(service.uuid, "posti")
            values = {**ready.capacity, "updated": ready.capacity["updated"] or self.now}
            self._add(ServiceCapacity(service=service, unit_uuid=unit, **_known(values)))
        self._terms(ready, service)

    def _terms(self, ready: Ready, service: Service) -> None:
        said = [*ready.codes, *((word, None) for word in ready.words)]
        under: dict[int, tuple[TaxonomyTerm, uuid.UUID | None]] = {}
        for word, known in said:
            if term := self.terms.get(word):
                under.setdefault(term.pk, (term, known))
        for term, known in under.values():
            self._add(Attribute(service=service, term=term, **_known({"uuid": known})))
        if lost := [word for word, _known_as in said if word not in self.terms]:
            service.brought["parole"] = ", ".join(lost)

    def _place(self, told: dict[str, Any], service: Service) -> None:
        values = {k: v for k, v in told.items() if k not in {"at_uuid", "at_description", "schedules", "accessibility"}}
        where = self._known_place(told["uuid"])
        if where is None:
            where = Location(agency=self.agency, organization=service.organization, **_known(values, "uuid", "address_uuid"))
            self._add(where)
            if told["uuid"]:
                self.places[told["uuid"]] = where
            for said in told["accessibility"]:
                self._add(Accessibility(location=where, **_known(said)))
        if any(at.service is service and at.location is where for at in self.rows.get(ServiceAtLocation, [])):
            return
        at = ServiceAtLocation(
            service=service, location=where, description=told["at_description"], **_known({"uuid": told["at_uuid"]})
        )
        self._add(at)
        for hours in told["schedules"]:
            self._add(Schedule(at_location=at, **_known(hours)))

    def _known_place(self, known: uuid.UUID | None) -> Location | None:
        if known is None:
            return None
        if known not in self.places and (there := Location.objects.filter(uuid=known, agency=self.agency).first()):
            self.places[known] = there
        return self.places.get(known)

    def _add(self, row: Model) -> None:
        self.rows.setdefault(type(row), []).append(row)
        if self.reading is not None:
            self.said_by[id(row)] = self.reading

    def _give_ids(self, model: type[Model]) -> None:
        """Give an id of its own to each row to come whose id is taken, here or in the database, and say so."""
        rows = self.rows.get(model, [])
        for name in sorted({f.name for f in model._meta.concrete_fields} & {"uuid", "address_uuid"}):
            said = [getattr(row, name) for row in rows]
            taken = set(model._base_manager.filter(**{f"{name}__in": said}).values_list(name, flat=True)) if said else set()
            for row in rows:
                if getattr(row, name) in taken:
                    setattr(row, name, uuid.uuid4())
                    self._note(row)
                taken.add(getattr(row, name))

    def _note(self, row: Model) -> None:
        of, said = self.said_by.get(id(row)), Reason("id", "Lo stesso identificativo è già in questo file.", "Ne diamo uno nuovo.")
        if of and said not in of.notes:
            of.notes.append(said)

    def write(self) -> list[Service]:
        """Write everything. What a corrected card had is written anew; its place in the public lists stays."""
        old = [s for s in self.kept if s.pk]
        self._clear(old)
        for model in self.rows:
            self._give_ids(model)
        Organization.objects.bulk_create(self.rows.pop(Organization, []))
        for service in self.kept:
            service.organization_id = service.organization.pk
        names = [f.name for f in Service._meta.concrete_fields if f.name not in {"id", "uuid", "position", "state", "agency"}]
        Service.objects.bulk_update(old, names, batch_size=500)
        Service.objects.bulk_create([s for s in self.kept if not s.pk], batch_size=500)
        first: list[type[Model]] = [Location, ServiceAtLocation]
        for model in [*first, *(m for m in self.rows if m not in first)]:
            for row in self.rows.get(model, []):
                _reset(row)
            model._base_manager.bulk_create(self.rows.get(model, []), batch_size=1000)
        return self.kept

    def _clear(self, old: list[Service]) -> None:
        for model in (Phone, Schedule, Language, ServiceArea, CostOption, Attribute, ServiceCapacity):
            model._base_manager.filter(service__in=old).delete()
        places = {at.uuid: at for at in ServiceAtLocation.objects.filter(service__in=old)}
        for at in self.rows.get(ServiceAtLocation, []):
            if at.uuid in places:
                at.position = places[at.uuid].position
        ServiceAtLocation.objects.filter(service__in=old).delete()
        ConfirmationLink.objects.filter(service__in=[s for s in self.handed_over if s.pk]).delete()


def _reset(row: Model) -> None:
    """Take up the numbers that the rows it belongs to were given when they were written."""
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.is_cached(row):
            setattr(row, field.name, getattr(row, field.name))


def _known(values: dict[str, Any], *ids: str) -> dict[str, Any]:
    """Return values without the ids nobody gave: the row makes its own."""
    return {k: v for k, v in values.items() if v is not None or k not in {"uuid", *ids}}


def fingerprint(ready: Ready) -> str:
    """Return a short name of everything a card says: the same file brought twice changes nothing."""
    said = repr((ready.service, ready.organization, ready.places, ready.phones, ready.schedules, ready.languages, ready.areas,
                 ready.costs, ready.capacity, ready.codes, ready.words, ready.confirmed))  # fmt: skip
    return uuid.uuid5(uuid.NAMESPACE_OID, said).hex


def _terms() -> dict[str, TaxonomyTerm]:
    found: dict[str, TaxonomyTerm] = {}
    for term in TaxonomyTerm.objects.select_related("taxonomy").order_by("pk"):
        for word in (term.code, bare(term.name), *map(bare, term.words)):
            found.setdefault(word, term)
    return found


def _seen(agency: Agency) -> Seen:
    """Return the cards of a body as they would be met in a file."""
    seen = Seen()
    rows = Service.objects.filter(agency=agency).exclude(state="withdrawn").select_related("organization")
    for row in rows.prefetch_related("phones", "at_locations__location"):
        place = next((f"{at.location.address_1} {at.location.city}".strip() for at in row.at_locations.all()), "")
        phones = [p.number for p in row.phones.all()]
        keys = keys_of(row.name, place, row.organization.tax_id, row.organization.name, phones)
        seen.add(keys, phones, f"nella mappa: «{row.name}»")
    return seen
