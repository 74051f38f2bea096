"""Writes about homes and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from django.utils.translation import gettext as _

from cortile.agencies import access
from cortile.agencies.models import Agency, Staff
from cortile.homes import events, rules
from cortile.homes.models import AddressToken, Building, Dwelling, Neighbourhood, Opening, Place, Posting, Stair
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.kit.refusals import NotVisible


@action("neighbourhood.added")
def add_neighbourhood(agency: Agency, *, by: Actor, name: str, municipality: str, aliases: Iterable[str] = ()) -> Neighbourhood:
    """Add a quarter or a town to a body."""
    access.require(by, "set up", of=agency.pk)
    found = Neighbourhood.objects.create(agency=agency, name=name, municipality=municipality, aliases=list(aliases))
    done("C", found)
    return found


@action("building.added")
def add_building(
    neighbourhood: Neighbourhood, *, by: Actor, code: str, street: str, number: str, stairs: Iterable[str], lift: bool = False
) -> Building:
    """Add a building with its stairs and the tokens that find it."""
    access.require(by, "set up", of=neighbourhood.agency_id)
    building = Building.objects.create(
        agency_id=neighbourhood.agency_id, neighbourhood=neighbourhood, code=code, street=street, number=number,
        municipality=neighbourhood.municipality, has_lift=lift,
    )  # fmt: skip
    Stair.objects.bulk_create(Stair(building=building, name=name) for name in stairs)
    index_building(building)
    done("C", building)
    return building


def index_building(building: Building) -> None:
    """Write the address tokens of a building. Part of the actions that create or move one."""
    AddressToken.objects.filter(building=building).delete()
    AddressToken.objects.bulk_create(
        AddressToken(agency_id=building.agency_id, token=token, building=building)
        for token in rules.address_tokens(building.street, building.number)
    )


@action("dwelling.added")
def add_dwelling(stair: Stair, *, by: Actor, code: str, floor: str = "", number: str = "") -> Dwelling:
    """Add a dwelling to a stair."""
    access.require(by, "set up", of=stair.building.agency_id)
    dwelling = Dwelling.objects.create(agency_id=stair.building.agency_id, stair=stair, code=code, floor=floor, number=number)
    done("C", dwelling)
    return dwelling


@action("place.added")
def add_place(
    agency: Agency, *, by: Actor, kind: str, name: str, neighbourhood: Neighbourhood | None = None,
    openings: Iterable[tuple[int, time, time]] = (), **details: object,
) -> Place:  # fmt: skip
    """Add a Spazio C.A.S.A. or a presidio with its weekly hours."""
    access.require(by, "set up", of=agency.pk)
    place = Place.objects.create(agency=agency, neighbourhood=neighbourhood, kind=kind, name=name, **details)
    Opening.objects.bulk_create(Opening(place=place, weekday=w, opens=o, closes=c) for w, o, c in openings)
    done("C", place)
    return place


@action("place.state_changed")
def change_place_state(place: Place, state: str, *, by: Actor) -> Place:
    """Move a place through planned, opening, open, closed (R029). Raise ``Refused('unknown-state')``."""
    access.require(by, "publish place")
    refuse_unless(place.agency_id == by.agency_id, "not-allowed", _("Questo presidio non è del tuo ente."))
    refuse_unless(state in Place.STATES, "unknown-state", _("Questo stato non esiste."), _("Scegli uno stato dall'elenco."))
    place.state = state
    place.save(update_fields=["state"])
    done("U", place, fields=["state"])
    if state == "closed":
        emit(events.PlaceClosed(place))
    return place


@action("place.lock_set")
def set_lock_minutes(place: Place, minutes: int, *, by: Actor) -> Place:
    """Say after how many minutes a screen locks at a place.

    Raise ``Refused('lock-minutes')``; ``NotVisible`` for another body's place.
    """
    if by.agency_id not in (None, place.agency_id):
        raise NotVisible
    access.require(by, "lock screens", of=place.agency_id)
    refuse_unless(
        rules.may_lock_after(minutes),
        "lock-minutes",
        _("Uno schermo si blocca dopo un tempo tra 5 e 20 minuti."),
        _("Scrivi un numero da 5 a 20."),
    )
    place.lock_minutes = minutes
    place.save(update_fields=["lock_minutes"])
    done("U", place, fields=["lock_minutes"])
    return place


@action("popup.published")
def publish_popup(
    agency: Agency, *, by: Actor, name: str, neighbourhood: Neighbourhood | None, on: date, opens: time, closes: time,
    staff: Staff, where: str = "", once: str = "",
) -> Place:  # fmt: skip
    """Publish a presidio for one day: «giovedì 10–12, atrio scala A», in twenty seconds.

    Raise ``Refused('popup-past')`` or ``Refused('hours-backwards')``.
    """
    access.require(by, "publish place")
    refuse_unless(on >= clock.today(), "popup-past", _("Questo giorno è già passato."), _("Scegli un giorno da oggi in poi."))
    refuse_unless(closes > opens, "hours-backwards", _("L'ora di fine viene prima dell'inizio."), _("Correggi gli orari."))
    refuse_unless(agency.pk == by.agency_id, "not-allowed", _("Questo ente non è il tuo."))
    place = Place.objects.create(agency=agency, neighbourhood=neighbourhood, kind="popup", name=name, where=where)
    Opening.objects.create(place=place, on_date=on, opens=opens, closes=closes)
    if neighbourhood is not None:
        Posting.objects.create(staff=staff, neighbourhood=neighbourhood, place=place, since=on, until=on)
    done("C", place)
    return place


@action("popup.withdrawn")
def withdraw_popup(place: Place, *, by: Actor) -> Place:
    """Take back a pop-up presidio: tenants no longer see it. Raise ``Refused('not-a-popup')``."""
    access.require(by, "publish place")
    refuse_unless(place.agency_id == by.agency_id, "not-allowed", _("Questo presidio non è del tuo ente."))
    refuse_unless(place.kind == "popup", "not-a-popup", _("Si può togliere solo un presidio di un giorno."))
    place.state = "closed"
    place.save(update_fields=["state"])
    place.openings.update(cancelled_at=clock.now())
    done("U", place, fields=["state"])
    emit(events.PlaceClosed(place))
    return place


@action("staff.posted")
def post(
    staff: Staff, *, by: Actor, neighbourhood: Neighbourhood, since: date, place: Place | None = None,
    weekday: int | None = None, until: date | None = None,
) -> Posting:  # fmt: skip
    """Say who works where and when."""
    access.require(by, "set up", of=staff.agency_id)
    posting = Posting.objects.create(
        staff=staff, neighbourhood=neighbourhood, place=place, weekday=weekday, since=since, until=until
    )
    done("C", posting)
    return posting
