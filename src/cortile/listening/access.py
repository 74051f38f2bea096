"""Who, in this room: which threads, contacts and hand-overs an actor may see, and who may act on one."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.agencies.roles import Role
from cortile.homes.models import Stair
from cortile.kit import clock, told, wall
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import StoredFile
from cortile.kit.refusals import NotVisible
from cortile.kit.told import Shown
from cortile.listening.models import Contact, ContactPerson, HandOver, HandOverLink, Thread
from cortile.listening.states import CHIPS, NOT_FOR_CUSTODIANS, SENSITIVE_CHIPS
from cortile.messages import access as messages
from cortile.people import access as people
from cortile.people.models import SharedCopy

_OPEN_HAND_OVER = ["sent", "taken"]
# How long what was done together is still a reason to open somebody's record.
TIED_FOR = timedelta(days=30)
# How long a fault somebody reported may be the one that a neighbour finds.
SAME_FOR = timedelta(days=14)


# --- threads: a delicate one matches none of these, only its duty person ---


@policy.relation("thread", "own area")
def _own_area(actor: Actor) -> Q:
    here = Q(neighbourhood_id__in=actor.areas) | Q(neighbourhood_id=None)
    return Q(agency_id=actor.agency_id, delicate=False) & here


@policy.relation("thread", "own agency")
def _own_agency(actor: Actor) -> Q:
    house = actor.kind == Kind.SYSTEM and actor.agency_id is None
    return Q(delicate=False) if house else Q(agency_id=actor.agency_id, delicate=False)


@policy.relation("thread", "holder")
def _holder(actor: Actor) -> Q:
    return Q(owner_id=actor.id, agency_id=actor.agency_id, delicate=False)


@policy.relation("thread", "broken glass")
def _under_glass(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, delicate=False, person_id__in=people.under_glass(actor))


@policy.relation("thread", "handed over")
def _handed_over(actor: Actor) -> Q:
    return Q(pk__in=HandOver.objects.filter(_to_me(actor)).values("thread_id"), delicate=False)


def _on_a_phone(actor: Actor) -> Q:
    """What a phone may show of a person's requests (I7): nothing delicate, nothing «solo di persona».

    Whoever came in with a code sent to a telephone sees nothing sensitive either.
    """
    shown = Q(person_id=actor.person_id, delicate=False, only_in_person=False, person__only_in_person=False)
    return shown & ~Q(chip__in=SENSITIVE_CHIPS) if actor.by_phone_code else shown


policy.relation("thread", "the person")(_on_a_phone)


@policy.relation("thread", "on the phone")
def _told_on_the_phone(actor: Actor) -> Q:
    """What whoever answers the phone reads out to who says a number: as much as the app would show, of the whole body.

    Of who moved away or died the app shows nothing to anybody.
    """
    apart = Q(delicate=True) | Q(only_in_person=True) | Q(person__only_in_person=True)
    return Q(agency_id=actor.agency_id, person__state="active") & ~apart


def _within_scopes(actor: Actor) -> Q:
    """What somebody sees who helps within what the person chose, or represents within the decree."""
    return _on_a_phone(actor) & Q(chip__in=actor.scopes)


policy.relation("thread", "delegate")(_within_scopes)
policy.relation("thread", "representative")(_within_scopes)


@messages.about("listening.thread")
def _told_within_scopes(actor: Actor) -> QuerySet[Thread]:
    return Thread.objects.filter(_within_scopes(actor))


# --- what the list of who read one's data may tell, on a phone and on paper ---

# What is kept from each: a phone shows nothing «solo di persona», a paper does; nothing delicate stands on either.
_KEPT_FROM = {
    Shown.PHONE: Q(delicate=True) | Q(only_in_person=True),
    Shown.PAPER: Q(delicate=True),
    Shown.ONLY_PAPER: Q(delicate=True) | Q(only_in_person=False),
}


def _kept_from(shown: Shown) -> QuerySet[Thread]:
    return Thread.objects.filter(_KEPT_FROM[shown])


@told.veil("listening.thread")
def _threads_apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = _kept_from(shown).filter(pk__in=numbers)
    return set(rows.values_list("pk", flat=True)) if numbers else set()


@told.veil("listening.handover")
def _hand_overs_apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = HandOver.objects.filter(pk__in=numbers, thread__in=_kept_from(shown))
    return set(rows.values_list("pk", flat=True)) if numbers else set()


@told.veil("listening.contact")
def _contacts_apart(numbers: set[int], shown: Shown) -> set[int]:
    apart = Q(delicate=True) | Q(threads__in=_kept_from(shown))
    rows = Contact.objects.filter(apart, pk__in=numbers)
    return set(rows.values_list("pk", flat=True)) if numbers else set()


@told.veil("kit.storedfile")
def _files_apart(numbers: set[int], shown: Shown) -> set[int]:
    theirs = _kept_from(shown).values("pk")
    rows = StoredFile.objects.filter(pk__in=numbers, room="listening.thread", owner_id__in=theirs)
    return set(rows.values_list("pk", flat=True)) if numbers else set()


@told.veil("people.sharedcopy")
def _copies_apart(numbers: set[int], shown: Shown) -> set[int]:
    rows = SharedCopy.objects.filter(pk__in=numbers, thread_id__in=_kept_from(shown).values("pk"))
    return set(rows.values_list("pk", flat=True)) if numbers else set()


def _told(person_id: int, shown: Shown) -> QuerySet[Thread]:
    return Thread.objects.filter(person_id=person_id).exclude(_KEPT_FROM[shown])


@told.rests_on("today.read", "account.read")
def _while_open(person_id: int, shown: Shown) -> list[told.Span]:
    return list(_told(person_id, shown).values_list("opened_at", "closed_at"))


@told.rests_on("threads.listed")
def _since_opened(person_id: int, shown: Shown) -> list[told.Span]:
    return [(at, None) for at in _told(person_id, shown).values_list("opened_at", flat=True)]


@told.rests_on("office.queue_read")
def _since_handed_over(person_id: int, shown: Shown) -> list[told.Span]:
    rows = HandOver.objects.filter(thread__in=_told(person_id, shown))
    return [(at, None) for at in rows.values_list("sent_at", flat=True)]


@told.rests_on("copy.read")
def _while_shared(person_id: int, shown: Shown) -> list[told.Span]:
    rows = SharedCopy.objects.filter(person_id=person_id).exclude(thread_id__in=_kept_from(shown).values("pk"))
    return list(rows.values_list("shared_at", "withdrawn_at"))


@told.rests_on("contacts.read")
def _since_listened_to(person_id: int, shown: Shown) -> list[told.Span]:
    rows = Contact.objects.filter(people__person_id=person_id, delicate=False).exclude(threads__in=_kept_from(shown))
    return [(at, None) for at in rows.values_list("at", flat=True)]


@policy.relation("delicate", "duty")
def _duty(actor: Actor) -> Q:
    return Q(delicate=True, duty_id=actor.id, agency_id=actor.agency_id)


@policy.relation("person", "handed over")
def _person_handed_over(actor: Actor) -> Q:
    return Q(pk__in=HandOver.objects.filter(_waits_for_me(actor)).values("thread__person_id"))


# --- hand-overs ---


def _to_me(actor: Actor) -> Q:
    if actor.kind == Kind.LINK:
        return Q(pk=actor.id, thread__delicate=False)
    office = Q(office_id=actor.office_id) | Q(office_id__in=agencies.stood_in_for(actor.id, clock.today()))
    return office & Q(agency_id=actor.agency_id, thread__delicate=False) & ~Q(state="withdrawn")


policy.relation("hand_over", "handed over")(_to_me)


def _waits_for_me(actor: Actor) -> Q:
    """What an office still has to answer: once answered, the question stays and the person and the rent close."""
    return _to_me(actor) & Q(state__in=_OPEN_HAND_OVER)


@policy.relation("hand_over", "own area")
def _hand_over_of_area(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, thread__in=Thread.objects.filter(_own_area(actor)).values("pk"))


@policy.relation("hand_over", "own agency")
def _hand_over_of_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, thread__delicate=False)


# --- contacts ---


@policy.relation("contact", "own area")
def _contact_of_area(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, delicate=False) & (
        Q(neighbourhood_id__in=actor.areas) | Q(neighbourhood_id=None) | Q(staff_id=actor.id)
    )


@policy.relation("contact", "own agency")
def _contact_of_agency(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, delicate=False)


@policy.relation("contact", "broken glass")
def _contact_under_glass(actor: Actor) -> Q:
    theirs = ContactPerson.objects.filter(person_id__in=people.under_glass(actor)).values("contact_id")
    return Q(agency_id=actor.agency_id, delicate=False, pk__in=theirs)


@policy.relation("contact", "own entry")
def _own_entry(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, staff_id=actor.id, delicate=False)


@policy.relation("contact", "envelope")
def _contact_in_my_envelope(actor: Actor) -> Q:
    return Q(agency_id=actor.agency_id, staff_id=actor.id, delicate=True)


# --- what ties a member of staff to a person ---


@people.link
def _followed(actor: Actor) -> Q:
    """A request the actor may see, open or closed not long ago."""
    lately = ~Q(state="closed") | Q(closed_at__gte=clock.now() - TIED_FOR)
    return Q(Exists(visible_to(actor).filter(lately, person_id=OuterRef("pk"))))


# --- the questions doors and actions ask ---


def visible_to(actor: Actor, action: str = "see") -> QuerySet[Thread]:
    """Return the threads an actor may see or do ``action`` to. Delicate ones reach their duty person only."""
    seen = policy.allows(actor, "thread", action) | policy.allows(actor, "delicate", action)
    return Thread.objects.filter(seen)


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts an actor may see."""
    return Contact.objects.filter(policy.allows(actor, "contact", "see"))


def chips_of(actor: Actor) -> list[str]:
    """Return what a contact may be about for an actor: a custodian never hears of rent, money or health (I8)."""
    return [c for c in CHIPS if actor.role != Role.CUSTODIAN or c not in NOT_FOR_CUSTODIANS]


def may_read_note(actor: Actor, contact: Contact) -> bool:
    """Tell whether the note of a contact is for an actor: who wrote it, and the lead (product W5)."""
    return actor.kind == Kind.STAFF and (contact.staff_id == actor.id or actor.role == Role.LEAD)


def hand_overs_visible_to(actor: Actor, action: str = "see") -> QuerySet[HandOver]:
    """Return the hand-overs an actor may see or do ``action`` to."""
    return HandOver.objects.filter(policy.allows(actor, "hand_over", action))


def the_thread(actor: Actor, number: int, action: str = "see") -> Thread:
    """Return one thread by its number, or raise ``NotVisible`` as for one that is not there."""
    rows = visible_to(actor, action).filter(number=number)
    found = rows.select_related("person__home_stair__building", "owner", "category").first()
    if found is None:
        raise NotVisible
    return found


def the_hand_over(actor: Actor, hand_over_id: int, action: str = "see") -> HandOver:
    """Return one hand-over, or raise ``NotVisible``."""
    rows = hand_overs_visible_to(actor, action).filter(pk=hand_over_id)
    found = rows.select_related("thread__person__home_stair__building", "office", "sent_by", "agency").first()
    if found is None:
        raise NotVisible
    return found


def may(actor: Actor, action: str, thread: Thread) -> bool:
    """Tell whether an actor may do something to a thread."""
    return visible_to(actor, action).filter(pk=thread.pk).exists()


def may_ask_about(actor: Actor, chip: str) -> bool:
    """Tell whether an actor may ask about a matter: who helps, or represents, within what they were given."""
    return actor.kind not in {Kind.DELEGATE, Kind.REPRESENTATIVE} or chip in actor.scopes


def faults_where_she_lives(actor: Actor) -> QuerySet[Thread]:
    """Return the open faults others reported lately in a tenant's building; each once, under who reported it first.

    They are told as of a place (``same``). Nothing delicate or «solo di persona» is ever among them, nor what she is tied to.
    """
    if actor.kind != Kind.TENANT:
        return Thread.objects.none()
    building = Stair.objects.filter(residents=actor.person_id or 0).values("building_id")
    apart = Q(delicate=True) | Q(only_in_person=True) | Q(person__only_in_person=True)
    shown = Thread.objects.filter(
        ~apart, ~Q(state="closed"), ~Q(person_id=actor.person_id), agency_id=actor.agency_id or 0, chip="faults",
        nature="technical", person__state="active", person__home_stair__building__in=building,
        opened_at__gte=clock.now() - SAME_FOR,
    )  # fmt: skip
    mine = visible_to(actor).exclude(state="closed").exclude(duplicate_of=None)
    again = Q(duplicate_of__isnull=False, duplicate_of__in=shown.values("pk"))
    return shown.exclude(again).exclude(pk__in=mine.values("duplicate_of"))


def waiting_room(actor: Actor) -> str:
    """Return where somebody's photos wait to be sent: who helps with some matters never finds those of another.

    Nor does whoever came in with a code sent to a telephone find those she had chosen when she came in another way.
    """
    return waiting_rooms(actor.kind)[actor.by_phone_code]


def waiting_rooms(kind: Kind) -> tuple[str, str]:
    """Return where photos wait of somebody who came in by any way, and by a code sent to a telephone."""
    return f"listening.waiting.{kind}", f"listening.waiting.{kind}.phone"


def _answers(link: HandOverLink) -> bool:
    """A question withdrawn, or about what became delicate, answers like one that never was."""
    return link.hand_over.state != "withdrawn" and not link.hand_over.thread.delicate


def agency_of_link(token_hash: str) -> int | None:
    """Return the body a link belongs to: all the database tells before anybody is known."""
    return wall.asked("listening_agency_of_link", token_hash)


def link_by(token_hash: str) -> HandOverLink | None:
    """Return the living link with a token, held for the length of the act: guesses are counted one by one."""
    rows = HandOverLink.objects.select_for_update(of=("self",)).filter(token_hash=token_hash, expires_at__gt=clock.now())
    link = rows.select_related("hand_over__thread", "hand_over__agency").first()
    return link if link is not None and _answers(link) else None


def link_actor(signed: dict[str, object] | None) -> Actor | None:
    """Return the actor of an office that came in by link and code: one object, expiring."""
    if not signed or not signed.get("agency"):
        return None
    with wall.within(int(str(signed["agency"])), ("social",)):
        return _come_in(int(str(signed.get("id") or 0)))


def _come_in(hand_over_id: int) -> Actor | None:
    rows = HandOverLink.objects.filter(hand_over_id=hand_over_id, expires_at__gt=clock.now())
    link = rows.select_related("hand_over__office", "hand_over__thread").order_by("-pk").first()
    if link is None or not _answers(link):
        return None
    office = link.hand_over.office
    return Actor(kind=Kind.LINK, id=hand_over_id, name=office.name, role="link", agency_id=office.agency_id, office_id=office.pk)


# --- rent, as far as a request is about it ---


@policy.relation("account", "handed over rent")
def _rent_handed_over(actor: Actor) -> Q:
    asked = HandOver.objects.filter(_waits_for_me(actor), shows_rent=True, office__sees_rent=True)
    return Q(tenancy__holder__in=asked.values("thread__person_id"))


@policy.relation("account", "asked for help")
def _asked_for_help(actor: Actor) -> Q:
    return Q(tenancy__holder__in=_asking_about_rent(actor).values("person_id"))


@policy.relation("standing", "asked for help")
def _asked_for_help_to_pay(actor: Actor) -> Q:
    return Q(holder__in=_asking_about_rent(actor).values("person_id"))


def _asking_about_rent(actor: Actor) -> QuerySet[Thread]:
    return Thread.objects.filter(_own_area(actor), chip="rent").exclude(state="closed")
