"""What the watch job does for the owner of a lane: alarms, and the month's sample."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import ForeignObjectRel
from django.utils.translation import gettext as _

from cortile.agencies import access as staff_access
from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.events import emit
from cortile.kit.refusals import NotVisible
from cortile.people import access, openings, rules
from cortile.people.events import AlarmRaised
from cortile.people.models import Alarm, Canary, ContactPoint, NotTheSame, Person, RecordOpening, SearchToken

# What is written of a person who was only registered, or only looked at.
OF_ANYBODY = (Canary, ContactPoint, NotTheSame, RecordOpening, SearchToken)


@action("canary.placed")
def place_canary(person: Person, *, by: Actor) -> Canary:
    """Make an invented person one that nobody has a reason to open; no page tells her from the others.

    Raise ``Refused`` with ``not-allowed`` or ``canary-lives``: of whom any room knows something is no invention.
    """
    staff_access.require(by, "place canary", of=person.agency_id)
    refuse_unless(
        not _lives(person), "canary-lives", _("Questa persona non è inventata."),
        _("Registra una persona che non esiste e usa la sua tessera."),
    )  # fmt: skip
    canary, _created = Canary.objects.get_or_create(
        person=person, defaults={"agency_id": person.agency_id, "placed_at": clock.now()}
    )
    # No subject: the list of who looked must not tell a canary from anybody else.
    done("C", canary)
    return canary


def _lives(person: Person) -> bool:
    """Tell whether any room has a row of a person that registering alone does not leave: a new room is asked too."""
    rows = [
        link.related_model._base_manager.filter(**{link.field.name: person})
        for link in Person._meta.get_fields(include_hidden=True)
        if isinstance(link, ForeignObjectRel) and link.related_model not in OF_ANYBODY
    ]
    return any(found.exists() for found in rows)


def watch_openings(agency: Agency, *, by: Actor) -> dict[str, int]:
    """Raise the alarms there are reasons for, and draw last month's sample. Safe to repeat: ``alarms``, ``sampled``."""
    found = [*openings.canaries_opened(agency), *openings.bursts(agency)]
    fresh = [f for f in found if not Alarm.objects.filter(kind=f.kind, staff_id=f.staff_id, day=f.day).exists()]
    alarms = [raise_alarm(agency, by=by, kind=f.kind, staff_id=f.staff_id, day=f.day, count=f.count) for f in fresh]
    drawn = openings.not_yet_drawn(agency)
    return {"alarms": len(alarms), "sampled": draw_sample(agency, by=by, among=drawn) if drawn else 0}


@action("alarm.raised")
def raise_alarm(agency: Agency, *, by: Actor, kind: str, staff_id: int, day: date, count: int) -> Alarm:
    """Tell the owner of the lane, once a day for each colleague and kind. Raise ``Refused('not-allowed')`` but for a job."""
    staff_access.require(by, "watch openings", of=agency.pk)
    member = Staff.objects.get(pk=staff_id, agency=agency)
    alarm, created = Alarm.objects.get_or_create(
        kind=kind, staff=member, day=day, defaults={"agency": agency, "lane": "social", "count": count, "at": clock.now()}
    )
    done("C", alarm, fields=[kind])
    if created:
        emit(AlarmRaised(alarm, agencies.reviewer_of(agency.pk, "social", but=member.pk)))
    return alarm


@action("alarm.reviewed")
def review_alarm(alarm: Alarm, *, by: Actor, note: str) -> Alarm:
    """Write what came of an alarm. Raise ``NotVisible``, also for one's own, ``Refused('note-missing')``."""
    found = access.alarms_to_review(by).filter(pk=alarm.pk).first()
    if found is None:
        raise NotVisible
    refuse_unless(note.strip(), "note-missing", _("Scrivi che cosa ne è stato."), _("Basta una frase."))
    found.review_note, found.reviewed_by_id, found.reviewed_at = note.strip(), by.id, clock.now()
    found.save(update_fields=["review_note", "reviewed_by", "reviewed_at"])
    done("U", found, fields=[found.kind])
    return found


@action("openings.sampled")
def draw_sample(agency: Agency, *, by: Actor, among: Iterable[RecordOpening]) -> int:
    """Mark a handful of openings of each colleague to be looked at again: seeded, so that anybody can draw them again."""
    staff_access.require(by, "watch openings", of=agency.pk)
    drawn: list[int] = []
    # Taps and talks are drawn apart: many talks must not make a tap unlikely.
    months: dict[tuple[int, str, str], list[int]] = {}
    for row in among:
        months.setdefault((row.staff_id, row.code, f"{clock.local(row.at):%Y-%m}"), []).append(row.pk)
    for (staff_id, code, month), keys in months.items():
        drawn += rules.sample(keys, ":".join(filter(None, (agency.code, month, str(staff_id), code))))
    RecordOpening.objects.filter(pk__in=drawn, agency=agency).update(sampled_at=clock.now())
    done("U", agency, fields=["sample"])
    return len(drawn)
