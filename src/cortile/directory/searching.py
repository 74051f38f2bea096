"""T5 and S17: who can help, by the words people use, near, open now, in one's language, without steps, free.

Nothing of who asks comes in here and nothing is written: a search leaves no trace, whatever it was for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Avg, Q, QuerySet

from cortile.agencies.models import Agency
from cortile.directory import access, finding, reads
from cortile.directory.models import Schedule, Service, ServiceAtLocation, TaxonomyTerm
from cortile.directory.rules import freshness, hours
from cortile.directory.rules.distance import NEAR_METRES, Point, metres
from cortile.directory.rules.hours import Hours, Span
from cortile.homes.models import Neighbourhood
from cortile.kit import clock, working_days
from cortile.kit.refusals import NotVisible

PAGE, WEEK, FAR = 20, 7, 10**9
NIGHT = timedelta(days=1)
# The columns of a line of hours: whose it is, and what it says.
OF = ("service_id", "at_location_id", "location_id")
PARTS = ("freq", "byday", "bymonthday", "interval", "valid_from", "valid_to", "opens_at", "closes_at", "exception")
# The hours of a card, place by place.
Doors = list[list[Hours]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. ``quarter`` is where from, and ``near`` leaves out what is far from it; no position is kept."""

    words: str = ""
    quarter: int | None = None
    near: bool = False
    open_now: bool = False
    language: str = ""
    step_free: bool = False
    free: bool = False

    @property
    def filtered(self) -> bool:
        """Tell whether anything but words narrows the search."""
        return bool(self.near or self.open_now or self.language or self.step_free or self.free)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a card: when somebody is there. On a feast nobody wrote hours for, it is better to call first."""

    day: date
    spans: tuple[Span, ...]
    feast: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A card found: how true it is, how far (metres, None where unknown), and its hours of today."""

    service: Service
    freshness: str
    days_ago: int | None
    metres: int | None
    here: bool
    today: Day
    open_now: bool
    has_hours: bool

    @property
    def sure(self) -> bool:
        """Tell whether the card may be shown as sure."""
        return self.freshness in {"sure", "ask"}


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: a page of cards, how many there are, the needs understood, how many more without the filters."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    needs: tuple[str, ...] = ()
    guessed: bool = False
    unfiltered: int = 0


Place = tuple[int | None, bool]


def search(body: Agency, asked: Asked, *, page: int = 1, size: int = PAGE) -> Results:
    """Return a page of the published cards a body's people can use, in a number of queries that does not grow with the cards.

    What answers every word comes first, then sure before stale, one's own quarter, near before far. Drafts, withdrawn cards and
    services that ended are found by nobody.
    """
    rows, meant = _of_body(body), finding.meant(asked.words)
    fits = finding.fits(rows, asked.words, meant) if asked.words.strip() else None
    if fits is not None:
        rows = rows.filter(pk__in=list(fits))
    kept = _kept(_filtered(rows, asked), asked, body)
    order = sorted(kept, key=lambda card: _rank(card, fits))
    pages = max(1, -(-len(order) // size))
    number = min(max(page, 1), pages)
    shown = order[(number - 1) * size : number * size]
    return Results(
        hits=tuple(_hits(shown, body)), total=len(order), page=number, pages=pages, needs=tuple(_named(list(meant))),
        guessed=bool(fits) and all(fit.guessed or fit.missing for fit in (fits or {}).values()),
        unfiltered=rows.count() if asked.filtered and not order else 0,
    )  # fmt: skip


def one(body: Agency, service_id: int, *, quarter: int | None = None) -> Hit:
    """Return one published card as the search shows it. Raise ``NotVisible`` for one that nobody may find."""
    found = _kept(_of_body(body).filter(pk=service_id), Asked(quarter=quarter), body)
    if not found:
        raise NotVisible
    return _hits(found, body)[0]


def week(service: Service, body: Agency) -> list[Day]:
    """Return the coming seven days of a card fetched whole, today first."""
    doors, first = _doors_of(service), clock.today()
    return [_day(doors, first + timedelta(days=n), body) for n in range(WEEK)]


def languages(body: Agency) -> list[str]:
    """Return the languages spoken somewhere among the cards of a body (BCP 47), in order."""
    spoken = _of_body(body).exclude(languages__code="").values_list("languages__code", flat=True)
    return sorted({code for code in spoken if code})


# --- which cards ---


def _of_body(body: Agency) -> QuerySet[Service]:
    """Return the published cards of a body, and those other bodies keep for the same towns."""
    towns = list(Neighbourhood.objects.filter(agency=body).values_list("municipality", flat=True).distinct())
    there = Q(pk__in=ServiceAtLocation.objects.filter(location__city__in=towns).values("service_id"))
    living = access.published().filter(status__in=["active", "temporarily closed"])
    return living.filter(Q(agency=body) | there)


def _filtered(rows: QuerySet[Service], asked: Asked) -> QuerySet[Service]:
    if asked.free:
        rows = rows.filter(free=True)
    if asked.language:
        rows = rows.filter(languages__code=asked.language).distinct()
    if asked.step_free:
        rows = rows.filter(pk__in=ServiceAtLocation.objects.filter(location__step_free=True).values("service_id"))
    return rows


@dataclass(frozen=True, slots=True)
class _Found:
    pk: int
    sure: bool
    metres: int | None
    here: bool
    name: str


def _kept(rows: QuerySet[Service], asked: Asked, body: Agency) -> list[_Found]:
    """Return what is left of some cards once where and when are asked too."""
    cards = list(rows.order_by().values_list("pk", "name", "confirmed_at", "status"))
    wanted = [pk for pk, *_rest in cards]
    places, now = _places(wanted, asked.quarter), clock.now()
    open_now = _open_now([pk for pk, *_rest, status in cards if status == "active"], body) if asked.open_now else None
    found = []
    for pk, name, confirmed, _status in cards:
        away, here = _nearest(places[pk])
        if _near_enough(asked, away, here=here) and (open_now is None or pk in open_now):
            found.append(_Found(pk, freshness.is_sure(confirmed, now), away, here, name))
    return found


def _near_enough(asked: Asked, away: int | None, *, here: bool) -> bool:
    return here or not asked.near or (away is not None and away <= NEAR_METRES)


def _rank(card: _Found, fits: Mapping[int, finding.Fit] | None) -> tuple[object, ...]:
    fit = fits[card.pk] if fits else finding.Fit(0, guessed=False)
    return (fit, not card.sure, not card.here, FAR if card.metres is None else card.metres, card.name, card.pk)


def _named(codes: list[str]) -> list[str]:
    names = dict(TaxonomyTerm.objects.filter(taxonomy__key="needs", code__in=codes).values_list("code", "name")) if codes else {}
    return [names[code] for code in codes if code in names]


# --- where ---


def middle_of(quarter: int) -> Point | None:
    """Return the middle of a quarter: of the places of services in it, since its buildings have no position in the registry.

    Only of published cards: where a middle is between two places of which one is known, the other is known too.
    """
    there = access.public_places().filter(neighbourhood=quarter)
    mean = there.aggregate(north=Avg("latitude_e6"), east=Avg("longitude_e6"))
    if mean["north"] is None or mean["east"] is None:
        return None
    return Point(round(mean["north"]), round(mean["east"]))


def _places(wanted: list[int], quarter: int | None) -> defaultdict[int, list[Place]]:
    """Return where each card is given, and whether its place or its catchment is the quarter asked from."""
    found: defaultdict[int, list[Place]] = defaultdict(list)
    if quarter is None:
        return found
    middle = middle_of(quarter)
    rows = ServiceAtLocation.objects.filter(service__in=wanted).order_by().values_list(
        "service_id", "location__latitude_e6", "location__longitude_e6", "location__neighbourhood_id"
    )  # fmt: skip
    for pk, north, east, area in rows:
        known = middle and north is not None and east is not None
        found[pk].append((metres(Point(north or 0, east or 0), middle) if middle and known else None, area == quarter))
    return found


def _nearest(places: Iterable[Place]) -> Place:
    places = list(places)
    return min((away for away, _here in places if away is not None), default=None), any(here for _away, here in places)


# --- when ---


def _open_now(wanted: list[int], body: Agency) -> set[int]:
    here = clock.local(clock.now())
    doors = _doors(wanted)
    return {pk for pk in wanted if _is_open(doors[pk], here, body)}


def _doors(wanted: list[int]) -> dict[int, Doors]:
    """Return the hours of each card, door by door. Four queries, and no row of thousands becomes an object of its own."""
    places = list(ServiceAtLocation.objects.filter(service__in=wanted).order_by().values_list("service_id", "pk", "location_id"))
    own, given = _lines(service__in=wanted), _lines(at_location__service__in=wanted)
    there = _lines(location__in={location for _service, _at, location in places})
    found: defaultdict[int, Doors] = defaultdict(list)
    for service, at, location in places:
        found[service].append(_door([*own["service", service], *given["at", at]], there["location", location]))
    return {pk: found[pk] or [own["service", pk]] for pk in wanted}


def _lines(**of: object) -> defaultdict[tuple[str, int], list[Hours]]:
    """Return the lines of hours of cards, of cards in places or of places, by whose they are. One query."""
    found: defaultdict[tuple[str, int], list[Hours]] = defaultdict(list)
    for service, at, location, *parts in Schedule.objects.filter(**of).order_by().values_list(*OF, *PARTS):
        whose = ("service", service) if service else ("at", at) if at else ("location", location)
        found[whose].append(_hours(tuple(parts)))
    return found


def _doors_of(service: Service) -> Doors:
    """Return the hours of a card that was fetched whole, door by door, without a query."""
    own = _told(service.schedules.all())
    places = service.at_locations.all()
    return [_door([*own, *_told(at.schedules.all())], _told(at.location.schedules.all())) for at in places] or [own]


def _told(rows: Iterable[Schedule]) -> list[Hours]:
    return [_hours(tuple(getattr(row, part) for part in PARTS)) for row in rows]


def _door(lines: list[Hours], place: list[Hours]) -> list[Hours]:
    """Return the hours of a card in a place: the card's and the place's for it; the place's own where those say no hours.

    A line of words only says none, nor does a day closed: a note takes no hours away, and one place closed closes no other.
    """
    return lines if any(line.opens and not line.exception for line in lines) else [*lines, *place]


@lru_cache(maxsize=4096)
def _hours(parts: tuple[Any, ...]) -> Hours:
    freq, byday, bymonthday, interval, since, until, opens, closes, exception = parts
    days = tuple(part for part in byday.split(",") if part)
    dates = tuple(int(part) for part in bymonthday.split(",") if part.strip("-").isdigit())
    return Hours(freq, days, dates, interval, since, until, opens, closes, exception)


def _day(doors: Doors, day: date, body: Agency) -> Day:
    """Return when somebody is there on a day, at one door or another."""
    feast = working_days.is_feast(day, body.holiday_subdivision)
    spans = {span for lines in doors for span in hours.on_public_day(lines, day, feast=feast)}
    return Day(day, tuple(sorted(spans)), feast and not any(hours.is_written(lines, day) for lines in doors))


def _is_open(doors: Doors, here: datetime, body: Agency) -> bool:
    """Tell whether somebody is there at a local instant: by the hours of that day, or of a night begun the day before."""
    day, hour = here.date(), here.time()
    return hours.covers(_day(doors, day, body).spans, hour) or hours.reaches(_day(doors, day - NIGHT, body).spans, hour)


def _hits(found: list[_Found], body: Agency) -> list[Hit]:
    """Return some cards with all they say, in the order given."""
    whole = {row.pk: row for row in reads.nested(Service.objects.filter(pk__in=[card.pk for card in found]))}
    return [_hit(whole[card.pk], card, body) for card in found if card.pk in whole]


def _hit(row: Service, card: _Found, body: Agency) -> Hit:
    now, doors = clock.now(), _doors_of(row)
    here = clock.local(now)
    today = _day(doors, here.date(), body)
    return Hit(
        service=row, freshness=str(freshness.freshness(row.confirmed_at, now)), metres=card.metres, here=card.here, today=today,
        days_ago=(here.date() - clock.local(row.confirmed_at).date()).days if row.confirmed_at else None,
        open_now=row.status == "active" and _is_open(doors, here, body),
        has_hours=any(line.opens for lines in doors for line in lines),
    )  # fmt: skip
