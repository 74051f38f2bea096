"""Two hundred requests of an older system, invented, so that the history page has something to show."""

from __future__ import annotations

from datetime import time, timedelta

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.plan import Plan
from cortile.backstage.world.quarter import MILANO
from cortile.kit import clock
from cortile.listening import actions as listening

MANY = 200
SOURCE = "Vecchio sistema (inventato)"
CATEGORIES = ("Ascensore", "Riscaldamento", "Infiltrazioni", "Luci scale", "Portone", "Bollette", "Altro")
CHANNELS = ("telefono", "e-mail", "sportello")
OPEN_SHARE = 0.03


def take_in(plan: Plan, bodies: Bodies) -> None:
    """Take the older history in, as an import does."""
    body, rows = bodies.bodies[MILANO], []
    for number in range(1, plan.many(MANY) + 1):
        opened = plan.beginning - timedelta(days=plan.chance.randint(20, 400))
        closed = None if plan.chance.random() < OPEN_SHARE else opened + timedelta(days=plan.chance.randint(0, 45))
        rows.append(
            listening.past_request(
                body, source=SOURCE, code=f"INV-{number:04d}", state="closed" if closed else "open",
                original_state="chiusa" if closed else "in corso", category=plan.chance.choice(CATEGORIES),
                channel=plan.chance.choice(CHANNELS), opened_on=opened, closed_on=closed,
            )
        )  # fmt: skip
    with clock.frozen(clock.at(plan.beginning, time(9))):
        listening.take_in_history(body, rows, by=bodies.job(MILANO))
