"""Who the staff pages open to: any member of staff, or who holds a capability of the policy table."""

from __future__ import annotations

from collections.abc import Callable

from cortile.agencies.access import may_review
from cortile.agencies.policy import CAPABILITIES, PARTNER, can
from cortile.kit.actor import Actor, Kind
from cortile.kit.doors import policy

SIGN_IN, LOCK = "/accesso/login/", "/scrivania/blocco/"


def _holds(capability: str) -> Callable[[Actor], bool]:
    return lambda actor: actor.kind == Kind.STAFF and can(actor, capability)


policy("staff", lambda actor: actor.kind == Kind.STAFF, sign_in=SIGN_IN, lock=LOCK)
policy("lock", lambda actor: actor.kind == Kind.STAFF or actor.locked, sign_in=SIGN_IN)
policy("office link", lambda actor: actor.kind == Kind.LINK and actor.role != PARTNER, sign_in="/ufficio/")
policy("partner link", lambda actor: actor.kind == Kind.LINK and actor.role == PARTNER, sign_in="/servizio/")
policy("review accesses", may_review, sign_in=SIGN_IN, lock=LOCK)
for _name in CAPABILITIES:
    policy(_name, _holds(_name), sign_in=SIGN_IN, lock=LOCK)
