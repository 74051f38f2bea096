"""Listening of the past: months of contacts and requests taken in at once, under the constraints of the living ones.

A body that changes system brings its log with it, and so does the demo world. Nobody is told: those answers were given
long ago. What is still open comes in through the ordinary acts instead, because somebody must promise a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cortile.agencies import access as staff_access
from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.kit import bulk, clock, working_days
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.listening import rules, states
from cortile.listening.actions.steps import check
from cortile.listening.models import AnswerTime, Contact, ContactPerson, Entry, Promise, Thread
from cortile.people.models import Person

ANSWER_HOUR = time(11)
BATCH = 1000


@dataclass(frozen=True, slots=True)
class PastContact:
    """A contact as another log has it."""

    at: datetime
    staff: Staff
    chip: str
    done: str
    channel: str
    minutes: int
    place_id: int | None
    neighbourhood_id: int | None
    persons: tuple[Person, ...] = ()
    unnamed: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PastThread:
    """A request that came and ended: when it was answered is said in days from the date that was promised then."""

    opened_at: datetime
    person: Person
    owner: Staff
    chip: str
    title: str
    words: str
    answer: str
    channel: str
    days_from_promise: int
    days_to_close: int
    outcome: str = "solved"


@action("contacts.taken_in")
def take_in_contacts(agency: Agency, rows: Sequence[PastContact], *, by: Actor) -> int:
    """Write contacts of the past, each with its people. Raise ``Refused`` as ``record_contact`` does."""
    staff_access.require(by, "import", of=agency.pk)
    for row in rows:
        check(row.chip in states.CHIPS, "chip-missing")
        check(row.done in states.DONE, "done-missing")
        check(row.staff.agency_id == agency.pk, "owner-elsewhere")
        check(all(p.agency_id == agency.pk for p in row.persons), "person-missing")
    made = Contact.objects.bulk_create([_contact(agency, row) for row in rows], batch_size=BATCH)
    ContactPerson.objects.bulk_create(
        [ContactPerson(contact=c, person=p) for c, row in zip(made, rows, strict=True) for p in row.persons],
        batch_size=BATCH,
    )
    done("C", agency, persons=[p.pk for row in rows for p in row.persons], fields=["contact"])
    return len(made)


def _contact(agency: Agency, row: PastContact) -> Contact:
    return Contact(
        agency=agency, neighbourhood_id=row.neighbourhood_id, place_id=row.place_id, channel=row.channel, at=row.at,
        minutes=row.minutes, staff=row.staff, chip=row.chip, nature=rules.nature_of(row.chip), done=row.done,
        note=row.note.strip(), unnamed=row.unnamed or int(not row.persons),
    )  # fmt: skip


@action("threads.taken_in")
def take_in_threads(agency: Agency, rows: Sequence[PastThread], *, by: Actor) -> int:
    """Write requests that came and ended, with the date promised then and what was said.

    Raise ``Refused`` with ``chip-missing``, ``person-missing``, ``owner-elsewhere`` or ``outcome-missing``.
    """
    staff_access.require(by, "import", of=agency.pk)
    for row in rows:
        check(row.chip in states.CHIPS, "chip-missing")
        check(row.outcome in states.OUTCOMES, "outcome-missing")
        check(row.owner.agency_id == agency.pk, "owner-elsewhere")
        check(row.person.agency_id == agency.pk, "person-missing")
    calendar = _Calendar(agency)
    lives = [_Life(row, calendar) for row in rows]
    numbers = bulk.draw("listening_thread_number", len(rows))
    made = Thread.objects.bulk_create(
        [life.thread(agency, number) for life, number in zip(lives, numbers, strict=True)], batch_size=BATCH
    )
    pairs = list(zip(lives, made, strict=True))
    Promise.objects.bulk_create([p for life, thread in pairs for p in life.promises(thread)], batch_size=BATCH)
    Entry.objects.bulk_create([e for life, thread in pairs for e in life.entries(thread)], batch_size=BATCH)
    done("C", agency, persons=[row.person.pk for row in rows], fields=["conversation"])
    return len(made)


class _Calendar:
    """What a body promises, read once for a thousand requests."""

    def __init__(self, agency: Agency) -> None:
        self.province = agency.holiday_subdivision
        self.hours = agencies.opening_hours(agency)
        lines = AnswerTime.objects.filter(agency=agency).values_list("chip", "urgency", "working_days")
        self.table: list[tuple[str, str, int]] = list(lines)

    def promised(self, opened_at: datetime, chip: str) -> date:
        reading = clock.local(working_days.next_reading(opened_at, self.hours, self.province))
        return rules.promised_date(reading, rules.days_to_answer(self.table, chip, "normal"), self.province)


class _Life:
    """The dates of a request of the past, in the order they happened."""

    def __init__(self, row: PastThread, calendar: _Calendar) -> None:
        self.row = row
        self.promised = calendar.promised(row.opened_at, row.chip)
        answered = self.promised + timedelta(days=row.days_from_promise)
        self.new_date = working_days.add(answered, 0, calendar.province) if row.days_from_promise > 0 else None
        self.answered_at = max(row.opened_at + timedelta(minutes=90), clock.at(answered, ANSWER_HOUR))
        self.closed_at = self.answered_at + timedelta(days=row.days_to_close)

    def thread(self, agency: Agency, number: int) -> Thread:
        row = self.row
        return Thread(
            agency=agency, number=number, person=row.person, neighbourhood_id=row.person.home_neighbourhood_id,
            chip=row.chip, nature=rules.nature_of(row.chip), title=row.title[:120], channel=row.channel,
            answer_by="phone", owner=row.owner, state="closed", ball="us", first_promise=self.promised,
            first_answer_at=self.answered_at, opened_at=row.opened_at, closed_at=self.closed_at, outcome=row.outcome,
            late_for=self.promised if self.new_date else None,
        )  # fmt: skip

    def promises(self, thread: Thread) -> list[Promise]:
        by, row = self.row.owner.display_name, self.row
        made = [Promise(thread=thread, date=self.promised, made_at=row.opened_at, by_name=by)]
        if self.new_date is not None:
            morning = clock.at(self.promised + timedelta(days=1), time(7, 30))
            made.append(Promise(thread=thread, date=self.new_date, made_at=morning, by_name="promesse", reason="late"))
        return made

    def entries(self, thread: Thread) -> list[Entry]:
        row = self.row
        asked = self._by_tenant if row.channel == "app" else self._by_owner
        said = [
            asked(thread, "opened", row.opened_at, row.words, data={"channel": row.channel}),
            self._by_owner(thread, "taken", row.opened_at + timedelta(minutes=45)),
            self._by_owner(thread, "said", self.answered_at, row.answer),
        ]
        if self.row.outcome == "no_reply":
            said += [
                self._by_owner(thread, "attempt", self.answered_at + timedelta(hours=n), public=False, data={"how": "phone"})
                for n in (1, 2)
            ]
        yes = row.outcome == "solved"
        said.append(self._by_owner(thread, "closed", self.closed_at, data={"outcome": row.outcome, "yes": yes}))
        return said

    def _by_owner(
        self, thread: Thread, kind: str, at: datetime, text: str = "", *, public: bool = True, data: dict[str, object] | None = None
    ) -> Entry:
        owner = self.row.owner
        return Entry(
            thread=thread, kind=kind, public=public, at=at, author_kind=Kind.STAFF, author_id=owner.pk,
            author_name=owner.display_name, text=text, data=data or {},
        )  # fmt: skip

    def _by_tenant(
        self, thread: Thread, kind: str, at: datetime, text: str = "", *, data: dict[str, object] | None = None
    ) -> Entry:
        person = self.row.person
        return Entry(
            thread=thread, kind=kind, at=at, author_kind=Kind.TENANT, author_id=person.pk, author_name=person.display_name,
            text=text, language="it", data=data or {},
        )  # fmt: skip
