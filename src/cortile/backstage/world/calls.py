"""The calls of the world: two open in Milan, one waiting for its second signature, and Lodi's small envelope."""

from __future__ import annotations

from datetime import time
from typing import Any

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.plan import Plan, load
from cortile.backstage.world.quarter import MILANO
from cortile.benefits import actions as benefits
from cortile.benefits import catalogue
from cortile.benefits.rules import writing
from cortile.kit import clock

OPEN_DAYS, MORNING, NOON = 30, time(9), time(12)


class Calls:
    """Drafts every call, has Federica propose those of Milan and Paola publish them."""

    def __init__(self, plan: Plan, bodies: Bodies) -> None:
        self.plan, self.bodies = plan, bodies
        for told in load("calls")["call"]:
            self._call(dict(told))

    def _call(self, told: dict[str, Any]) -> None:
        body, state, fund = told.pop("body"), told.pop("state"), told.pop("fund", {})
        drafted = self.plan.back(told.pop("opened") + 2)
        with clock.frozen(clock.at(drafted, MORNING)):
            version = benefits.draft_call(
                self.bodies.bodies[body], by=self.bodies.by("federica") if body == MILANO else self.bodies.job(body),
                code=told.pop("code"), programme=told["programme"], rule=writing.data_of(catalogue.rule(told.pop("programme"))),
                conditions=self._conditions(told),
            )  # fmt: skip
            if state in {"proposed", "published"}:
                benefits.propose_call(version.pk, by=self.bodies.by("federica"))
        if state == "published":
            with clock.frozen(clock.at(drafted, NOON)):
                benefits.publish_call(version.pk, by=self.bodies.by("paola"))
        if fund:
            self._envelope(version, body, fund)

    def _envelope(self, version: Any, body: str, fund: dict[str, str]) -> None:  # noqa: ANN401 -- doors import no models
        """Open the envelope of a call with all its money, whatever is still to be confirmed of it."""
        by = self.bodies.by("federica") if body == MILANO else self.bodies.job(body)
        with clock.frozen(clock.at(self.plan.back(5), MORNING)):
            opened = benefits.open_envelope(
                self.bodies.bodies[body], by=by, code=fund["code"], fund=fund["from"], call=version.call,
                unconfirmed=fund.get("unconfirmed", ""),
            )  # fmt: skip
            benefits.allocate(opened, by=by, cents=version.terms.envelope_cents, reason=fund["from"])

    def _conditions(self, told: dict[str, Any]) -> dict[str, Any]:
        opens = clock.at(self.plan.back(5), MORNING)
        return told | {"opens_at": opens.isoformat(), "closes_at": clock.at(self.plan.ahead(OPEN_DAYS), NOON).isoformat()}
