"""Who, in this room: who is in front of the phone, and which persons an actor may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cortile.agencies import access as staff_access
from cortile.agencies import policy
from cortile.kit import clock, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible
from cortile.people import rules
from cortile.people.models import (
    Alarm,
    ContactPoint,
    Delegation,
    Person,
    RecordOpening,
    Representative,
    SearchToken,
    SharedCopy,
    SignInCode,
)

M = TypeVar("M", Delegation, Representative)
H = TypeVar("H", Person, Delegation, Representative)


@policy.relation("person", "own area")
def _own_area(actor: Actor) -> Q:
    here = Q(home_neighbourhood_id__in=actor.areas) | Q(home_neighbourhood_id=None)
    return Q(agency_id=actor.agency_id) & here


@policy.relation("person", "own agency")
def _own_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id)


@policy.relation("person", "the person")
def _the_person(actor: Actor) -> Q:
    return Q(pk=actor.person_id)


@policy.relation("person", "delegate")
def _delegate(actor: Actor) -> Q:
    return Q(pk=actor.person_id)


@policy.relation("person", "representative")
def _representative(actor: Actor) -> Q:
    return Q(pk=actor.person_id)


@policy.relation("person", "broken glass")
def _broken_glass(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, pk__in=under_glass(actor))


@policy.relation("person", "opt-in visits")
def _wants_a_knock(actor: Actor) -> Q:
    """Whom a custodian may know: who lives where they are posted, and said «bussate da me»."""
    return Q(agency_id=actor.agency_id, home_neighbourhood_id__in=actor.areas, visits_welcome=True, state="active")


def visible_to(actor: Actor, action: str = "see") -> QuerySet[Person]:
    """Return the persons an actor may see, or do ``action`` to: the only way to a row of this room."""
    return Person.objects.filter(policy.allows(actor, "person", action)).exclude(state="merged")


def the_one(actor: Actor, person_id: int, action: str = "see") -> Person:
    """Return one person, or raise ``NotVisible`` as for somebody who is not there."""
    found = visible_to(actor, action).filter(pk=person_id).select_related("home_stair__building", "agency").first()
    if found is None:
        raise NotVisible
    return found


def require(actor: Actor, person_id: int, action: str = "see") -> None:
    """Raise ``NotVisible`` unless an actor may see a person, or do ``action`` to them: ``the_one`` without the row."""
    if not visible_to(actor, action).filter(pk=person_id).exists():
        raise NotVisible


# --- need to know: what ties a member of staff to a person today ---

Link = Callable[[Actor], Q]
_links: list[Link] = []


def link(query: Link) -> Link:
    """Register a tie: with none, opening a record asks why first. Only a room's ``access.py`` calls it."""
    _links.append(query)
    return query


@dataclass(frozen=True, slots=True)
class Tie:
    """Something ties somebody to a person today; when it is a broken glass, until when."""

    glass_until: datetime | None


def tie_to(actor: Actor, person_id: int) -> Tie | None:
    """Return what ties somebody to a person today, or None: one query, whatever the rooms registered."""
    tied = Q(pk__in=[])
    for query in _links:
        tied |= query(actor)
    glass = openings_of(actor).filter(kind="glass", person_id=OuterRef("pk")).order_by("-until").values("until")[:1]
    found = Person.objects.filter(pk=person_id).filter(tied).values_list(Subquery(glass)).first()
    return Tie(found[0]) if found is not None else None


def openings_of(actor: Actor) -> QuerySet[RecordOpening]:
    """Return the records somebody opened for a reason that still holds."""
    return RecordOpening.objects.filter(agency_id=actor.agency_id or 0, staff_id=actor.id or 0, until__gt=clock.now())


def under_glass(actor: Actor) -> QuerySet[RecordOpening, int]:
    """Return the persons whose record somebody opened by breaking the glass, while the three hours last."""
    return openings_of(actor).filter(kind="glass").values_list("person_id", flat=True)


@link
def _opened(actor: Actor) -> Q:
    return Q(Exists(openings_of(actor).filter(person_id=OuterRef("pk"))))


def known_exactly(actor: Actor, *, card_number: str = "", name: str = "", born: date | None = None) -> Person | None:
    """Return the one person of the body whose card, or whole name and birth date, somebody knows; else None, for any reason."""
    rows = Person.objects.filter(agency_id=actor.agency_id or 0).exclude(state="merged").select_related("agency")
    if card_number:
        return rows.filter(card_number="".join(c for c in card_number if c.isdigit())).first()
    typed = sorted(rules.words(name))
    for word in typed:
        known = SearchToken.objects.filter(agency_id=actor.agency_id or 0, token=f"w:{rules.key(word)}")
        rows = rows.filter(pk__in=known.values("person_id"))
    same = [p for p in rows.filter(birth_date=born) if sorted(rules.words(p.full_name)) == typed] if typed and born else []
    return same[0] if len(same) == 1 else None


def openings_to_review(actor: Actor) -> QuerySet[RecordOpening]:
    """Return the openings of the body, for whoever answers for the lane; nothing for anybody else."""
    rows = RecordOpening.objects.filter(agency_id=actor.agency_id or 0)
    return rows.select_related("person", "staff__agency") if staff_access.may_review(actor) else rows.none()


def alarms_to_review(actor: Actor) -> QuerySet[Alarm]:
    """Return the alarms of the body, for whoever answers for the lane and is not the one they speak of."""
    rows = Alarm.objects.filter(agency_id=actor.agency_id or 0).exclude(staff_id=actor.id or 0)
    return rows.select_related("staff__agency") if staff_access.may_review(actor) else rows.none()


def reads_at_the_desk(actor: Actor) -> bool:
    """Tell whether somebody reads with an operator in front, not on a phone."""
    return actor.kind == Kind.STAFF


def asks_her(actor: Actor) -> bool:
    """Tell whether what an actor writes was asked of the person herself; a phone may be in anybody's hand."""
    return actor.kind in {Kind.STAFF, Kind.SYSTEM}


def reads_her_numbers(actor: Actor) -> bool:
    """Tell whether the app says her numbers to an actor: to herself, not to who helps, nor to who may only hold her phone."""
    return actor.kind == Kind.TENANT and not actor.by_phone_code


def is_told_who_looked(actor: Actor) -> bool:
    """Tell whether the list of who has seen one's data is for an actor: hers alone, it tells of every matter.

    Nor for a session a code sent to a telephone opened.
    """
    return actor.kind == Kind.TENANT and not actor.by_phone_code


def agency_of_card(card_number: str) -> int | None:
    """Return the body a card belongs to: all the database tells before anybody is known."""
    return wall.asked("people_agency_of_card", card_number)


def agency_of_fiscal_code(code: str) -> int | None:
    """Return the body of the one living person of a fiscal code; nothing for nobody, and for more than one."""
    return wall.asked("people_agency_of_fiscal_code", code)


def epoch_of(card_number: str) -> int:
    """Return a number that every new code on paper of a card changes: what was known of the card before is known no more."""
    digits = "".join(c for c in card_number if c.isdigit())
    with wall.within(agency_of_card(digits), ("social",)):
        printed = SignInCode.objects.filter(card_number=digits, channel="paper").order_by("-pk")
        return printed.values_list("pk", flat=True).first() or 0


def session_of(actor: Actor) -> dict[str, object]:
    """Return what a session keeps of who signed in, and how: ``tenant_actor`` finds them again with it."""
    return {
        "kind": str(actor.kind), "id": actor.id, "agency": actor.agency_id, "since": clock.now().isoformat(),
        "came_by": actor.came_by, "step": actor.step,
    }  # fmt: skip


def tenant_actor(signed: dict[str, object] | None) -> Actor | None:
    """Return who is signed in to the tenants' app, or None when the session, delegation or decree has ended.

    A code printed since then ends it too: who asks for a new one may have lost the phone.
    """
    if not signed or not signed.get("agency"):
        return None
    with wall.within(int(str(signed["agency"])), ("social",)):
        found = _signed(str(signed.get("kind")), int(str(signed.get("id") or 0)), str(signed.get("since") or ""))
    # A session from before there were other ways in came by paper.
    came_by, step = str(signed.get("came_by") or "paper"), int(str(signed.get("step") or 1))
    return replace(found, came_by=came_by, step=step) if found else None


def _signed(kind: str, number: int, since: str) -> Actor | None:
    if kind == Kind.TENANT:
        return _tenant(_unless_printed(Person.objects.filter(pk=number, state="active"), since).first())
    if kind == Kind.DELEGATE:
        alive = _alive(Delegation.objects.filter(pk=number, withdrawn_at=None))
        return _helper(Kind.DELEGATE, _unless_printed(alive, since).first())
    if kind == Kind.REPRESENTATIVE:
        return _helper(Kind.REPRESENTATIVE, _unless_printed(_alive(Representative.objects.filter(pk=number)), since).first())
    return None


def _unless_printed(rows: QuerySet[H], since: str) -> QuerySet[H]:
    """Leave out whoever was given a new code on paper after a moment."""
    if not since:
        return rows
    newer = SignInCode.objects.filter(
        card_number=OuterRef("card_number"), channel="paper", issued_at__gt=datetime.fromisoformat(since)
    )
    return rows.filter(~Exists(newer))


def holder_of(card_number: str) -> Actor | None:
    """Return who a card lets in, or None. Always the same three questions: their number tells nothing of the card."""
    person = Person.objects.filter(card_number=card_number, state="active").first()
    delegate = _alive(Delegation.objects.filter(card_number=card_number, withdrawn_at=None)).first()
    representative = _alive(Representative.objects.filter(card_number=card_number)).first()
    return _tenant(person) or _helper(Kind.DELEGATE, delegate) or _helper(Kind.REPRESENTATIVE, representative)


@dataclass(frozen=True, slots=True)
class Telephone:
    """Where a code for a card may go; nowhere when there is no number."""

    person_id: int = 0
    language: str = "it"
    number: str = ""


_KINDS = {"sms": "mobile", "voice": "landline"}


def telephone_of(card_number: str, channel: str) -> Telephone:
    """Return the telephone that is a card holder's alone, or none: always the same seven questions, whatever they find.

    A person's is confirmed, safe, shared with nobody and nothing came back from it; who helps has the one we were told; who
    represents by law has none here. One that somebody else of the body gave as theirs too is nobody's alone.
    """
    holder = holder_of(card_number)
    who, kind, mandate, body = _numbers(holder)
    language = Person.objects.filter(pk=who).values_list("language", flat=True).first()
    points = list(ContactPoint.objects.filter(person_id=who))
    helpers = dict(Delegation.objects.filter(person_id=who, withdrawn_at=None).values_list("pk", "phone"))
    if kind == Kind.TENANT:
        mine, others = [p.value for p in points if _is_hers_alone(p) and p.kind == _KINDS[channel]], list(helpers.values())
    else:
        mine = [phone for pk, phone in helpers.items() if (kind, pk) == (Kind.DELEGATE, mandate) and rules.takes(phone, channel)]
        others = [p.value for p in points] + [phone for pk, phone in helpers.items() if pk != mandate]
    number = next(iter(mine), "")
    taken = {rules.dialled(value) for value in (*others, *_same_end(number, body, but=who))}
    return Telephone(who, language or "it", "" if rules.dialled(number) in taken else number)


def _is_hers_alone(point: ContactPoint) -> bool:
    asked = point.confirmed_at is not None and point.bounced_at is None and not point.to_confirm
    return asked and point.safe and not point.shared


def _numbers(holder: Actor | None) -> tuple[int, Kind, int, int]:
    """Return the person, the kind, the number and the body of who holds a card; for nobody, what matches no row."""
    if holder is None:
        return 0, Kind.PUBLIC, 0, 0
    return holder.person_id or 0, holder.kind, holder.id or 0, holder.agency_id or 0


def _same_end(number: str, body: int, *, but: int) -> list[str]:
    """Return what others of the body gave as theirs that ends as a number does."""
    token = f"d:{rules.dialled(number)[-rules.CODE_DIGITS :]}"
    persons = SearchToken.objects.filter(agency_id=body, token=token).exclude(person_id=but).values("person_id")
    return list(ContactPoint.objects.filter(person_id__in=persons, person__state="active").values_list("value", flat=True))


def _tenant(person: Person | None) -> Actor | None:
    return tenant_of(person) if person is not None else None


def tenant_of(person: Person) -> Actor:
    """Return the actor a person is in the app, once somebody has recognised them."""
    return Actor(
        kind=Kind.TENANT, id=person.pk, name=person.display_name, role="tenant", agency_id=person.agency_id,
        person_id=person.pk, areas=_home(person),
    )  # fmt: skip


def _home(person: Person) -> frozenset[int]:
    return frozenset(filter(None, [person.home_neighbourhood_id]))


def _alive(rows: QuerySet[M]) -> QuerySet[M]:
    day = clock.today()
    return rows.filter(since__lte=day).exclude(until__lt=day).select_related("person")


def _helper(kind: Kind, mandate: Delegation | Representative | None) -> Actor | None:
    """A delegate or representative leaves their own name, never the person's."""
    if mandate is None or mandate.person.state != "active":
        return None
    return Actor(
        kind=kind, id=mandate.pk, name=mandate.signed, role=str(kind), agency_id=mandate.person.agency_id,
        person_id=mandate.person_id, scopes=frozenset(mandate.scopes), areas=_home(mandate.person),
    )  # fmt: skip


# --- copies given to other bodies ---


def _living() -> Q:
    """A copy taken back, or past its last day, is nobody's any more."""
    return Q(withdrawn_at=None, until__gte=clock.today())


@policy.relation("copy", "shared cases")
def _shared_with_us(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id) & _living()


@policy.relation("copy", "own area")
def _given_from_my_area(actor: Actor) -> Q:
    return Q(person__in=Person.objects.filter(_own_area(actor)), source_agency_id=actor.agency_id) & _living()


@policy.relation("copy", "own agency")
def _given_by_us(actor: Actor) -> Q:
    return Q(source_agency_id=actor.agency_id) & _living()


@policy.relation("copy", "the person")
def _of_me(actor: Actor) -> Q:
    return Q(person_id=actor.person_id) & _living()


def copies_visible_to(actor: Actor, action: str = "see") -> QuerySet[SharedCopy]:
    """Return the living copies an actor may see, or do ``action`` to."""
    return SharedCopy.objects.filter(policy.allows(actor, "copy", action))


def the_copy(actor: Actor, copy_id: int, action: str = "see") -> SharedCopy:
    """Return one living copy, or raise ``NotVisible`` as for one that was never given."""
    found = copies_visible_to(actor, action).filter(pk=copy_id).select_related("agency").first()
    if found is None:
        raise NotVisible
    return found
