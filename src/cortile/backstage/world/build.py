"""The whole world, in order, in one transaction: all of it or nothing."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from cortile.agencies import reads as agencies
from cortile.backstage.world import past_requests
from cortile.backstage.world.applications import Applications
from cortile.backstage.world.bodies import SYSTEM, Bodies
from cortile.backstage.world.calls import Calls
from cortile.backstage.world.circles import Circles
from cortile.backstage.world.history import History
from cortile.backstage.world.lives import Setting
from cortile.backstage.world.networks import Networks
from cortile.backstage.world.plan import Plan
from cortile.backstage.world.quarter import Quarter
from cortile.backstage.world.referred import Referred
from cortile.backstage.world.services import Services
from cortile.backstage.world.stories import Stories
from cortile.backstage.world.timeline import Timeline
from cortile.backstage.world.weeks import Weeks
from cortile.kit import clock
from cortile.kit.actions import refuse_unless
from cortile.kit.actor import acting

SMALLEST = 0.02


class AlreadyThere(Exception):  # noqa: N818 -- an answer, not a fault
    """The world stands already: there is nothing to do."""


def build(seed: int, today: date, *, scale: float = 1.0) -> None:
    """Build the world as it is on the morning of ``today``.

    Raise ``AlreadyThere`` when it stands; ``Refused`` with ``demo-only`` outside a demo, ``data-are-real`` where a body
    was set up by people, ``world-too-small`` when the scale leaves no room for the story.
    """
    refuse_unless(
        settings.DEMO, "demo-only", "Il mondo di prova si crea solo in una prova.", "Usa ./run demo, oppure CORTILE_DEMO=1."
    )
    refuse_unless(
        SMALLEST <= scale <= 1, "world-too-small", "Questa scala non è possibile.", f"Scegli un numero da {SMALLEST} a 1."
    )
    if agencies.personas():
        raise AlreadyThere
    refuse_unless(
        not agencies.agencies(), "data-are-real", "In questo database ci sono già enti veri.", "Usa un database vuoto per la prova."
    )
    with acting(SYSTEM), transaction.atomic(), clock.frozen(Plan(seed, today).now):
        _everything(Plan(seed, today, scale))


def _everything(plan: Plan) -> None:
    bodies = Bodies(plan)
    quarter = Quarter(plan, bodies)
    past_requests.take_in(plan, bodies)
    history = History(plan, bodies, quarter)
    history.take_in()
    timeline = Timeline(plan.now)
    setting = Setting(plan, bodies, quarter, timeline)
    Weeks(setting, history)
    Stories(setting, history)
    Circles(setting)
    timeline.run()
    Calls(plan, bodies)
    Applications(plan)
    Services(plan, bodies)
    Referred(plan, bodies)
    Networks(plan, bodies)
