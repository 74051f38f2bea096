"""Piero has no account: in the demo he comes in by the link of a request that waits for his service."""

from __future__ import annotations

from cortile.kit.actor import acting, system
from cortile.referrals import access
from cortile.referrals.states import WAITING

SLUG, NAME = "piero", "Piero"


def session() -> dict[str, object] | None:
    """Return what a session keeps of a service that may answer something now; None where nothing waits."""
    with acting(system("demo")) as job:
        rows = access.visible_to(job).filter(access.still_given(), state__in=WAITING)
        waiting = rows.order_by("pk").first()
        return access.session_of(waiting) if waiting is not None else None
