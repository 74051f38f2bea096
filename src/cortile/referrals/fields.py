"""What of a person a service may be given: a closed list, each with its label, its lane, and how its value is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _

from cortile.accounts import reads as accounts
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.languages import SOURCE
from cortile.people import cards
from cortile.people.models import Membership, Person

ADULT = 18
Read = Callable[[Person, Actor], str]


@dataclass(frozen=True, slots=True)
class Field:
    """A datum that can be ticked. Without ``read`` it is what the sender typed."""

    label: str | Promise
    lane: str = "social"
    read: Read | None = None


def _language(person: Person, _by: Actor) -> str:
    try:
        return str(get_language_info(person.language)["name_translated"]).lower()
    except KeyError:
        return person.language


def _birth_year(person: Person, _by: Actor) -> str:
    return str(person.birth_date.year) if person.birth_date else ""


def members(person: Person) -> list[Person]:
    """Return who lives with her today, herself too."""
    homes = Membership.objects.filter(person=person, until=None).values("household_id")
    rows = Membership.objects.filter(household_id__in=homes, until=None).select_related("person").order_by("person__birth_date")
    return [m.person for m in rows if m.person.state == "active"]


def _household_size(person: Person, _by: Actor) -> str:
    count = len(members(person))
    return str(count) if count else ""


def _children_ages(person: Person, _by: Actor) -> str:
    """Return the ages, without a name: they are other people's."""
    today = clock.today()
    born = [p.birth_date for p in members(person) if p.birth_date]
    ages = [today.year - b.year - ((today.month, today.day) < (b.month, b.day)) for b in born]
    return ", ".join(_("%(years)s anni") % {"years": age} for age in sorted(ages) if age < ADULT)


def _accessibility(person: Person, _by: Actor) -> str:
    stair = person.home_stair
    lift = "" if stair is None else _("con ascensore") if stair.building.has_lift else _("senza ascensore")
    floor = _("piano %(floor)s") % {"floor": person.floor} if person.floor else ""
    return ", ".join(part for part in (floor, lift, _("serve l'interprete") if person.needs_interpreter else "") if part)


_STANDINGS = {
    "owes": gettext_lazy("l'affitto ha un debito"), "even": gettext_lazy("l'affitto è in regola"),
    "credit": gettext_lazy("l'affitto è in regola"),
}  # fmt: skip


def _economic(person: Person, by: Actor) -> str:
    """Return how the rent stands, as far as who sends may see it: never a sum."""
    return ", ".join(dict.fromkeys(str(_STANDINGS[account.standing]) for account in accounts.rent_of(person.pk, by=by)))


FIELDS: dict[str, Field] = {
    "name": Field(gettext_lazy("Nome"), read=lambda person, _by: person.full_name),
    # A number only if it is safe; none with «solo di persona».
    "phone": Field(gettext_lazy("Telefono"), read=lambda person, _by: cards.name_card(person).phone),
    "language": Field(gettext_lazy("Lingua"), read=_language),
    "birth_year": Field(gettext_lazy("Anno di nascita"), read=_birth_year),
    "address": Field(gettext_lazy("Casa"), read=lambda person, _by: cards.stair_of(person)),
    "household_size": Field(gettext_lazy("Quante persone in casa"), read=_household_size),
    "children_ages": Field(gettext_lazy("Età dei figli"), read=_children_ages),
    "need": Field(gettext_lazy("Di che cosa ha bisogno")),
    "notes": Field(gettext_lazy("Altre parole per il servizio")),
    "accessibility": Field(gettext_lazy("Scale, ascensore, interprete"), read=_accessibility),
    "economic": Field(gettext_lazy("Come va con l'affitto"), lane="economic", read=_economic),
}
TICKED_AT_FIRST = ("name", "phone", "language", "need")
# An agreement written before there were finer words for the same.
COVERS = {"household": ("household_size", "children_ages"), "availability": ("notes",)}


def agreed(keys: Iterable[str]) -> frozenset[str]:
    """Return the fields an agreement lets a partner be given."""
    wanted = list(keys)
    return frozenset(key for name in wanted for key in COVERS.get(name, (name,)) if key in FIELDS)


def labels(keys: Collection[str]) -> list[str]:
    """Return the labels of some fields, in the order of the list."""
    return [str(field.label) for key, field in FIELDS.items() if key in keys]


def values_of(
    person: Person, keys: Collection[str], *, by: Actor, need: str = "", notes: str = "", in_person: bool = False
) -> dict[str, str]:
    """Return the value of each ticked field as it is now, "" where there is none. Only what is ticked is looked at.

    In Italian, whatever language who sends reads: it is for the service. A request spoken of only ``in_person`` has no telephone.
    """
    typed = {"need": need.strip(), "notes": notes.strip()}
    ticked = {key: field for key, field in FIELDS.items() if key in keys}
    with override(SOURCE):
        found = {key: field.read(person, by) if field.read else typed[key] for key, field in ticked.items()}
    return {key: "" if key == "phone" and in_person else value for key, value in found.items()}
