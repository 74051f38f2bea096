"""Small steps the acts of this room share. Each runs inside an act's transaction and is never called by a door."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency
from cortile.kit import clock, working_days
from cortile.kit.actor import Actor, Kind
from cortile.kit.kept import Kept
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access, rules
from cortile.listening.models import AnswerTime, Entry, HandOver, Promise, Thread
from cortile.listening.states import SENSITIVE_CHIPS
from cortile.listening.words import REFUSALS
from cortile.messages import actions as messages
from cortile.messages.models import Message

ANSWER_TIMES = Kept("listening_answertime")
# Acts that speak to the person: the answer we promised is given, late or not.
SPEAKING = frozenset({"say", "ask", "propose_solved"})


def refused(code: str) -> Refused:
    """Return the refusal of this room with a code."""
    sentence, what_to_do = REFUSALS[code]
    return Refused(code, str(sentence), str(what_to_do))


def check(condition: object, code: str) -> None:
    """Raise the refusal with a code unless the condition holds."""
    if not condition:
        raise refused(code)


def locked(thread: Thread, action: str, by: Actor) -> Thread:
    """Take a thread for writing, as its row is now. Raise ``NotVisible`` when the actor may not do this to it."""
    if not access.may(by, action, thread):
        raise NotVisible
    return Thread.objects.select_for_update(of=("self",)).select_related("person", "owner", "agency").get(pk=thread.pk)


def start(thread: Thread, act: str, action: str, by: Actor) -> Thread:
    """Take a thread for an act: who (access), then what the state allows (rules)."""
    row = locked(thread, action, by)
    check(rules.allowed(act, row.state), "not-in-this-state")
    return row


def by_staff(by: Actor) -> None:
    """Raise ``Refused('not-allowed')`` for a tenant or who helps them: their rights to a request are for their own words."""
    check(by.kind == Kind.STAFF, "not-allowed")


def move(thread: Thread, act: str) -> list[str]:
    """Put a thread where an act leads, and return the fields that changed. To speak to the person ends a lateness."""
    thread.state, thread.ball = rules.after(act)
    if act not in SPEAKING:
        return ["state", "ball"]
    thread.late_for = None
    return ["state", "ball", "late_for"]


def leave_with_office(row: Thread) -> None:
    """Keep the ball with the office while one still has a question: words in between do not take it back."""
    if row.hand_overs.filter(state__in=["sent", "taken"]).exists():
        row.state, row.ball = "waiting_other", "other"


def call_offices_back(row: Thread) -> None:
    """Withdraw what offices still hold: their links stop working on the next request."""
    row.hand_overs.filter(state__in=["sent", "taken"]).update(state="withdrawn", closed_at=clock.now())
    if row.state == "waiting_other":
        row.state, row.ball = "with_us", "us"
        row.save(update_fields=["state", "ball"])


def attempts(row: Thread) -> int:
    """Return how often we tried to reach the tenant since the request was last opened."""
    tried = row.entries.filter(kind="attempt")
    reopened = row.entries.filter(kind="reopened").order_by("-at", "-pk").first()
    return tried.filter(pk__gt=reopened.pk).count() if reopened else tried.count()


def next_number() -> int:
    """Return the next request number from the database's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('listening_thread_number')")
        return int(cursor.fetchone()[0])


def entry(thread: Thread, kind: str, by: Actor, text: str = "", /, *, public: bool = True, **data: object) -> Entry:
    """Add a line to a thread. What was done in the person's place keeps both names."""
    named = {"for": thread.person.display_name} if by.in_her_place else {}
    return Entry.objects.create(
        agency_id=thread.agency_id, thread=thread, kind=kind, public=public, at=clock.now(), author_kind=by.kind, author_id=by.id,
        author_name=by.name, text=text.strip(),
        language=thread.person.language if by.kind == Kind.TENANT else "it", data=data | named,
    )  # fmt: skip


def promise(thread: Thread, day: date, by: Actor, *, kind: str = "answer", reason: str = "", said_by: str = "") -> None:
    """Give a date: it becomes the thread's next date and a line of its history."""
    Promise.objects.create(
        agency_id=thread.agency_id, thread=thread, kind=kind, date=day, made_at=clock.now(), by_name=by.name, reason=reason,
        said_by=said_by,
    )  # fmt: skip
    thread.next_date = day


def first_date(agency: Agency, chip: str, urgency: str) -> date:
    """Return the date we promise today for a chip and an urgency, from when a person reads it."""
    rows = AnswerTime.objects.filter(agency=agency).values_list("chip", "urgency", "working_days")
    table = ANSWER_TIMES.get(agency.pk, lambda: list(rows))
    reading = clock.local(agencies.next_reading(agency))
    return rules.promised_date(reading, rules.days_to_answer(table, chip, urgency), agency.holiday_subdivision)


def out_of_hours(agency: Agency) -> datetime | None:
    """Return when a person next reads, or None while somebody is there: a receipt says it only when it matters."""
    reading = agencies.next_reading(agency)
    return reading if reading > clock.now() else None


def in_days(agency: Agency, count: int) -> date:
    """Return the date some working days from when a person next reads."""
    reading = clock.local(agencies.next_reading(agency))
    return rules.promised_date(reading, count, agency.holiday_subdivision)


def tell(thread: Thread, key: str, by: Actor, *, sms: str = "", **values: object) -> Message:
    """Tell the person, unless her choice or a delicate matter keeps it off every phone."""
    owner = thread.owner
    known = {
        "number": thread.number,
        "owner": owner.given_name if owner else "",
        "role": thread.agency.label(owner.role) if owner else "",
        "phone": thread.agency.phone,
        "date": thread.next_date,
        "agency": thread.agency.short_name,
    }
    return messages.tell(
        thread.person, key, by=by, values=known | values, about=thread, sms=sms, quiet=thread.only_in_person,
        delicate=thread.delicate, sensitive=thread.chip in SENSITIVE_CHIPS,
    )  # fmt: skip


def working_day_after(agency: Agency, day: date) -> date:
    """Return the working day after a date: our word comes a day after an office's."""
    return working_days.add(day, 1, agency.holiday_subdivision)


def office_desk(sent: HandOver) -> Actor:
    """Return who moves a promise because an office needs longer: the system, in the office's name."""
    return Actor(kind=Kind.SYSTEM, name=sent.office.name, role="system", agency_id=sent.agency_id)
