"""The card of somebody who is expected or visited: name, stair, phone, language. Nothing else of a person goes there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cortile.kit import audit, dates
from cortile.kit.actor import Actor
from cortile.people import access, reads
from cortile.people.models import Person

MOST = 200
FIELDS = ("name", "stair", "phone", "language")


@dataclass(frozen=True, slots=True)
class NameCard:
    """Exactly the fields a nurse and a custodian see (product §3.5)."""

    name: str
    stair: str
    phone: str
    language: str


def name_card(person: Person) -> NameCard:
    """Return the card of a person whose stair and ways of contact were fetched with her.

    With «solo di persona» there is no number on it: what is for her is said at the door.
    """
    phone = "" if person.only_in_person else reads.phone_of(person)
    return NameCard(person.full_name, stair_of(person), phone, person.language)


def stair_of(person: Person) -> str:
    """Return the address and staircase of a person, in words."""
    stair = person.home_stair
    return dates.listed([str(stair.building), f"{_('scala')} {stair.name}"], get_language() or "it") if stair else ""


def with_card(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Fetch with some persons all that their card says."""
    return rows.select_related("home_stair__building").prefetch_related("contact_points")


def to_visit(*, by: Actor) -> list[NameCard]:
    """Return who wants the custodian to knock, stair by stair."""
    rows = with_card(access.visible_to(by)).order_by("home_stair__building", "home_stair", "floor", "family_name")
    found = list(rows[:MOST])
    audit.seen("visits.read", by=by, persons=[p.pk for p in found], fields=FIELDS)
    return [name_card(p) for p in found]
