"""Who opens what: anybody the public pages, an operator at work the desk, who leads what is the association's own."""

from __future__ import annotations

from cortile.kit import doors
from cortile.kit.actor import Actor, Kind

SIGN_IN = "/lavoro/entra/"


def at_work(actor: Actor) -> bool:
    """Tell whether somebody's shift is open."""
    return actor.kind == Kind.STAFF


def leads(actor: Actor) -> bool:
    """Tell whether they lead the association."""
    return at_work(actor) and actor.role == "lead"


doors.policy("lane public", admits=lambda _actor: True)
doors.policy("lane desk", admits=at_work, sign_in=SIGN_IN)
doors.policy("lane lead", admits=leads, sign_in=SIGN_IN)
