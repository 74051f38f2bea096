"""Questions about referrals. Each person read leaves a trace; a service's link is shown the ticked fields and no row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cortile.directory.models import Service
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening import access as listening
from cortile.listening.models import Thread
from cortile.people import access as people
from cortile.people.models import Person
from cortile.referrals import access, suggesting, words
from cortile.referrals import fields as ticking
from cortile.referrals.figures import figures_of
from cortile.referrals.models import Consent, Referral, Step
from cortile.referrals.rules import Calendar
from cortile.referrals.states import OPEN_TO_SERVICE, TURNED_DOWN, UNDER_WAY, WAITING
from cortile.referrals.suggesting import Suggestion

__all__ = [
    "Fact", "Page", "Received", "Suggestion", "Whole", "alternatives", "consents_of", "figures_of", "of_thread", "preview",
    "received", "sent", "services_for", "stuck", "the_referral", "unmet",
]  # fmt: skip
PAGE = 50
ALTERNATIVES = 2
MOST = 200
LISTED = ("service", "state", "next_date")
# What each part of the list is: everything that is open, what waits for a service, what is ours, what asks how it went.
ONLY: dict[str, Q] = {
    "": Q(closed_at=None),
    "waiting": Q(closed_at=None, state__in=WAITING, ball="service"),
    "ours": Q(closed_at=None, ball="us"),
    "accepted": Q(closed_at=None, state__in=UNDER_WAY),
    "closed": Q(closed_at__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A field as it would be shared: its label, its value, and whether there is something to give."""

    key: str
    label: str
    value: str
    lane: str = "social"


@dataclass(frozen=True, slots=True)
class Whole:
    """A referral with all that its page shows."""

    referral: Referral
    steps: list[Step]
    facts: list[tuple[str, str]]
    children: list[Referral]
    may_follow: bool


@dataclass(frozen=True, slots=True)
class Received:
    """What a service reads of a referral: what was ticked, what was said, its own card. No row of anybody's."""

    number: int
    state: str
    state_label: str
    agency: str
    sent_by: str
    sent_on: date
    answer_by: date | None
    facts: list[tuple[str, str]]
    said: list[Step]
    service: Service
    # The soonest working day it can say yes for.
    first_day: date
    accepted_for: date | None = None
    service_outcome: str = ""
    may_answer: bool = False
    may_ask: bool = False
    may_say_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: fifty, and the number of the last where there are more."""

    rows: list[Referral]
    onward: int | None


def of_thread(thread: Thread, *, by: Actor) -> list[Referral]:
    """Return the referrals of a request an actor may see, newest first."""
    return _listed(access.visible_to(by).filter(thread=thread), by)


def the_referral(number: int, *, by: Actor) -> Whole:
    """Open a referral. Raise ``NotVisible`` for who may not."""
    row = access.the_referral(by, number)
    audit.seen("referral.read", by=by, persons=[row.person_id], fields=row.fields, thing=row)
    children = list(_with_all(access.visible_to(by).filter(parent=row)))
    return Whole(row, list(row.steps.all()), row.given, children, access.visible_to(by, "follow").filter(pk=row.pk).exists())


def sent(*, by: Actor, only: str = "", after: int | None = None) -> Page:
    """Return a page of the referrals an actor works on, those due first; an unknown ``only`` is everything open.

    ``after`` is the number the page before ended with. Nothing is counted: the cost does not grow with the store.
    """
    rows = access.visible_to(by).filter(ONLY.get(only, ONLY[""]))
    # One that has left this part of the list meanwhile is no place to go on from: the list begins again.
    last = rows.filter(number=after).first() if after is not None else None
    if last is not None:
        rows = rows.filter(_beyond(last, only))
    order = ("-closed_at", "-pk") if only == "closed" else ("next_date", "pk")
    found = list(_with_all(rows).order_by(*order)[: PAGE + 1])
    shown = found[:PAGE]
    _seen(shown, by)
    return Page(shown, shown[-1].number if len(found) > PAGE else None)


def _beyond(last: Referral, only: str) -> Q:
    if only == "closed":
        return Q(closed_at__lt=last.closed_at) | Q(closed_at=last.closed_at, pk__lt=last.pk)
    return Q(next_date__gt=last.next_date) | Q(next_date=last.next_date, pk__gt=last.pk)


def received(*, by: Actor) -> Received:
    """Return what a service that came in by a link may see now. Raise ``NotVisible`` once nothing is given any more."""
    rows = access.visible_to(by).select_related("agency", "service__organization", "service__capacity", "thread", "person")
    row = rows.prefetch_related("steps").filter(pk=by.id or 0).first()
    if row is None:
        raise NotVisible
    # A mark «only in person» put after the sending counts too: no service telephones from then on.
    kept = ("phone",) if row.thread.only_in_person or row.person.only_in_person else ()
    audit.seen("referral.read_by_service", by=by, persons=[row.person_id], fields=sorted({*row.fields} - {*kept}), thing=row)
    sender = row.sent_by_name if row.sent_by_id else ""  # a colleague; her own name is given only where it is ticked
    said = [s for s in row.steps.all() if s.kind in {"asked", "answered"}]
    return Received(
        row.number, row.state, row.state_label, row.agency.short_name, sender, clock.local(row.sent_at).date(),
        row.next_date, row.given_without(kept), said, row.service,
        Calendar(row.agency.holiday_subdivision).next(clock.today()), row.accepted_for,
        row.service_outcome, row.state in WAITING, not said and row.state in {"requested", "received"}, row.state in UNDER_WAY,
    )  # fmt: skip


def preview(
    thread: Thread, fields: Collection[str], *, by: Actor, need: str = "", notes: str = ""
) -> list[Fact]:  # fmt: skip
    """Return exactly what would be shared: a fact for each ticked field, in the order of the list, with its value now.

    Raise ``NotVisible`` for who may not send this person anywhere; ``Refused('field-unknown')``.
    """
    if not (listening.may(by, "hand_over", thread) or access.asks_for_herself(by, thread.person_id)):
        raise NotVisible
    return preview_of(thread.person, fields, by=by, need=need, notes=notes, in_person=thread.only_in_person)


def preview_of(
    person: Person, fields: Collection[str], *, by: Actor, need: str = "", notes: str = "", in_person: bool = False
) -> list[Fact]:
    """Return what would be shared of a person, before there is a request: what somebody asks for herself.

    Raise ``NotVisible`` for who sends nobody anywhere; ``Refused('field-unknown')``.
    """
    people.require(by, person.pk)
    if not (access.may_send(by) or access.asks_for_herself(by, person.pk)):
        raise NotVisible
    if not set(fields) <= set(ticking.FIELDS):
        raise access.refuse("field-unknown")
    values = ticking.values_of(person, fields, by=by, need=need, notes=notes, in_person=in_person)
    audit.seen("referral.previewed", by=by, persons=[person.pk], fields=list(values))
    return [Fact(key, str(ticking.FIELDS[key].label), value, ticking.FIELDS[key].lane) for key, value in values.items()]


def services_for(thread: Thread, *, by: Actor, words: str = "") -> list[Suggestion]:
    """Return the services that may help, each with its reasons. Raise ``NotVisible`` for who may not send this person."""
    if not listening.may(by, "hand_over", thread):
        raise NotVisible
    return _not_asked(thread.pk, suggesting.for_person(thread.person, words or thread.title))[: suggesting.MOST]


def alternatives(referral: Referral, *, by: Actor) -> list[Suggestion]:
    """Return two other services at once, for what one could not: none of those already asked for this request."""
    row = access.the_referral(by, referral.number, "follow")
    return _not_asked(row.thread_id, suggesting.for_person(row.person, row.need, row.term))[:ALTERNATIVES]


def _not_asked(thread_id: int, found: list[Suggestion]) -> list[Suggestion]:
    """Leave out the services a request was already sent to: whoever said no is not asked the same again."""
    asked = set(Referral.objects.filter(thread_id=thread_id).values_list("service_id", flat=True))
    return [one for one in found if one.service.pk not in asked]


def consents_of(person: Person, *, by: Actor, in_use: bool = False) -> list[Consent]:
    """Return the yeses of a person an actor may see, those that stand first.

    ``in_use`` leaves out those a service reads nothing by any more: its referral ended, or it said no.
    """
    rows = access.consents_visible_to(by).filter(person=person).select_related("service__organization")
    if in_use:
        rows = rows.filter(pk__in=access.visible_to(by).filter(closed_at=None, state__in=OPEN_TO_SERVICE).values("consent_id"))
    found = list(rows.order_by("-given_at", "-pk")[:MOST])
    if found:
        audit.seen("consents.read", by=by, persons=[person.pk], fields=["consents"])
    return sorted(found, key=lambda row: not row.stands)


def stuck(*, by: Actor) -> list[Referral]:
    """Return what nobody moved in time, and what came back: the longest waiting first."""
    today = clock.today()
    late = Q(next_date__lt=today) | Q(silence_told_at__isnull=False, ball="us")
    rows = access.visible_to(by, "follow").filter(late, closed_at=None)
    return _listed(rows.order_by("next_date", "pk")[:MOST], by)


def unmet(*, by: Actor) -> list[Referral]:
    """Return the needs nobody met: declined, failed, or met by nobody, newest first."""
    not_met = Q(state__in=TURNED_DOWN) | Q(closed_at__isnull=False, person_outcome__in=["no", "did_not_arrive"])
    rows = access.visible_to(by, "follow").filter(not_met)
    return _listed(rows.order_by("-sent_at", "-pk")[:MOST], by)


def state_labels() -> dict[str, str]:
    """Return the states in words, for a list."""
    return {key: str(label) for key, label in words.STATE_LABELS.items()}


def _with_all(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("service__organization", "person", "thread__owner", "agency", "consent")


def _listed(rows: QuerySet[Referral], by: Actor) -> list[Referral]:
    """Fetch a list and leave the read: what no phone may show is left apart, sealed, and of what is delicate no field."""
    found = list(_with_all(rows))
    _seen(found, by)
    return found


def _seen(rows: Sequence[Referral], by: Actor) -> None:
    apart = [r for r in rows if r.thread.only_in_person and not r.thread.delicate]
    delicate = [r for r in rows if r.thread.delicate]
    phone = [r for r in rows if not (r.thread.only_in_person or r.thread.delicate)]
    audit.seen("referrals.listed", by=by, persons=_persons(phone), fields=LISTED)
    audit.seen("referrals.listed", by=by, persons=_persons(apart), fields=LISTED, sealed=True)
    audit.seen("referrals.listed", by=by, persons=_persons(delicate), sealed=True)


def _persons(rows: Iterable[Referral]) -> list[int]:
    return [r.person_id for r in rows]
