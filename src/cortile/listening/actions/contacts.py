"""Recording a contact: thirty seconds, two taps that must be there, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import override

from cortile.agencies import access as staff_access
from cortile.agencies import reads as agencies
from cortile.homes.models import Place
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.kit.refusals import NotVisible
from cortile.listening import access, events, rules, states
from cortile.listening.actions.steps import check
from cortile.listening.actions.threads import open_thread
from cortile.listening.models import Contact, ContactPerson, Thread
from cortile.listening.words import CHIP_LABELS
from cortile.people import access as people_access
from cortile.people.actions import openings as people
from cortile.people.behalf import in_place_of
from cortile.people.models import Person

BIGGEST_GROUP = 200
LONGEST_MINUTES = 480


@action("contact.recorded")
def record_contact(
    *, by: Actor, chip: str, done_what: str, channel: str = "in_person", persons: Sequence[Person] = (),
    unnamed: int = 0, place: Place | None = None, note: str = "", minutes: int = 10, at: datetime | None = None,
    delicate: bool = False, once: str = "",
) -> Contact:  # fmt: skip
    """Log a contact: of one person, of nobody known, or of a whole courtyard. Listening is a full outcome.

    Raise ``Refused`` with ``chip-missing``, ``done-missing`` or ``group-too-big``; ``NotVisible`` for another body's place.
    """
    staff_access.require(by, "record contact")
    check(chip in access.chips_of(by), "chip-missing")
    check(done_what in states.DONE, "done-missing")
    check(0 <= unnamed <= BIGGEST_GROUP, "group-too-big")
    if place is not None and place.agency_id != by.agency_id:
        raise NotVisible
    for person in persons:
        people_access.require(by, person.pk, "contact")
    contact = Contact.objects.create(
        agency=agencies.agency_by_id(by.agency_id or 0), place=place, channel=channel, at=at or clock.now(),
        minutes=max(1, min(minutes, LONGEST_MINUTES)), staff_id=by.id or 0, chip=chip, nature=rules.nature_of(chip),
        done=done_what, note=note.strip(), unnamed=unnamed or int(not persons), delicate=delicate,
        neighbourhood_id=_where(place, persons),
    )  # fmt: skip
    ContactPerson.objects.bulk_create(
        ContactPerson(agency_id=contact.agency_id, contact=contact, person=p) for p in dict.fromkeys(persons)
    )
    # A talk with many ties nobody, and neither does a delicate one: what hides itself from her list opens nothing.
    if len(persons) == 1 and not delicate:
        people.tie_by_contact(persons[0], by)
    done("C", contact, persons=[p.pk for p in persons], fields=["contact"])
    emit(events.ContactRecorded(contact))
    return contact


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for at the desk, beside what the contact already says."""

    title: str = ""
    words: str = ""
    urgency: str = "normal"
    answer_by: str = "phone"


@transaction.atomic
def record_request(
    persons: Sequence[Person], asked: Asked, *, by: Actor, chip: str, channel: str = "in_person", delicate: bool = False,
    once: str = "", **details: Any,  # noqa: ANN401 -- the contact's own arguments
) -> Thread:  # fmt: skip
    """Log a contact and open the request it brought, both or neither. A request has no title of its own: its chip says it.

    Raise ``Refused('person-missing')`` or ``('one-person')``, and what ``record_contact`` and ``open_thread`` raise.
    """
    check(persons, "person-missing")
    check(len(persons) == 1, "one-person")
    contact = record_contact(
        by=by, chip=chip, done_what="opened_request", channel=channel, persons=persons, delicate=delicate, once=once, **details
    )
    thread = open_thread(
        persons[0], by=in_place_of(by, persons[0]), chip=chip, title=asked.title.strip() or _in_italian(chip), words=asked.words,
        channel=channel, answer_by=asked.answer_by, urgency=asked.urgency, contact=contact, delicate=delicate, once=once,
    )  # fmt: skip
    # A delicate request ties its duty person and stands on no list: who made their own is told of on paper, and may be drawn.
    if delicate and thread.duty_id == by.id:
        people.tie_by_contact(persons[0], by)
    return thread


def _in_italian(chip: str) -> str:
    # A title is kept: colleagues read it whatever language the page was in.
    with override("it"):
        return str(CHIP_LABELS[chip])


def _where(place: Place | None, persons: Sequence[Person]) -> int | None:
    if place is not None and place.neighbourhood_id:
        return place.neighbourhood_id
    return next((p.home_neighbourhood_id for p in persons if p.home_neighbourhood_id), None)
