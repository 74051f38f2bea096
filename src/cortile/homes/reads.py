"""Questions about places and who is posted there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from cortile.agencies.models import Staff
from cortile.agencies.roles import Role
from cortile.homes import rules
from cortile.homes.models import Building, Dwelling, Neighbourhood, Opening, Place, Posting, Stair
from cortile.kit import clock, working_days

NEXT_DAYS = 28
POPUPS = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A place open on a day."""

    place: Place
    day: date
    opening: Opening
    staff: tuple[Staff, ...] = ()

    @property
    def starts_at(self) -> datetime:
        """Return the opening instant (UTC)."""
        return clock.at(self.day, self.opening.opens)


def neighbourhoods(agency_id: int) -> list[Neighbourhood]:
    """Return the quarters and towns of a body."""
    return list(Neighbourhood.objects.filter(agency_id=agency_id))


def places(agency_id: int, *, state: str = "") -> list[Place]:
    """Return the places of a body with their openings; a closed pop-up is history and stays out."""
    found = Place.objects.filter(agency_id=agency_id).select_related("neighbourhood").prefetch_related("openings")
    return list(found.filter(state=state) if state else found.exclude(kind="popup", state="closed"))


def usable_places(agency_id: int) -> list[Place]:
    """Return where an appointment may be: open places, pop-ups last and only until their day has passed."""
    found = _usable(agency_id).select_related("neighbourhood").prefetch_related("openings")
    return sorted(found, key=lambda p: p.kind == "popup")


def _usable(agency_id: int) -> QuerySet[Place]:
    return Place.objects.filter(agency_id=agency_id, state="open").exclude(kind="popup", openings__on_date__lt=clock.today())


def place_names(agency_id: int) -> list[tuple[int, str]]:
    """Return what a form offers: the open places of a body by number and name, without pop-ups of days gone by."""
    return list(_usable(agency_id).values_list("pk", "name"))


def place(place_id: int, *, agency_id: int) -> Place:
    """Return a place of a body; raise ``Place.DoesNotExist`` for another body's."""
    return Place.objects.select_related("neighbourhood").get(pk=place_id, agency_id=agency_id)


def coming_slots(agency_id: int, *, since: date, days: int = 7, neighbourhood_id: int | None = None) -> list[Slot]:
    """Return the openings of the coming days, feasts left out, with who is posted there, soonest first."""
    places = Place.objects.filter(agency_id=agency_id, state="open")
    if neighbourhood_id is not None:
        places = places.filter(neighbourhood_id=neighbourhood_id)
    found = list(places.select_related("agency").prefetch_related("openings"))
    posted = _posted(found, since)
    slots = [
        Slot(p, day, o, _present(posted, p, day))
        for day in (since + timedelta(days=n) for n in range(days))
        for p in found
        for o in p.openings.all()
        if _opens(p, o, day)
    ]
    return sorted(slots, key=lambda s: (s.day, s.opening.opens, s.place.name))


def _opens(place: Place, opening: Opening, day: date) -> bool:
    """A weekly opening rests on feasts; one written for a date does not, nor one of a Saturday or a Sunday."""
    always = opening.on_date is not None or day.weekday() >= working_days.SATURDAY
    return opening.on(day) and (always or working_days.is_working(day, place.agency.holiday_subdivision))


def _posted(places: list[Place], day: date) -> list[Posting]:
    rows = Posting.objects.filter(place__in=places, since__lte=day + timedelta(days=NEXT_DAYS)).exclude(until__lt=day)
    return list(rows.select_related("staff"))


def _present(posted: list[Posting], place: Place, day: date) -> tuple[Staff, ...]:
    here = (p.staff for p in posted if p.place_id == place.pk and p.weekday in (None, day.weekday()))
    return tuple(dict.fromkeys(s for s in here if s.is_active))


def next_slot(agency_id: int, *, neighbourhood_id: int | None) -> Slot | None:
    """Return the nearest presidio somebody can walk to: the next opening not yet over."""
    now = clock.now()
    for slot in coming_slots(agency_id, since=clock.today(), days=NEXT_DAYS, neighbourhood_id=neighbourhood_id):
        if clock.at(slot.day, slot.opening.closes) > now:
            return slot
    return None


def popups_near(agency_id: int, neighbourhood_id: int | None) -> list[Slot]:
    """Return the pop-up presidi still to come in a quarter: tenants see one as soon as it is published."""
    if neighbourhood_id is None:
        return []
    rows = Opening.objects.filter(
        place__agency_id=agency_id, place__neighbourhood_id=neighbourhood_id, place__kind="popup", place__state="open",
        on_date__gte=clock.today(), cancelled_at=None,
    ).select_related("place")  # fmt: skip
    slots = [Slot(o.place, o.on_date, o) for o in rows.order_by("on_date", "opens", "pk")[:POPUPS] if o.on_date]
    return [s for s in slots if clock.at(s.day, s.opening.closes) > clock.now()]


def place_now(staff_id: int) -> Place | None:
    """Return where somebody is posted at this hour: S2's default, and on top of every page of theirs."""
    here = clock.local(clock.now())
    today = {"staff": staff_id, "day": here.date(), "weekday": here.weekday(), "hour": here.time()}
    return next(iter(Place.objects.raw(_PLACE_NOW, today)), None)


# In SQL because every page of the staff asks it: putting these conditions together costs more than answering them.
_PLACE_NOW = """
    SELECT place.* FROM homes_posting AS posting
    JOIN homes_place AS place ON place.id = posting.place_id AND place.state = 'open'
    JOIN homes_opening AS opening ON opening.place_id = place.id AND opening.cancelled_at IS NULL
    WHERE posting.staff_id = %(staff)s AND posting.since <= %(day)s AND (posting.until IS NULL OR posting.until >= %(day)s)
      AND (posting.weekday IS NULL OR posting.weekday = %(weekday)s)
      AND (opening.on_date = %(day)s OR opening.on_date IS NULL AND opening.weekday = %(weekday)s)
      AND opening.opens <= %(hour)s AND opening.closes > %(hour)s
    ORDER BY posting.weekday, posting.id LIMIT 1
"""


def places_of(staff_id: int, day: date) -> list[Slot]:
    """Return where somebody is expected on a day."""
    rows = Posting.objects.filter(staff_id=staff_id, staff__is_active=True, since__lte=day, place__state="open")
    rows = rows.exclude(until__lt=day).filter(Q(weekday=None) | Q(weekday=day.weekday()))
    mine = {p.place: p.staff for p in rows.select_related("staff", "place__agency").prefetch_related("place__openings") if p.place}
    slots = [Slot(place, day, o, (who,)) for place, who in mine.items() for o in place.openings.all() if _opens(place, o, day)]
    return sorted(slots, key=lambda s: (s.opening.opens, s.place.name))


def posted_to(neighbourhood_id: int | None, agency_id: int) -> list[Staff]:
    """Return the community managers who cover a neighbourhood today, in a stable order."""
    day = clock.today()
    rows = Staff.objects.filter(agency_id=agency_id, is_active=True, role=Role.COMMUNITY_MANAGER)
    rows = rows.filter(postings__neighbourhood_id=neighbourhood_id or 0, postings__since__lte=day)
    return list(rows.exclude(postings__until__lt=day).distinct().order_by("pk"))


def find_stairs(agency_id: int, text: str, *, limit: int = 20) -> list[Stair]:
    """Return the stairs an address may mean: street words and number by token, then the stair's own name."""
    typed = rules.address_words(text)
    streets = [f"s:{w[: rules.PREFIX]}" for w in typed if len(w) > 1 and w.isalpha()]
    if not streets:
        return []
    numbers = [f"#:{w}" for w in typed if w.isdigit()]
    wanted = [*streets, *numbers[:1]]
    rows = Building.objects.filter(tokens__agency_id=agency_id, tokens__token__in=wanted).values("pk")
    rows = rows.annotate(hits=Count("tokens__token", distinct=True)).filter(hits=len(set(wanted)))
    stairs = list(
        Stair.objects.filter(building__in=rows.values("pk")).select_related("building")
        .order_by("building__street", "building__number", "name")[:200]
    )  # fmt: skip
    names = {w.upper() for w in typed if len(w) == 1 or w.isdigit()}
    exact = [s for s in stairs if s.name.upper() in names]
    return (exact or stairs)[:limit]


def stair(stair_id: int, *, agency_id: int) -> Stair:
    """Return a stair of a body; raise ``Stair.DoesNotExist`` for another body's."""
    return Stair.objects.select_related("building").get(pk=stair_id, building__agency_id=agency_id)


def building(building_id: int, *, agency_id: int) -> Building:
    """Return a building of a body; raise ``Building.DoesNotExist`` for another body's."""
    return Building.objects.get(pk=building_id, agency_id=agency_id)


def stairs_in(areas: frozenset[int]) -> list[Stair]:
    """Return the stairs of some neighbourhoods, by address."""
    rows = Stair.objects.filter(building__neighbourhood_id__in=areas).select_related("building")
    return list(rows.order_by("building__street", "building__number", "name"))


def dwelling_by_code(agency_id: int, code: str) -> Dwelling:
    """Return a dwelling by the landlord's code; raise ``Dwelling.DoesNotExist``."""
    return Dwelling.objects.select_related("stair__building").get(agency_id=agency_id, code=code)
