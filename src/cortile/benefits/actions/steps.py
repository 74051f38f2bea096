"""Small steps the acts of this room share. Each runs inside an act's transaction and is never called by a door."""

from __future__ import annotations

from datetime import date

from cortile.benefits.models import Application, Step
from cortile.benefits.words import REFUSALS
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import Refused


def refused(code: str) -> Refused:
    """Return the refusal of this room with a code."""
    return Refused(code, *map(str, REFUSALS[code]))


def check(condition: object, code: str) -> None:
    """Raise the refusal with a code unless the condition holds."""
    if not condition:
        raise refused(code)


def staff_id(by: Actor) -> int | None:
    """Return the member of staff who acts, or None for anybody else."""
    return by.id if by.kind == Kind.STAFF else None


def step(application: Application, kind: str, by: Actor, text: str = "", *, due: date | None = None, **data: object) -> Step:
    """Write what happened in a file, with its clock where it has one."""
    return Step.objects.create(
        agency_id=application.agency_id, application=application, kind=kind, at=clock.now(), by_name=by.name, text=text,
        data=data, due=due,
    )  # fmt: skip


def move(application: Application, state: str, outcome: str = "") -> None:
    """Put a file where an act leads, with its outcome where it has ended."""
    application.state, application.outcome = state, outcome
    application.decided_at = clock.now() if state == "decided" else None
    application.save(update_fields=["state", "outcome", "decided_at"])
