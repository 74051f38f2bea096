"""Questions about contacts and threads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from cortile.accounts import access as accounts
from cortile.accounts.models import Account
from cortile.agencies import policy
from cortile.kit import audit, clock, files
from cortile.kit.actor import Actor, Kind
from cortile.kit.models import StoredFile
from cortile.kit.refusals import NotVisible
from cortile.listening import access
from cortile.listening.models import AnswerTime, Category, Contact, Entry, HandOver, PastRequest, Promise, Thread
from cortile.listening.states import OF_SERVICES
from cortile.people import access as people_access
from cortile.people import reads as people
from cortile.people.models import Person

NOW, LATER, MOST = 7, 20, 120
PAGE, LONGEST_NUMBER = 20, 9
UNHEARD = timedelta(days=60)
OFFICE_SPOKE = ("office_answered", "sent_back")
# And a service outside, when its word brings the ball back to us.
SERVICE_SPOKE = ("service_declined", "service_asked", "service_silent", "referral_over")
LISTED = ("number", "title", "state", "promise")
OPENED = {"photo": "thread.photo_seen", "voice": "thread.voice_heard", "document": "thread.document_read"}
# What a line of the list shows: twenty whole requests, persons and owners would cost as much again.
LINE = (
    "number", "title", "chip", "state", "ball", "next_date", "late_for", "opened_at", "closed_at", "outcome", "delicate",
    "only_in_person",
    "person__given_name", "person__family_name", "person__home_stair__name", "person__home_stair__building__street",
    "person__home_stair__building__number", "owner__given_name", "owner__family_name",
)  # fmt: skip
# And of one's own, in the app.
CARD = (
    "number", "title", "topic", "chip", "state", "ball", "next_date", "late_for", "outcome", "delicate", "only_in_person", "person",
    "owner__given_name", "escalated_to__given_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of «Oggi»: the thread, why it is here, the next move as a verb's name, and the number it is safe to call."""

    thread: Thread
    why: str
    move: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """The personal queue: seven at most now, then later, then what waits for others."""

    now: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    silent: list[HandOver] = field(default_factory=list)


def _listed(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    return rows.select_related("person__home_stair__building", "owner")


def today_of(*, by: Actor) -> Today:
    """Return what this operator should do now: danger, promises passed, those of today, offices that answered, new ones."""
    mine = Q(owner_id=by.id) | Q(escalated_to_id=by.id, late_for__isnull=False)
    rows = _listed(access.visible_to(by).filter(mine).exclude(state="closed")).prefetch_related("person__contact_points")
    found = list(rows.annotate(last_word=_last_word()).order_by(*_first_things())[:MOST])
    silent = access.hand_overs_visible_to(by).filter(
        state__in=["sent", "taken"], thread__owner_id=by.id, due__lt=clock.today(), thread__delicate=False
    )
    lines = [_line(t) for t in found if not _waits(t)]
    pressing = [line for line in lines if line.why != "later"]
    rest = [line for line in lines if line.why == "later"]
    _listed_to("today.read", found, by)
    return Today(
        pressing[:NOW],
        [*pressing[NOW:], *rest][:LATER],
        [_line(t) for t in found if _waits(t)][:LATER],
        list(silent.select_related("thread__person", "office").order_by("due", "pk")[:NOW]),
    )


def _waits(thread: Thread) -> bool:
    """Tell whether somebody else has the ball and our date is still to come. Who heard our apology waits for nobody."""
    return thread.ball == "other" and thread.late_for is None and thread.next_date is not None and thread.next_date > clock.today()


def _last_word() -> Subquery:
    """Return what happened last: when it is an office's answer, nobody has told the person yet."""
    return Subquery(Entry.objects.filter(thread=OuterRef("pk")).order_by("-at", "-pk").values("kind")[:1])


def _first_things() -> list[Case | str]:
    today = clock.today()
    rank = Case(
        When(Q(ball="other", next_date__gt=today, late_for=None), then=Value(5)),
        When(urgency="danger", then=Value(0)),
        When(late_for__isnull=False, then=Value(1)),
        When(next_date__lt=today, then=Value(1)),
        When(next_date=today, then=Value(2)),
        When(last_word__in=(*OFFICE_SPOKE, *SERVICE_SPOKE), then=Value(3)),
        When(state="received", then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return [rank, "next_date", _harder_to_wait(today), "pk"]


def _harder_to_wait(today: date) -> Case:
    """Put first, among requests promised for the same day, who is old or needs an interpreter: waiting costs them more (R049)."""
    born_before = ExpressionWrapper(Value(today.year) - F("agency__first_from_age"), output_field=IntegerField())
    old = Q(person__birth_date__year__lte=born_before)
    return Case(When(old | Q(person__needs_interpreter=True), then=Value(0)), default=Value(1), output_field=IntegerField())


def _line(thread: Thread) -> Line:
    why, move = _reason(thread, clock.today())
    return Line(thread, why, move, "" if thread.delicate else phone_for(thread))


def phone_for(thread: Thread) -> str:
    """Return the number it is safe to call about a request, or nothing when it is spoken of in person only."""
    in_person = thread.only_in_person or thread.person.only_in_person
    return "" if in_person else people.phone_of(thread.person)


def _reason(thread: Thread, today: date) -> tuple[str, str]:
    if thread.urgency == "danger":
        return "danger", "call"
    passed = thread.next_date is not None and thread.next_date < today
    if passed or thread.late_for:
        return "late", "call"
    if thread.next_date == today:
        return "today", "answer"
    if getattr(thread, "last_word", "") in OFFICE_SPOKE:
        return "office", "answer"
    if getattr(thread, "last_word", "") in SERVICE_SPOKE:
        return "service", "answer"
    return ("new", "take") if thread.state == "received" else ("later", "open")


def threads(person: Person, *, by: Actor, closed_too: bool = False, limit: int = 50) -> list[Thread]:
    """Return the requests of a person that an actor may see, newest first: the open ones, or all."""
    rows = access.visible_to(by).filter(person=person)
    found = list(_listed(rows if closed_too else rows.exclude(state="closed")).order_by("-opened_at", "-pk")[:limit])
    _listed_to("threads.listed", found, by)
    return found


def mine(*, by: Actor, limit: int = 50) -> list[Thread]:
    """Return the open requests of the person somebody is, or helps, newest first: what the first page of the app says of them."""
    rows = access.visible_to(by).exclude(state="closed").select_related("owner", "escalated_to").only(*CARD)
    found = list(rows.order_by("-opened_at", "-pk")[:limit])
    _listed_to("threads.listed", found, by)
    return found


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Twenty requests, and the number after which the older ones begin, if there are any."""

    rows: list[Thread]
    older: int | None


def thread_page(*, by: Actor, state: str = "open", mine: bool = False, after: int | None = None) -> ThreadPage:
    """Return a page of the requests the actor may see, newest first; ``after`` is the number the page before ended with."""
    rows = access.visible_to(by).filter(owner_id=by.id) if mine else access.visible_to(by)
    rows = rows.filter(state="closed") if state == "closed" else rows.exclude(state="closed")
    last = access.visible_to(by).filter(number=after).first() if after is not None else None
    if last is not None:
        rows = rows.filter(Q(opened_at__lt=last.opened_at) | Q(opened_at=last.opened_at, pk__lt=last.pk))
    found = list(_listed(rows).only(*LINE).order_by("-opened_at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    _listed_to("threads.listed", shown, by)
    return ThreadPage(shown, shown[-1].number if len(found) > PAGE else None)


def by_number(text: str, *, by: Actor) -> Thread | None:
    """Return the request somebody typed the number of, if the actor may see it."""
    digits = text.strip().lstrip("#").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        return None
    found = _listed(access.visible_to(by).filter(number=int(digits))).first()
    _listed_to("threads.listed", [found] if found else [], by)
    return found


def unheard(*, by: Actor, limit: int = LATER) -> list[Person]:
    """Return whom this operator has listened to and nobody has heard for sixty days: the calls of a calm morning."""
    since = clock.now() - UNHEARD
    known = people_access.visible_to(by).filter(state="active", contacts__contact__staff_id=by.id or 0)
    # A colleague's delicate talk takes nobody off this list: a name that goes would tell of it.
    heard = Contact.objects.filter(Q(delicate=False) | Q(staff_id=by.id or 0), at__gte=since, people__person=OuterRef("pk"))
    rows = known.exclude(Exists(heard)).distinct().select_related("home_stair__building")
    found = list(rows.prefetch_related("contact_points")[:limit])
    audit.seen("people.searched", by=by, persons=[p.pk for p in found], fields=["name", "stair", "phone"])
    return found


def chips_for(by: Actor) -> list[str]:
    """Return what an operator may record a contact about."""
    return access.chips_of(by)


def _listed_to(what: str, rows: Sequence[Thread], by: Actor) -> None:
    """Leave the read of a list; what no phone may show is left apart, sealed, and what is delicate without a field's name."""
    phone = [t.person_id for t in rows if not (t.delicate or t.only_in_person)]
    audit.seen(what, by=by, persons=phone, fields=LISTED)
    audit.seen(what, by=by, persons=[t.person_id for t in rows if t.only_in_person and not t.delicate], fields=LISTED, sealed=True)
    audit.seen(what, by=by, persons=[t.person_id for t in rows if t.delicate], sealed=True)


def hidden_from(person: Person, *, by: Actor) -> int:
    """Return how many open requests of a person the operator may not read: an honest partial view (not delicate ones)."""
    every = Thread.objects.filter(person=person, delicate=False).exclude(state="closed").count()
    return every - access.visible_to(by).filter(person=person, delicate=False).exclude(state="closed").count()


@dataclass(frozen=True, slots=True)
class Whole:
    """A thread with everything its page shows."""

    thread: Thread
    entries: list[Entry]
    promises: list[Promise]
    hand_overs: list[HandOver]
    files: list[StoredFile]
    fields: frozenset[str]

    @property
    def attempts(self) -> int:
        """Return how often we tried to reach the person since the request was last opened: two let it close (I2)."""
        last = max((e.pk for e in self.entries if e.kind == "reopened"), default=0)
        return sum(e.kind == "attempt" and e.pk > last for e in self.entries)


def whole(number: int, *, by: Actor) -> Whole:
    """Open a thread. A tenant sees the public lines only; a desk sees the title, the state and the date.

    Who helps her reads no line about a service: she may have chosen one that nobody at home is to know of.
    """
    thread = access.the_thread(by, number)
    fields = policy.fields(by, "thread") | (policy.fields(by, "delicate") if thread.delicate else frozenset())
    audit.seen("thread.opened_page", by=by, persons=[thread.person_id], fields=["thread"], thing=thread)
    everything = "*" in fields
    staff = by.kind == "staff" and everything
    rows = thread.entries.all() if staff else thread.entries.filter(public=True)
    rows = rows.exclude(kind__in=OF_SERVICES) if by.kind == Kind.DELEGATE else rows
    entries = list(rows) if everything else []
    # The lines tell whether there is more to fetch: most requests have one date, no file and no office.
    handed = staff and any(e.kind == "handed_over" for e in entries)
    return Whole(
        thread,
        entries,
        list(thread.promises.all()) if thread.next_date != thread.first_promise else [],
        list(thread.hand_overs.select_related("office", "sent_by")) if handed else [],
        files.of("listening.thread", thread.pk) if any(map(_brought, entries)) else [],
        fields,
    )


def _brought(entry: Entry) -> bool:
    return any(entry.data.get(kind) for kind in files.KINDS)


def same_problem(thread: Thread, *, by: Actor) -> list[Thread]:
    """Return the requests about the same fault that an operator may see: the first one, and those tied to it."""
    root = thread.duplicate_of_id or thread.pk
    tied = Q(pk=root) | Q(duplicate_of=root)
    found = (
        list(access.visible_to(by).filter(tied).exclude(pk=thread.pk).order_by("opened_at", "pk"))
        if thread.chip == "faults"
        else []
    )
    _listed_to("threads.listed", found, by)
    return found


def asks_why(number: int, *, by: Actor) -> int | None:
    """Return whose request this is when it ended long ago and nothing ties the reader to her: they say why first."""
    row = access.visible_to(by).filter(number=number).values("person_id", "state", "closed_at", "owner_id", "delicate").first()
    if row is None or row["state"] != "closed" or row["delicate"] or row["owner_id"] == by.id:
        return None
    long_ago = row["closed_at"] is not None and row["closed_at"] < clock.now() - access.TIED_FOR
    return row["person_id"] if long_ago and people_access.tie_to(by, row["person_id"]) is None else None


def receipt(number: int, *, by: Actor) -> Thread:
    """Return a thread for its receipt and its sheet."""
    thread = access.the_thread(by, number, "sheet")
    audit.seen("thread.sheet", by=by, persons=[thread.person_id], fields=["number"], thing=thread)
    return thread


def just_opened(number: int, *, by: Actor) -> Thread:
    """Return a request for the page that says its number, its date and who follows it, to whoever may see it at all."""
    thread = access.the_thread(by, number)
    audit.seen("thread.sheet", by=by, persons=[thread.person_id], fields=["number"], thing=thread)
    return thread


def file(number: int, file_id: int, *, by: Actor) -> StoredFile:
    """Return one file of a thread; raise ``NotVisible`` for anybody who may not answer it now."""
    thread = access.the_thread(by, number, "answer")
    found = files.one("listening.thread", thread.pk, file_id)
    if found is None:
        raise NotVisible
    audit.seen(OPENED[found.kind], by=by, persons=[thread.person_id], fields=[found.kind], thing=thread)
    return found


def waiting_files(*, by: Actor) -> dict[str, int]:
    """Return how many photos, voices and documents were brought while somebody is still writing."""
    return files.counts(files.of(access.waiting_room(by), by.id or 0))


def numbers_of(thread_ids: Iterable[int], *, by: Actor) -> dict[int, int]:
    """Return the numbers of the requests an actor may open, by id: a message leads back to its request."""
    return dict(access.visible_to(by).filter(pk__in=list(thread_ids)).values_list("pk", "number"))


def numbers_shown(numbers: Iterable[int], *, by: Actor) -> set[int]:
    """Return which of some requests an actor may open now, by number."""
    return set(access.visible_to(by).filter(number__in=list(numbers)).values_list("number", flat=True))


def office_queue(*, by: Actor, open_only: bool = True) -> list[HandOver]:
    """Return the questions handed to an office, the soonest due first. Delicate requests never come here."""
    rows = access.hand_overs_visible_to(by).filter(thread__delicate=False)
    rows = rows.filter(state__in=["sent", "taken"]) if open_only else rows.exclude(state__in=["sent", "taken"])
    found = list(rows.select_related("thread__person__home_stair__building", "office", "sent_by").order_by("due", "pk")[:50])
    audit.seen("office.queue_read", by=by, persons=[h.thread.person_id for h in found], fields=["question", "name"])
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """A hand-over as its office sees it: what the policy names and nothing else."""

    hand_over: HandOver
    name: str
    phone: str
    dwelling: str
    promise: date | None
    rent: list[Account]


def one_hand_over(hand_over_id: int, *, by: Actor) -> Question:
    """Open one hand-over as its office sees it; rent only where it is the office's own work."""
    found = access.the_hand_over(by, hand_over_id)
    person, fields = found.thread.person, policy.fields(by, "thread")
    # An answered question keeps its words; how to reach the person, and what she owes now, are needed no more.
    needed = fields if found.is_open else fields & {"name", "*"}
    rent = list(_rent(person, by)) if found.shows_rent and found.is_open else []
    seen = sorted(needed | ({"rent"} if rent else set()))
    audit.seen("office.question_read", by=by, persons=[person.pk], fields=seen, thing=found.thread)
    return Question(
        found,
        person.full_name if fields & {"name", "*"} else "",
        phone_for(found.thread) if needed & {"phone", "*"} else "",
        people.home_of(person) if needed & {"dwelling", "*"} else "",
        found.thread.next_date if fields & {"promise", "*"} else None,
        rent,
    )


def _rent(person: Person, by: Actor) -> QuerySet[Account]:
    """What protects a contract stands beside what it owes, also at an office."""
    return accounts.visible_to(by).filter(tenancy__holder=person).prefetch_related("protections")


def contacts_of(person: Person, *, by: Actor, limit: int = 20) -> list[Contact]:
    """Return the contacts with a person, newest first."""
    rows = access.contacts_visible_to(by).filter(people__person=person)
    found = list(rows.select_related("staff", "place").order_by("-at", "-pk")[:limit])
    for contact in found:
        contact.note = contact.note if access.may_read_note(by, contact) else ""
    open_ones = [c for c in found if not c.delicate]
    audit.seen("contacts.read", by=by, persons=[person.pk] if open_ones else [], fields=["contacts"])
    audit.seen("contacts.read", by=by, persons=[person.pk] if len(open_ones) < len(found) else [], sealed=True)
    return found


def my_contacts_today(*, by: Actor, limit: int = 10) -> list[Contact]:
    """Return what an operator recorded today, newest first."""
    since, until = clock.day_bounds(clock.today())
    rows = access.contacts_visible_to(by).filter(staff_id=by.id or 0, at__gte=since, at__lt=until)
    return list(rows.select_related("place").prefetch_related("people__person").order_by("-at", "-pk")[:limit])


def similar_open(*, by: Actor, chip: str) -> list[Thread]:
    """Return the person's own open requests of the same kind, so that nobody asks twice."""
    return list(access.visible_to(by).filter(person_id=by.person_id or 0, chip=chip).exclude(state="closed")[:3])


def categories(agency_id: int) -> list[Category]:
    """Return the active categories of a body."""
    return list(Category.objects.filter(agency_id=agency_id, active=True))


def all_categories(agency_id: int) -> list[Category]:
    """Return the categories of a body, those no longer in use too."""
    return list(Category.objects.filter(agency_id=agency_id))


def answer_times(agency_id: int) -> list[AnswerTime]:
    """Return a body's table of answer times."""
    return list(AnswerTime.objects.filter(agency_id=agency_id))


def past_requests(agency_id: int, *, limit: int = 50) -> list[PastRequest]:
    """Return the imported history, newest first."""
    return list(PastRequest.objects.filter(agency_id=agency_id).order_by("-opened_on", "-pk")[:limit])


def asked_between(agency_id: int, first: date, last: date) -> int:
    """Return how many requests were opened between two days, both included. What is delicate is counted nowhere."""
    since, _ = clock.day_bounds(first)
    _, until = clock.day_bounds(last)
    return Thread.objects.filter(agency_id=agency_id, opened_at__gte=since, opened_at__lt=until, delicate=False).count()
