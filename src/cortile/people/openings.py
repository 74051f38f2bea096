"""Questions about who opened which record, and why. Reading them is in the audit too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.models import AuditSubject
from cortile.people import access, rules
from cortile.people.models import Alarm, Canary, Person, RecordOpening
from cortile.people.words import ALARM_LABELS, BY_CONTACT, OPENED_LABELS

# How far back each round of the watch looks: it runs every minute, and may have stood still for a while.
LOOK_BACK = timedelta(hours=2)
OPENED = ("person.opened", "record.opened_in_front", "record.opened_absent", "record.opened_by_contact", "glass.broken")
MOST = 200


def tie_to(person_id: int, *, by: Actor) -> access.Tie | None:
    """Return what ties somebody to a person today; with nothing, the record asks why it is opened."""
    return access.tie_to(by, person_id)


def due_of(opening: RecordOpening, agency: Agency) -> date:
    """Return the last day for a second person to look at a broken glass."""
    return rules.review_due(clock.local(opening.at).date(), agency.holiday_subdivision)


def is_frozen(by: Actor) -> bool:
    """Tell whether somebody's broken glass waits past its day: until it is looked at they break no other."""
    agency = agencies.agency_by_id(by.agency_id or 0)
    waiting = RecordOpening.objects.filter(agency=agency, staff_id=by.id or 0, kind="glass", reviewed_at=None)
    return any(due_of(o, agency) < clock.today() for o in waiting)


# --- the page of who answers for the lane ---


@dataclass(frozen=True, slots=True)
class Looked:
    """An opening to look at: by whom, of whom as far as the reader may know, why, and by when."""

    opening: RecordOpening
    role: str
    whose: str
    why: str
    due: date | None = None

    @property
    def late(self) -> bool:
        """Tell whether its day has passed."""
        return self.due is not None and self.due < clock.today()


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm in words."""

    alarm: Alarm
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """What waits for a second look: emergencies, this month's sample, alarms."""

    glass: list[Looked]
    sample: list[Looked]
    alarms: list[Raised]


def reviews(*, by: Actor) -> Reviews:
    """Return what waits for a second look in the body. One's own openings wait for somebody else."""
    agency = agencies.agency_by_id(by.agency_id or 0)
    rows = access.openings_to_review(by).filter(verdict="").exclude(staff_id=by.id or 0)
    glass = list(rows.filter(kind="glass")[:MOST])
    sample = list(rows.filter(sampled_at__gte=_month_start(clock.today()))[:MOST])
    people = [o.person_id for o in [*glass, *sample]]
    audit.seen("accesses.read", by=by, persons=people, fields=["openings"])
    names = {p.pk: p.display_name for p in access.visible_to(by).filter(pk__in=people)}
    return Reviews(
        [_looked(o, names, due_of(o, agency)) for o in glass],
        [_looked(o, names) for o in sample],
        [Raised(a, _role(a.staff), str(ALARM_LABELS[a.kind])) for a in access.alarms_to_review(by).filter(reviewed_at=None)[:MOST]],
    )


def _looked(opening: RecordOpening, names: dict[int, str], due: date | None = None) -> Looked:
    """Who may not see the person reads the card's last digits: enough to tell two openings apart."""
    whose = names.get(opening.person_id) or f"…{opening.person.card_number[-4:]}"
    code = str(OPENED_LABELS[opening.code]) if opening.code in OPENED_LABELS else ""
    return Looked(opening, _role(opening.staff), whose, ": ".join(filter(None, (code, opening.sentence))), due)


def _role(member: Staff) -> str:
    """Return how the body calls somebody's role, in the reader's language."""
    return gettext(member.agency.label(member.role))


def opening(opening_id: int, *, by: Actor) -> RecordOpening | None:
    """Return an opening for whoever answers for the lane, or None."""
    return access.openings_to_review(by).filter(pk=opening_id).first()


def alarm(alarm_id: int, *, by: Actor) -> Alarm | None:
    """Return an alarm for whoever answers for the lane and is not the one it speaks of, or None."""
    return access.alarms_to_review(by).filter(pk=alarm_id).first()


def by_card(card_number: str, *, by: Actor) -> Person | None:
    """Return the person of the body with a card: only to place a canary, and it tells nothing back."""
    return access.known_exactly(by, card_number=card_number) if card_number.strip() else None


# --- what the watch job looks for ---


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for an alarm: which, about whom, on which day, how many records."""

    kind: str
    staff_id: int
    day: date
    count: int


def canaries_opened(agency: Agency) -> list[Reason]:
    """Return who opened a canary of the body lately, each colleague once a day."""
    placed = dict(Canary.objects.filter(agency=agency).values_list("person_id", "placed_at"))
    rows = AuditSubject.objects.filter(person_id__in=list(placed), recorded__gte=clock.now() - LOOK_BACK)
    seen: dict[tuple[int, date], set[int]] = {}
    for row in rows.select_related("event"):
        event = row.event
        if event.agent_kind == "staff" and event.what in OPENED and event.recorded > placed[row.person_id]:
            seen.setdefault((event.agent_id or 0, clock.local(event.recorded).date()), set()).add(row.person_id)
    return [Reason("canary", staff_id, day, len(persons)) for (staff_id, day), persons in seen.items()]


def bursts(agency: Agency) -> list[Reason]:
    """Return who opened more records, in fewer minutes, than the body said is usual."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED_LATELY, {"agency": agency.pk, "since": clock.now() - LOOK_BACK, "most": agency.burst_people})
        rows = cursor.fetchall()
    opened: dict[int, list[tuple[datetime, int]]] = {}
    for staff_id, recorded, person_id in rows:
        opened.setdefault(staff_id, []).append((recorded, person_id))
    window = timedelta(minutes=agency.burst_minutes)
    worst = {staff_id: rules.burst(reads, window) for staff_id, reads in opened.items()}
    return [
        Reason("burst", staff_id, clock.local(at).date(), count)
        for staff_id, (count, at) in worst.items()
        if at is not None and count > agency.burst_people
    ]


# Every minute, and on a log of millions: the words are constants, so that the partial index of these reads answers.
_OPENED_LATELY = """
    WITH lately AS MATERIALIZED (
        SELECT event.agent_id, event.recorded, subject.person_id
        FROM kit_auditevent AS event JOIN kit_auditsubject AS subject ON subject.event_id = event.id
        WHERE event.what IN ('person.opened', 'thread.opened_page', 'thread.photo_seen', 'thread.voice_heard',
            'thread.document_read') AND event.agent_kind = 'staff'
          AND event.agency_id = %(agency)s AND event.recorded >= %(since)s
    )
    SELECT agent_id, recorded, person_id FROM lately WHERE agent_id IN (
        SELECT agent_id FROM lately GROUP BY agent_id HAVING count(DISTINCT person_id) > %(most)s
    )
"""


def not_yet_drawn(agency: Agency) -> list[RecordOpening]:
    """Return last month's openings by a tap or a talk when nothing was drawn of them yet."""
    first = clock.today().replace(day=1)
    since, until = _month_start(first - timedelta(days=1)), _month_start(first)
    month = RecordOpening.objects.filter(agency=agency, kind="in_front", code__in=("", BY_CONTACT), at__gte=since, at__lt=until)
    return [] if month.filter(sampled_at__isnull=False).exists() else list(month)


def _month_start(day: date) -> datetime:
    return clock.day_bounds(day.replace(day=1))[0]
