"""Questions about people. Every one that returns a person leaves its read in the audit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cortile.agencies import policy
from cortile.homes import reads as homes
from cortile.homes import rules as addresses
from cortile.homes.models import Stair
from cortile.kit import audit, dates, told, wall
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible
from cortile.kit.told import Shown
from cortile.people import access, rules
from cortile.people.models import (
    ContactPoint,
    Delegation,
    Identification,
    Membership,
    NotTheSame,
    Person,
    Representative,
    SearchToken,
    Tenancy,
)

CARD = ("name", "stair", "language")
MANY, NEAR, SHOWN = 200, 60, 20
MOST_EVENTS = 2000
# Everybody but the person herself and the machine.
TOLD_OF = ("staff", "link", "delegate", "representative")
# What a machine takes for another administration is told as well: her data have left the house.
GIVEN_AWAY = ("siuss.taken",)
SHORTEST_SEARCH = 2
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Who a search found; whether it was a staircase (then several people, to be ticked), and whether there may be more."""

    text: str
    rows: list[Person]
    by_stair: bool = False
    more: bool = False


def find(text: str, *, by: Actor) -> Found:
    """Find people by four letters, a misspelling, a staircase, a phone or a card; best first, twenty at most."""
    by_number = _by_number(text, by)
    on_stair = [] if by_number else _by_address(text, by)
    found = by_number or on_stair or _by_name(text, by)
    audit.seen("people.searched", by=by, persons=[p.pk for p in found], fields=CARD)
    return Found(text, found, by_stair=bool(on_stair), more=len(found) == SHOWN)


def search(text: str, *, by: Actor) -> list[Person]:
    """Return the rows of ``find``."""
    return find(text, by=by).rows


def _rows(by: Actor) -> QuerySet[Person]:
    return access.visible_to(by).select_related("home_stair__building")


def _by_number(text: str, by: Actor) -> list[Person]:
    digits = re.sub(r"\D", "", text)
    if len(digits) < rules.CODE_DIGITS or len(digits) < len(text.strip()) - 4:
        return []
    rows = _rows(by).filter(tokens__agency_id=by.agency_id or 0, tokens__token=f"d:{digits[-6:]}")
    return list(rows.distinct()[:SHOWN])


def _by_address(text: str, by: Actor) -> list[Person]:
    if by.agency_id is None or not addresses.looks_like_address(text):
        return []
    stairs = homes.find_stairs(by.agency_id, text)
    return list(_rows(by).filter(home_stair__in=stairs).order_by("home_stair", "family_name", "given_name", "pk")[:SHOWN])


def _by_name(text: str, by: Actor) -> list[Person]:
    typed = rules.words(text)
    if not rules.can_be_sought(typed):
        return []
    began = _names(_with_tokens(by, [rules.exact_tokens(w) for w in typed]))
    found = _ranked(text, began)
    if len(began) == MANY:
        # More begin like this than we compare: those who have the very words come first.
        whole = _ranked(text, _names(_with_tokens(by, [[f"w:{rules.key(w)}"] for w in typed])))
        found = whole + _fresh(whole, found)
    if len(found) < ENOUGH:
        near = [rules.near_tokens(w) or rules.exact_tokens(w) for w in typed]
        found += _fresh(found, _ranked(text, _names(_nearest(by, near)), least=rules.LOOKS_ALIKE))
    rows = {p.pk: p for p in _rows(by).filter(pk__in=found[:SHOWN])} if found else {}
    return [rows[key] for key in found[:SHOWN] if key in rows]


def _with_tokens(by: Actor, wanted: list[list[str]]) -> QuerySet[Person]:
    """Return the persons who have, for each typed word, one of its tokens."""
    rows = access.visible_to(by)
    for tokens in filter(None, wanted):
        known = SearchToken.objects.filter(agency_id=by.agency_id or 0, token__in=tokens)
        rows = rows.filter(pk__in=known.values("person_id"))
    return rows.order_by()


def _nearest(by: Actor, wanted: list[list[str]]) -> QuerySet[Person]:
    """Return them, those who share the most pieces first: of a thousand misspellings the best are looked at."""
    every = [token for tokens in wanted for token in tokens]
    shared = Count("tokens", filter=Q(tokens__agency_id=by.agency_id or 0, tokens__token__in=every))
    return _with_tokens(by, wanted).annotate(shared=shared).order_by("-shared", "pk")[:NEAR]


def _names(rows: QuerySet[Person]) -> list[tuple[int, str, str]]:
    """Fetch what comparing needs, and nothing else."""
    return list(rows.values_list("pk", "given_name", "family_name")[:MANY])


def _ranked(text: str, names: Iterable[tuple[int, str, str]], *, least: float = 0.8) -> list[int]:
    """Return the keys of those whose name is like what was typed, best first."""
    scored = [(-rules.likeness(text, f"{given} {family}"), family, given, key) for key, given, family in names]
    return [key for score, _, _, key in sorted(scored) if -score >= least]


def _fresh(found: list[int], more: Iterable[int]) -> list[int]:
    return [key for key in more if key not in set(found)]


def on_stair(stair: Stair, *, by: Actor) -> list[Person]:
    """Return who lives on a stair, as far as the actor may see."""
    found = list(_rows(by).filter(home_stair=stair).order_by("floor", "family_name", "pk"))
    audit.seen("people.searched", by=by, persons=[p.pk for p in found], fields=CARD)
    return found


@dataclass(frozen=True, slots=True)
class Card:
    """What S4 shows of a person, fetched whole: a door never queries."""

    person: Person
    contact_points: list[ContactPoint]
    tenancies: list[Tenancy]
    household: list[Membership]
    delegations: list[Delegation]
    representatives: list[Representative]
    fields: frozenset[str]

    @property
    def whole(self) -> bool:
        """Tell whether the reader sees everything, or the card of a desk: name, stair, phone, language."""
        return "*" in self.fields


def card(person_id: int, *, by: Actor, reason: str = "") -> Card:
    """Open a person's record. The household is who lives there: names, never their requests."""
    person = access.the_one(by, person_id)
    audit.seen("person.opened", by=by, persons=[person.pk], fields=["record"], reason=reason)
    seen = policy.fields(by, "person")
    if "*" not in seen:
        # Who holds the card only has a number to call, and no other way to reach her.
        return Card(person, [c for c in person.contact_points.all() if c.kind != "email"], [], [], [], [], seen)
    homes_of = Membership.objects.filter(person=person, until=None).values("household_id")
    household = Membership.objects.filter(household__in=homes_of, until=None).exclude(person=person).select_related("person")
    # Sealed: told to who lives with her, it would say that somebody opened her record.
    audit.seen("household.read", by=by, persons=[m.person_id for m in household], fields=["name"], sealed=True)
    return Card(
        person,
        list(person.contact_points.all()),
        list(Tenancy.objects.filter(household__in=homes_of, end=None).select_related("dwelling__stair__building", "holder")),
        list(household),
        list(person.delegations.filter(withdrawn_at=None)),
        list(person.representatives.all()),
        seen,
    )


def identification_of(person: Person) -> Identification | None:
    """Return how somebody's identity was last checked, with who looked; or None."""
    return person.identifications.select_related("by").first()


def these(ids: Iterable[int], *, by: Actor, action: str = "contact") -> list[Person]:
    """Return the persons somebody ticked, in that order; those the actor may not see are not there."""
    wanted = list(dict.fromkeys(ids))
    rows = {p.pk: p for p in access.visible_to(by, action).filter(pk__in=wanted).select_related("home_stair__building", "agency")}
    audit.seen("people.searched", by=by, persons=rows, fields=CARD)
    return [rows[pk] for pk in wanted if pk in rows]


def look_alikes(found: Iterable[Person]) -> set[int]:
    """Return which of some persons may be one and the same, those already told apart left out."""
    pairs = {
        (a.pk, b.pk)
        for a, b in combinations(sorted(found, key=lambda p: p.pk), 2)
        if rules.may_be_same(a.full_name, a.birth_date, b.full_name, b.birth_date)
    }
    if not pairs:
        return set()
    judged = NotTheSame.objects.filter(one_id__in={a for a, _ in pairs}, other_id__in={b for _, b in pairs})
    return {pk for pair in pairs - set(judged.values_list("one_id", "other_id")) for pk in pair}


def greeted(*, by: Actor) -> Person:
    """Return of the person somebody is, or helps, what the first page of the app says; raise ``NotVisible`` for nobody."""
    found = access.visible_to(by).filter(pk=by.person_id or 0).only("given_name", "discreet").first()
    if found is None:
        raise NotVisible
    return found


def myself(*, by: Actor) -> Person:
    """Return the person a tenant, delegate or representative acts for."""
    return access.the_one(by, by.person_id or 0)


def one(person_id: int, *, by: Actor, what: str = "person.opened") -> Person:
    """Return one person and leave the read."""
    person = access.the_one(by, person_id)
    audit.seen(what, by=by, persons=[person.pk], fields=CARD)
    return person


def delegations_of(person: Person) -> list[Delegation]:
    """Return the living delegations of a person."""
    return list(person.delegations.filter(withdrawn_at=None))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody who may already be registered, with the facts that tell them apart."""

    person: Person
    same_birth_date: bool
    same_phone: bool


def possible_duplicates(
    *, by: Actor, name: str, born: date | None = None, phone: str = "", but: int | None = None
) -> list[Duplicate]:
    """Return who may be the same person, so that "create" comes after having looked."""
    tokens = [rules.exact_tokens(w) + rules.near_tokens(w) for w in rules.words(name)]
    phones = rules.number_tokens([phone])
    rows = list(_with_tokens(by, tokens).select_related("home_stair__building")[:MANY]) if tokens else []
    if phones:
        rows += list(_rows(by).filter(tokens__agency_id=by.agency_id or 0, tokens__token__in=phones))
    passed = _judged_different(but)
    unique = {p.pk: p for p in rows if p.pk != but and p.pk not in passed}
    alike = [p for p in unique.values() if rules.may_be_same(name, born, p.full_name, p.birth_date)]
    audit.seen("people.searched", by=by, persons=[p.pk for p in alike], fields=[*CARD, "birth_date"])
    return [Duplicate(p, bool(born and p.birth_date == born), _has_phone(p, phone)) for p in alike[:ENOUGH]]


def _judged_different(person_id: int | None) -> set[int]:
    if person_id is None:
        return set()
    pairs = NotTheSame.objects.filter(Q(one_id=person_id) | Q(other_id=person_id)).values_list("one_id", "other_id")
    return {a if b == person_id else b for a, b in pairs}


def _has_phone(person: Person, phone: str) -> bool:
    tokens = rules.number_tokens([phone])
    return bool(tokens) and person.tokens.filter(token__in=tokens).exists()


def seen_by(person: Person, *, by: Actor, limit: int = 50) -> list[AuditEvent]:
    """Return who read or changed a person's data, for her phone: T9 in words.

    Nothing is listed that would tell of a request the phone may not show; with «solo di persona», nothing at all. Nor for who
    represents her: it tells of every matter, also of those outside the decree.
    """
    access.the_one(by, person.pk)
    audit.seen("audit.read", by=by, persons=[person.pk], fields=["audit"])
    if person.only_in_person or not access.is_told_who_looked(by):
        return []
    return told.told(_events_of(person), person.pk, Shown.PHONE)[:limit]


def seen_on_paper(person_id: int, *, by: Actor) -> tuple[Person, list[AuditEvent]]:
    """Return a person and the same list whole, for the operator who prints it: what was said in person too, nothing delicate.

    A paper lies on a kitchen table: who follows a delicate request says by voice who has read it.
    """
    # As with the code to sign in, a paper is handed to who stands in front: a desk's card is not enough.
    person = access.the_one(by, person_id, "sign_in_code")
    found = told.told(_events_of(person), person.pk, Shown.PAPER)
    audit.seen("audit.read", by=by, persons=[person.pk], fields=["audit", "paper"])
    return person, found


def _events_of(person: Person) -> list[AuditEvent]:
    """Return many more than are shown: a page cut before the hidden ones are left out would be shorter for them."""
    rows = AuditEvent.objects.filter(Q(agent_kind__in=TOLD_OF) | Q(what__in=GIVEN_AWAY), subjects__person_id=person.pk)
    return list(rows.order_by("-recorded", "-pk")[:MOST_EVENTS])


def phone_of(person: Person) -> str:
    """Return the number it is safe to call, or nothing: never one somebody else may answer."""
    return next((c.value for c in person.contact_points.all() if c.safe and not c.shared and c.kind != "email"), "")


def home_of(person: Person) -> str:
    """Return where somebody lives, as the landlord writes it: address, stair, floor and dwelling."""
    rows = Tenancy.objects.filter(household__memberships__person=person, household__memberships__until=None, end=None)
    found = rows.select_related("dwelling__stair__building").first()
    if found is None:
        return str(person.home_stair.building) if person.home_stair else ""
    home, stair = found.dwelling, found.dwelling.stair
    named = ((_("scala"), stair.name), (_("piano"), home.floor), (_("alloggio"), home.code))
    facts = [str(stair.building), *(f"{word} {value}" for word, value in named if value)]
    return dates.listed(facts, get_language() or "it")


def sms_number_of(person: Person) -> str:
    """Return the number an SMS may go to: mobile, safe, and the person's own; or nothing."""
    rows = person.contact_points.filter(kind="mobile", safe=True, shared=False, bounced_at=None)
    return next((c.value for c in rows), "")


def personas() -> dict[str, Person]:
    """Return the demo tenants by the name of their persona."""
    with wall.within(wall.EVERY_BODY, ("social",)):
        return {p.demo_persona or "": p for p in Person.objects.exclude(demo_persona=None)}


def registered_since(agency_id: int, instant: datetime) -> int:
    """Return how many people were registered since an instant: a plain count for the month page."""
    return Person.objects.filter(agency_id=agency_id, registered_at__gte=instant).count()
