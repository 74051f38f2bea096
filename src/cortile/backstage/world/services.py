"""The services of the world: twenty-three partners of San Siro, all invented and saying so, some of them getting old."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.plan import Plan, load
from cortile.directory import actions as directory
from cortile.directory.rules.hours import Hours
from cortile.kit import clock

AREA, MORNING = "San Siro", time(10)
INVENTED = "Servizio inventato, per la prova."
TONGUES = {"ar": "arabo", "en": "inglese", "es": "spagnolo"}


class Services:
    """Writes each card, and publishes it on the day it was last confirmed."""

    def __init__(self, plan: Plan, bodies: Bodies) -> None:
        self.plan, self.bodies = plan, bodies
        self.firms: dict[tuple[str, str], Any] = {}
        self.area = bodies.areas[AREA]
        directory.load_terms(by=bodies.job("aler-milano"))
        for told in sorted(load("services")["service"], key=lambda told: -int(told["days_ago"])):
            with clock.frozen(clock.at(plan.today - timedelta(days=told["days_ago"]), MORNING)):
                self._card(told)

    def _card(self, told: dict[str, Any]) -> None:
        by = self.bodies.job(told["body"])
        row = directory.write_service(
            self._firm(told), by=by, name=told["name"], phone=told["phone"], fees_description=told["fees"],
            free=told["fees"].startswith("gratis"), eligibility_description=told["who"], alert=INVENTED,
            keeper_email="scheda@example.invalid", languages=[(code, TONGUES[code]) for code in told["languages"]], areas=[AREA],
        )  # fmt: skip
        north, east = told["degrees"]
        directory.place_service(
            row.pk, by=by, address_1=told["address"], city="Milano", postal_code="20148", degrees=(north, east),
            step_free=told["step_free"], neighbourhood_id=self.area.pk,
        )  # fmt: skip
        opens, closes = map(time.fromisoformat, told["hours"])
        week = Hours(freq="WEEKLY", byday=tuple(told["days"].split(",")), opens=opens, closes=closes)
        directory.set_hours(row.pk, by=by, lines=[week])
        directory.set_terms(row.pk, by=by, codes=told["terms"])
        if "room" in told:
            directory.set_capacity(row.pk, by=by, **told["room"])
        directory.publish_service(row.pk, by=by)

    def _firm(self, told: dict[str, Any]) -> Any:  # noqa: ANN401 -- a model closed to doors
        key = (told["body"], told["organization"])
        if key not in self.firms:
            self.firms[key] = directory.save_organization(
                self.bodies.bodies[told["body"]], by=self.bodies.job(told["body"]), name=told["organization"], kind=told["kind"],
                description="Ente inventato, per la prova.",
            )  # fmt: skip
        return self.firms[key]
