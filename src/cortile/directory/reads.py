"""Named questions about the directory. Nothing personal is here: a published card is anybody's to read, and leaves no trace."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Avg, Exists, ExpressionWrapper, F, FloatField, Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from cortile.directory import access, finding
from cortile.directory.models import (
    Agreement,
    Attribute,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from cortile.directory.rules import freshness, same
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible

Row = TypeVar("Row", bound=Model)
# Metres in a millionth of a degree of latitude, and of longitude at Lombardy's 45.5° north.
NORTH, EAST = 0.111320, 0.078026
BATCH = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks of the public list."""

    search: str = ""
    term: str = ""
    taxonomy: str = ""
    organization: str = ""
    parent: str = ""
    modified_after: datetime | None = None
    postcode: str = ""
    metres: float | None = None
    childless: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of the public list: what is shown of it, and how many there are.

    Places are given once. A card withdrawn since leaves its place empty, so that whoever walks the pages meets every card
    that was there all along, once: no gap and no duplicate, whatever changes meanwhile.
    """

    rows: list[Row]
    number: int
    total_items: int
    total_pages: int


def services(wanted: Wanted, number: int, size: int, *, full: bool = False) -> Page[Service]:
    """Return a page of the published cards: two queries, and as many more as ``full`` needs, whatever the size."""
    rows = _matching(Service.objects.filter(position__isnull=False), wanted, "")
    return _page(nested(rows) if full else _lines(rows), number, size, Q(state="published"), lambda s: s.state == "published")


def all_services() -> list[Service]:
    """Return every published card at once, for whoever asks the least of each."""
    return list(access.published().order_by("position"))


def organizations(wanted: Wanted, number: int, size: int, *, full: bool = False) -> Page[Organization]:
    """Return a page of the organisations that have a published card; one that has none any more leaves its place empty."""
    rows = _search(_ever_public(), wanted.search, "name", "alternate_name", "description")
    if wanted.term or wanted.taxonomy:
        rows = rows.filter(
            services__in=_matching(access.published(), Wanted(term=wanted.term, taxonomy=wanted.taxonomy), "")
        ).distinct()
    rows = rows.select_related("parent")
    rows = _of_organizations(rows) if full else rows
    return _page(rows, number, size, Q(offers=True), lambda row: bool(getattr(row, "offers", False)))


def at_locations(wanted: Wanted, number: int, size: int, *, full: bool = False) -> Page[ServiceAtLocation]:
    """Return a page of services in places; ``metres`` counts from the middle of a postcode's places."""
    rows = _matching(ServiceAtLocation.objects.filter(position__isnull=False), wanted, "service__")
    rows = _near(rows, wanted)
    rows = _nested_places(rows) if full else rows.select_related("location", "service__organization__parent")
    return _page(rows, number, size, Q(service__state="published"), lambda at: at.service.state == "published")


def taxonomies(wanted: Wanted, number: int, size: int) -> Page[Taxonomy]:
    """Return a page of the lists of terms."""
    rows = _search(Taxonomy.objects.all(), wanted.search, "name", "description")
    return _page(rows, number, size, Q(), lambda _row: True)


def terms(wanted: Wanted, number: int, size: int) -> Page[TaxonomyTerm]:
    """Return a page of terms."""
    rows = _search(TaxonomyTerm.objects.select_related("taxonomy", "parent"), wanted.search, "name", "code", "words")
    if wanted.taxonomy:
        rows = rows.filter(taxonomy__uuid=_uuid(wanted.taxonomy))
    if wanted.parent:
        rows = rows.filter(parent__uuid=_uuid(wanted.parent))
    if wanted.childless:
        rows = rows.filter(parent=None)
    return _page(rows, number, size, Q(), lambda _row: True)


def service(known: str) -> Service:
    """Return a published card by its HSDS id. Raise ``NotVisible``."""
    return _one(nested(access.published()), known)


def organization(known: str) -> Organization:
    """Return an organisation by its HSDS id. Raise ``NotVisible``."""
    return _one(_of_organizations(_ever_public().filter(pk__in=access.published().values("organization_id"))), known)


def at_location(known: str) -> ServiceAtLocation:
    """Return a service in a place by its HSDS id. Raise ``NotVisible``."""
    return _one(_nested_places(ServiceAtLocation.objects.filter(service__state="published")), known)


def taxonomy(known: str) -> Taxonomy:
    """Return a list of terms by its HSDS id. Raise ``NotVisible``."""
    return _one(Taxonomy.objects.all(), known)


def term(known: str) -> TaxonomyTerm:
    """Return a term by its HSDS id. Raise ``NotVisible``."""
    return _one(TaxonomyTerm.objects.select_related("taxonomy", "parent"), known)


def public_card(service_id: int) -> Service:
    """Return a published card by its own number, for whoever may ask it something. Raise ``NotVisible``."""
    found = nested(access.published()).filter(pk=service_id).first()
    if found is None:
        raise NotVisible
    return found


def every_service() -> Iterator[Service]:
    """Yield every published card with all that belongs to it, a batch at a time, in the public order."""
    after = 0
    while batch := list(nested(access.published().filter(position__gt=after)).order_by("position")[:BATCH]):
        yield from batch
        after = batch[-1].position or 0


# --- the workspace ---


@dataclass(frozen=True, slots=True)
class Card:
    """A card as whoever keeps it sees it in a list."""

    service: Service
    freshness: str
    ours: bool


def cards(*, by: Actor, words: str = "", only: str = "", limit: int = 50) -> list[Card]:
    """Return the cards somebody may see, those to be confirmed first. ``only``: ``expiring``, ``draft``, ``withdrawn`` or all.

    ``words`` are a name, an organisation or what somebody needs, in any language of the house.
    """
    rows = access.services_visible_to(by)
    if words.strip():
        rows = rows.filter(pk__in=finding.closest(finding.fits(rows, words, finding.meant(words))))
    wanted = _expiring() & Q(agency_id=by.agency_id or 0) if only == "expiring" else Q(state=only or "published")
    rows = rows.filter(wanted)
    rows = rows.select_related("organization", "agency", "capacity").order_by(F("confirmed_at").asc(nulls_first=True), "pk")
    now = clock.now()
    return [Card(s, str(freshness.freshness(s.confirmed_at, now)), s.agency_id == by.agency_id) for s in rows[:limit]]


def counts(*, by: Actor) -> dict[str, int]:
    """Return how many cards of somebody's own body there are in each state, and how many wait to be confirmed."""
    mine = access.services_visible_to(by).filter(agency_id=by.agency_id or 0)
    found = Counter(mine.values_list("state", flat=True))
    return {**found, "expiring": mine.filter(_expiring()).count()}


def card(service_id: int, *, by: Actor) -> Service:
    """Return one card with all that belongs to it, for the workspace. Raise ``NotVisible``."""
    found = nested(access.services_visible_to(by)).prefetch_related("confirmations").filter(pk=service_id).first()
    if found is None:
        raise NotVisible
    return found


def may_keep(row: Service, *, by: Actor) -> bool:
    """Tell whether somebody may change a card."""
    return access.kept_by(by).filter(pk=row.pk).exists()


def card_to_edit(service_id: int, *, by: Actor) -> Service:
    """Return a card somebody may change. Raise ``NotVisible`` for another body's."""
    found = access.kept_by(by).select_related("organization").prefetch_related("phones").filter(pk=service_id).first()
    if found is None:
        raise NotVisible
    return found


# The keeper's note fits in so many letters; a longer line came with a file and is nobody's to lose.
LONGEST_NOTE = 160
_NOTE = Q(exception=False, opens_at=None, freq="", location=None, at_location=None) & ~Q(description="")


def note_of(row: Service) -> Schedule | None:
    """Return the line of hours in words that the keeper of a card may change: the first that fits; the others stay."""
    lines = row.schedules.filter(_NOTE).annotate(letters=Length("description")).filter(letters__lte=LONGEST_NOTE)
    return lines.first()


def card_of_link(token: str) -> Service | None:
    """Return the card a mailed link is about; None for a link that is over, or was never made."""
    link = access.link_by(token)
    return nested(access.published()).filter(pk=link.service_id).first() if link else None


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation somebody wrote the name of: the one that is there, if it is."""

    name: str
    found: Organization | None


def organization_named(name: str, *, by: Actor) -> Named:
    """Return the organisation of somebody's own body that is called so, however it is written."""
    wanted = same.name_key(name)
    rows = Organization.objects.filter(agency_id=by.agency_id or 0).order_by("pk")
    return Named(name, next((row for row in rows if same.name_key(row.name) == wanted), None))


def to_ask(agency_id: int) -> list[int]:
    """Return the cards of a body whose keeper is to get a link today."""
    rows = Service.objects.filter(_expiring(), agency_id=agency_id).exclude(keeper_email="")
    now = clock.now()
    found = rows.values_list("pk", "confirmed_at", "asked_at").order_by("pk")
    return [pk for pk, confirmed, asked in found if freshness.must_ask(confirmed, asked, now)]


def agreements(*, by: Actor) -> list[Agreement]:
    """Return the agreements of somebody's own body, the last to end first."""
    return list(access.agreements_visible_to(by))


def agreement_with(organization: Organization, *, agency_id: int) -> Agreement | None:
    """Return the agreement in force today between a body and a partner, or None: then nothing may be sent without more."""
    today = clock.today()
    rows = Agreement.objects.filter(agency_id=agency_id, organization=organization, ended_at=None, starts_on__lte=today)
    return rows.filter(ends_on__gte=today).order_by("-ends_on").first()


def _expiring() -> Q:
    return Q(state="published") & (Q(confirmed_at=None) | Q(confirmed_at__lte=clock.now() - freshness.ASK_AFTER))


# --- how rows are fetched ---

_TERMS = Attribute.objects.select_related("term__taxonomy", "term__parent")


def _lines(rows: QuerySet[Service]) -> QuerySet[Service]:
    return rows.select_related("organization__parent")


def nested(rows: QuerySet[Service]) -> QuerySet[Service]:
    """Return cards with all that belongs to them, in a number of queries that does not grow with them."""
    places = _placed(ServiceAtLocation.objects.select_related("service"))
    return rows.select_related("organization__parent", "agency", "capacity").prefetch_related(
        "phones", "schedules", "areas", "languages", "costs", "organization__phones",
        Prefetch("attributes", _TERMS), Prefetch("organization__attributes", _TERMS), Prefetch("at_locations", places),
    )  # fmt: skip


def _placed(rows: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    there = Location.objects.prefetch_related("phones", "schedules", "accessibility")
    return rows.prefetch_related("schedules", Prefetch("location", there))


def _nested_places(rows: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    return _placed(rows).prefetch_related(Prefetch("service", nested(Service.objects.all())))


def _ever_public() -> QuerySet[Organization]:
    """Return the organisations that have a place in the public list, each with ``offers``: whether a card of it is there now."""
    now = Exists(access.published().filter(organization=OuterRef("pk")))
    return Organization.objects.filter(position__isnull=False).annotate(offers=now)


def _of_organizations(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    there = access.public_places().prefetch_related("phones", "schedules", "accessibility")
    offered = nested(access.published()).order_by("position")
    return rows.select_related("parent").prefetch_related(
        "phones", Prefetch("attributes", _TERMS), Prefetch("locations", there), Prefetch("services", offered)
    )


def _page(rows: QuerySet[Row], number: int, size: int, shown: Q, is_shown: Callable[[Row], bool]) -> Page[Row]:
    """Cut a page by places given once, and show of it what is still shown."""
    ever, now = rows.count(), rows.filter(shown).count() if shown else None
    pages = math.ceil(ever / size)
    order = "position" if any(f.name == "position" for f in rows.model._meta.get_fields()) else "pk"
    found = list(rows.order_by(order)[(number - 1) * size : number * size]) if 1 <= number <= pages else []
    return Page([row for row in found if is_shown(row)], number, ever if now is None else now, pages)


def _matching(rows: QuerySet[Row], wanted: Wanted, to: str) -> QuerySet[Row]:
    rows = _search(
        rows, wanted.search, f"{to}name", f"{to}alternate_name", f"{to}description", f"{to}organization__name",
        f"{to}attributes__term__words",
    )  # fmt: skip
    if wanted.organization:
        rows = rows.filter(**{f"{to}organization__uuid": _uuid(wanted.organization)})
    under = {}
    if wanted.term:
        under["term__uuid"] = _uuid(wanted.term)
    if wanted.taxonomy:
        under["term__taxonomy__uuid"] = _uuid(wanted.taxonomy)
    if under:
        rows = rows.filter(
            **{f"{to or ''}pk__in" if not to else "service__in": Attribute.objects.filter(**under).values("service_id")}
        )
    if wanted.modified_after:
        rows = rows.filter(**{f"{to}last_modified__gte": wanted.modified_after})
    return rows


def _search(rows: QuerySet[Row], text: str, *names: str) -> QuerySet[Row]:
    """Keep the rows in which every word stands somewhere."""
    if not text.split():
        return rows
    found = rows.model._base_manager.all()
    for word in text.split()[:8]:
        said = Q()
        for name in names:
            said |= Q(**{f"{name}__icontains": word})
        found = found.filter(pk__in=rows.model._base_manager.filter(said).values("pk"))
    return rows.filter(pk__in=found.values("pk"))


def _near(rows: QuerySet[ServiceAtLocation], wanted: Wanted) -> QuerySet[ServiceAtLocation]:
    if not wanted.postcode:
        return rows
    here = rows.filter(location__postal_code=wanted.postcode)
    if wanted.metres is None:
        return here
    places = access.public_places().filter(postal_code=wanted.postcode)
    middle = places.aggregate(north=Avg("latitude_e6"), east=Avg("longitude_e6"))
    if middle["north"] is None or middle["east"] is None:
        return here
    north = (F("location__latitude_e6") - float(middle["north"])) * NORTH
    east = (F("location__longitude_e6") - float(middle["east"])) * EAST
    away = ExpressionWrapper(north * north + east * east, output_field=FloatField())
    return rows.annotate(away=away).filter(away__lte=wanted.metres**2)


def _one(rows: QuerySet[Row], known: str) -> Row:
    found = rows.filter(uuid=_uuid(known)).first()
    if found is None:
        raise NotVisible
    return found


def _uuid(text: str) -> UUID:
    """Read an id. One that is not is like one that is not there."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
