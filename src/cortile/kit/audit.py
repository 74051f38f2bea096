"""The audit event: who, in which role, for which purpose, touched what of whom. Shaped after FHIR AuditEvent (BALP)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models as dj

from cortile.kit import actor as actors
from cortile.kit import clock, scopes
from cortile.kit.models import AuditEvent, AuditSubject


def leave(
    what: str,
    *,
    by: actors.Actor,
    verb: str,
    thing: dj.Model | None = None,
    persons: Iterable[int | None] = (),
    fields: Iterable[str] = (),
    reason: str = "",
) -> AuditEvent:
    """Append one event and a subject row per person. ``verb`` is FHIR's: C, R, U, D or E.

    The caller is inside the transaction of the act or of the read: if this fails, there is no answer.
    """
    with scopes.opened(scopes.AUDIT if scopes.writes() == scopes.NOTHING else scopes.writes()):
        event = AuditEvent.objects.create(
            recorded=clock.now(),
            what=what,
            verb=verb,
            agent_kind=by.kind,
            agent_id=by.id,
            agent_name=by.name,
            agent_role=by.role,
            agency_id=by.agency_id,
            purpose=by.purpose,
            thing=thing._meta.label_lower if thing is not None else "",
            thing_id=thing.pk if thing is not None else None,
            fields=sorted(fields),
            reason=reason,
        )
        subjects = sorted({p for p in persons if p is not None})
        AuditSubject.objects.bulk_create(
            [AuditSubject(event=event, person_id=p, recorded=event.recorded) for p in subjects], batch_size=5000
        )
    return event


def seen(
    what: str, *, by: actors.Actor, persons: Iterable[int | None], fields: Iterable[str] = (), reason: str = ""
) -> None:
    """Record that persons were read. A list of twenty leaves one event with twenty subjects; an empty list leaves none."""
    found = {p for p in persons if p is not None}
    if found:
        leave(what, by=by, verb="R", persons=found, fields=fields, reason=reason)
