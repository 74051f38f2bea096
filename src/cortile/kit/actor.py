"""Who is acting: a value that travels with every request, command and job."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


class Kind(enum.StrEnum):
    """The closed list of who can act. A new kind is a decision record, not a string."""

    STAFF = "staff"
    TENANT = "tenant"
    DELEGATE = "delegate"
    REPRESENTATIVE = "representative"
    LINK = "link"
    MACHINE = "machine"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting, with the role and the purpose they act for.

    ``id`` is the staff id, the person id of a tenant, the delegation id of a delegate, the hand-over id of a link.
    ``person_id`` is the person whose things a tenant, delegate or representative may touch.
    ``areas`` are the neighbourhoods a member of staff works in, or a tenant lives in; they never widen ``agency_id``.
    """

    kind: Kind
    name: str
    id: int | None = None
    role: str = ""
    agency_id: int | None = None
    office_id: int | None = None
    person_id: int | None = None
    areas: frozenset[int] = frozenset()
    scopes: frozenset[str] = frozenset()
    purpose: str = "service"
    # Where they act from, as FHIR AuditEvent.source: the door, and the address the request came from.
    source: str = ""
    # How a tenant came in (``paper``, ``sms``, ``voice``, ``spid``, ``cie``), and the step of the access ladder that gives:
    # 0 nobody, 1 a card and a code, 2 a person whose identity was checked.
    came_by: str = ""
    step: int = 0
    # Whose place a member of staff acts in for one act, asked by that person: «Marta, per conto di Adele».
    for_whom: str = ""
    # A member of staff whose screen is locked: known by name, and let in nowhere but at the lock.
    locked: bool = False

    @property
    def by_phone_code(self) -> bool:
        """Tell whether a code sent to a telephone opened this session: whoever holds the phone may be reading."""
        return self.came_by in {"sms", "voice"}

    @property
    def in_her_place(self) -> bool:
        """Tell whether what is done is somebody else's own act: asked of an operator, or done by who helps or represents."""
        return bool(self.for_whom) or self.kind in {Kind.DELEGATE, Kind.REPRESENTATIVE}

    @property
    def key(self) -> str:
        """A stable name for receipts and drafts, e.g. ``staff:12``."""
        return f"{self.kind}:{self.id if self.id is not None else self.name}"


PUBLIC = Actor(kind=Kind.PUBLIC, name="pubblico")


def system(job: str, *, agency_id: int | None = None) -> Actor:
    """Return the actor of a job; its name says which job, so the audit does too."""
    return Actor(kind=Kind.SYSTEM, name=job, role="system", agency_id=agency_id)


class NoActorError(RuntimeError):
    """Raised when code asks who is acting and nobody said so. There is no superuser path."""


_current: ContextVar[Actor | None] = ContextVar("cortile_actor", default=None)
# What was opened for whoever acted before ends where somebody else begins to act.
_ends: list[ContextVar[Any]] = []


def on_acting(opened: ContextVar[Any]) -> None:
    """Empty a variable for the length of every ``acting`` block: the wall's openings are nobody else's."""
    _ends.append(opened)


def whoever() -> Actor | None:
    """Return who is acting, or None where nobody said so: only the wall asks, to show nothing."""
    return _current.get()


def current() -> Actor:
    """Return who is acting, or raise ``NoActorError``."""
    actor = _current.get()
    if actor is None:
        raise NoActorError
    return actor


@contextlib.contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Say who acts for the length of a block."""
    token = _current.set(actor)
    ended = [(opened, opened.set(None)) for opened in _ends]
    try:
        yield actor
    finally:
        for opened, before in ended:
            opened.reset(before)
        _current.reset(token)
