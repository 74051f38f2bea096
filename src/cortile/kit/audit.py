"""The audit event: who, in which role, for which purpose, touched what of whom. Shaped after FHIR AuditEvent (BALP)."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db import models as dj

from cortile.kit import actor as actors
from cortile.kit import bulk, clock, scopes
from cortile.kit.models import AuditSubject

# Among the fields of an act that was done in the place of the person it is about: the agent's name, and hers as its subject.
ON_BEHALF = "on_behalf"


def leave(
    what: str,
    *,
    by: actors.Actor,
    verb: str,
    thing: dj.Model | None = None,
    persons: Iterable[int | None] = (),
    fields: Iterable[str] = (),
    reason: str = "",
    sealed: bool = False,
    of: int | None = None,
) -> None:
    """Append one event and a subject row per person. ``verb`` is FHIR's: C, R, U, D or E.

    ``of`` is the body whose log it stands in, when it is another one than the agent's.

    The caller is inside the transaction of the act or of the read: if this fails, there is no answer.
    """
    event = _event(what, by=by, verb=verb, thing=thing, fields=fields, reason=reason, sealed=sealed, of=of)
    subjects, gathering = sorted({p for p in persons if p is not None}), _gathering.get()
    if gathering is None or len(subjects) > bulk.BATCH:
        _write(event, subjects)
    else:
        gathering.append(event | {"subjects": subjects})


def _event(
    what: str, *, by: actors.Actor, verb: str, thing: dj.Model | None, fields: Iterable[str], reason: str, sealed: bool,
    of: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "recorded": clock.now(), "what": what, "verb": verb, "agent_kind": str(by.kind), "agent_id": by.id, "agent_name": by.name,
        "agent_role": by.role, "agency_id": of or by.agency_id, "purpose": by.purpose, "source": by.source,
        "thing": thing._meta.label_lower if thing is not None else "", "thing_id": thing.pk if thing is not None else None,
        "fields": sorted({*fields, ON_BEHALF} if by.in_her_place and verb != "R" else fields), "reason": reason, "sealed": sealed,
    }  # fmt: skip


Keeper = Callable[[list[dict[str, Any]]], None]
_keepers: list[Keeper] = []


def kept_by(keeper: Keeper) -> Keeper:
    """Hand every event to somebody else's log instead of ours: a lane apart closes its own (``cortile.haven.audit``).

    The keeper is called in the transaction of the act or of the read, with the events and their ``subjects``.
    """
    _keepers[:] = [keeper]
    return keeper


def _hand_over(events: list[dict[str, Any]]) -> None:
    with scopes.opened(scopes.AUDIT if scopes.writes() == scopes.NOTHING else scopes.writes()):
        _keepers[0](events)


def _write(event: dict[str, Any], subjects: list[int]) -> None:
    if _keepers:
        _hand_over([event | {"subjects": subjects}])
        return
    with scopes.opened(scopes.AUDIT if scopes.writes() == scopes.NOTHING else scopes.writes()):
        few = subjects if len(subjects) <= bulk.BATCH else []
        with connection.cursor() as cursor:
            cursor.execute(_LEAVE, {**event, "subjects": few})
            (key,) = cursor.fetchone()
        if not few and subjects:
            rows = ((key, person, event["recorded"], event["agency_id"]) for person in subjects)
            bulk.copy_rows(AuditSubject._meta.db_table, ["event_id", "person_id", "recorded", "agency_id"], rows)


# One round trip for the event and its subjects: every read and every act of the house passes here.
_COLUMNS = (
    "recorded", "what", "verb", "agent_kind", "agent_id", "agent_name", "agent_role", "agency_id", "purpose", "source", "thing",
    "thing_id", "fields", "reason", "sealed",
)  # fmt: skip
# The number is drawn first: whoever is known to nobody may write an event and not read it back.
_LEAVE = f"""
    WITH drawn AS MATERIALIZED (
        SELECT nextval('kit_auditevent_id_seq') AS id
    ), event AS (
        INSERT INTO public.kit_auditevent (id, {", ".join(_COLUMNS)})
        SELECT id, {", ".join(f"%({name})s" for name in _COLUMNS)} FROM drawn
    ), named AS (
        INSERT INTO public.kit_auditsubject (event_id, person_id, recorded, agency_id)
        SELECT id, unnest(%(subjects)s::bigint[]), %(recorded)s, %(agency_id)s FROM drawn
    )
    SELECT id FROM drawn
"""  # noqa: S608 -- our own column names


def seen(
    what: str,
    *,
    by: actors.Actor,
    persons: Iterable[int | None],
    fields: Iterable[str] = (),
    reason: str = "",
    thing: dj.Model | None = None,
    sealed: bool = False,
    of: int | None = None,
) -> None:
    """Record that persons were read. A list of twenty leaves one event with twenty subjects; an empty list leaves none."""
    found = {p for p in persons if p is not None}
    if found:
        leave(what, by=by, verb="R", persons=found, thing=thing, fields=fields, reason=reason, sealed=sealed, of=of)


_gathering: ContextVar[list[dict[str, Any]] | None] = ContextVar("cortile_reads", default=None)


@contextlib.contextmanager
def gathered() -> Iterator[None]:
    """Write the events of a block at its end, all in one statement: an answer waits for the audit once, however much it does.

    Only around what stands or falls within one transaction. A block that fails has done and shown nothing, and leaves
    nothing; one inside another hands its events on.
    """
    events: list[dict[str, Any]] = []
    outer, token = _gathering.get(), _gathering.set(events)
    try:
        yield
    finally:
        _gathering.reset(token)
    if outer is not None:
        outer.extend(events)
    else:
        _write_all(events)


@contextlib.contextmanager
def taken_back() -> Iterator[None]:
    """Let the events of a block go with the block: a trial whose transaction is rolled back has not happened."""
    token = _gathering.set([])
    try:
        yield
    finally:
        _gathering.reset(token)


def _write_all(events: list[dict[str, Any]]) -> None:
    if events and _keepers:
        _hand_over(events)
    elif len(events) == 1:
        _write(events[0], events[0]["subjects"])
    elif events:
        with scopes.opened(scopes.AUDIT if scopes.writes() == scopes.NOTHING else scopes.writes()), connection.cursor() as cursor:
            cursor.execute(_LEAVE_ALL, [json.dumps(events, default=str)])


# Numbers and JSON's words are the columns' own: what the server reads is what ``_LEAVE`` is given.
_LEAVE_ALL = f"""
    WITH drawn AS MATERIALIZED (
        SELECT nextval('kit_auditevent_id_seq') AS id, given.* FROM jsonb_to_recordset(%s::jsonb) AS given (
            recorded timestamptz, what text, verb text, agent_kind text, agent_id bigint, agent_name text, agent_role text,
            agency_id bigint, purpose text, source text, thing text, thing_id bigint, fields text[], reason text, sealed boolean,
            subjects bigint[])
    ), event AS (
        INSERT INTO public.kit_auditevent (id, {", ".join(_COLUMNS)}) SELECT id, {", ".join(_COLUMNS)} FROM drawn
    )
    INSERT INTO public.kit_auditsubject (event_id, person_id, recorded, agency_id)
    SELECT id, unnest(subjects), recorded, agency_id FROM drawn
"""  # noqa: S608 -- our own column names
