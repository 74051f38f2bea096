"""The receipt of a talk: its number, its day and who is there. What no phone may show is told once, and forgotten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from cortile.agenda import call_backs
from cortile.app.asking import receipts as asked
from cortile.app.asking.receipts import Receipt
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening import reads as listening

ONCE = "talk_once"


@dataclass(frozen=True, slots=True)
class Talk:
    """How and when we talk. The instant is kept as text, as a session can."""

    way: str
    at: str = ""
    place: str = ""

    @property
    def starts_at(self) -> datetime | None:
        """Return the hour that was fixed, if there is one."""
        return datetime.fromisoformat(self.at) if self.at else None

    @property
    def ends_at(self) -> datetime | None:
        """Return until when we call."""
        return self.starts_at + call_backs.LENGTH if self.starts_at else None


def keep(session: SessionBase, thread: asked.Sent, talk: Talk, *, shown: bool) -> None:
    """Remember what was just agreed; how and when only where no page can find it again."""
    asked.keep(session, thread, shown=shown)
    if not shown:
        session[ONCE] = asdict(talk)


def find(number: int, *, by: Actor, session: SessionBase) -> tuple[Receipt, Talk]:
    """Return a receipt and its talk: as they are now, else, once, as this session was told; else 404."""
    try:
        thread = listening.receipt(number, by=by)
    except NotVisible:
        receipt = asked.find(number, by=by, session=session)
        return receipt, Talk(**session.pop(ONCE, {"way": "app"}))
    call, visit = call_backs.call_of(thread, by=by), call_backs.visit_of(thread, by=by)
    if call is not None:
        return asked.told(thread), Talk("phone", call.starts_at.isoformat())
    if visit is not None:
        return asked.told(thread), Talk("visit", visit.starts_at.isoformat(), visit.place.name)
    return asked.told(thread), Talk("app")
