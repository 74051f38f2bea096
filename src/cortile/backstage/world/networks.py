"""The networks of the world: members, counts that are lent, a table that was held and one to come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.plan import PROVINCE, Plan, load
from cortile.backstage.world.services import MORNING
from cortile.directory import actions as directory
from cortile.kit import clock, working_days
from cortile.network import actions, reads

PREPARED_BEFORE = 7


class Networks:
    """Opens each network and works its tables on their own days."""

    def __init__(self, plan: Plan, bodies: Bodies) -> None:
        self.plan, self.bodies = plan, bodies
        for told in load("networks")["network"]:
            self._network(told)

    def _on(self, days: int) -> Any:  # noqa: ANN401 -- a context manager
        return clock.frozen(clock.at(self.plan.today + timedelta(days=days), MORNING))

    def _day(self, days: int) -> date:
        """Return a working day so many days from today, or the next one: a table is never on a Sunday."""
        return working_days.add(self.plan.today + timedelta(days=days), 0, PROVINCE)

    def _network(self, told: dict[str, Any]) -> None:
        who = told["keeper"]
        with self._on(-told["opened_days_ago"]):
            network = actions.open_network(
                self.bodies.bodies[told["body"]], by=self.bodies.by(who), name=told["name"], targets=told["targets"],
                others=told["others"], neighbourhoods=[self.bodies.areas[name].pk for name in told["areas"]],
            )  # fmt: skip
            if "lender" in told:
                lender = self.bodies.staff[told["lender"]].agency
                asked = actions.ask_counts(network.pk, lender, by=self.bodies.by(who))
                actions.lend_counts(asked.pk, by=self.bodies.by(told["lender"]))
            seats = {seat["name"]: self._member(network, seat, told) for seat in told["member"]}
        for table in told["table"]:
            self._table(network, table, seats, who)

    def _member(self, network: Any, seat: dict[str, Any], told: dict[str, Any]) -> Any:  # noqa: ANN401 -- models closed to doors
        by = self.bodies.by(told["keeper"])
        firm = reads.organization_named(seat["name"], by=by)
        firm = firm or directory.save_organization(
            self.bodies.bodies[told["body"]], by=self.bodies.job(told["body"]), name=seat["name"], kind=seat["kind"],
            description="Ente inventato, per la prova.",
        )  # fmt: skip
        return actions.add_member(network, firm, by=by, kind=seat["kind"], role=seat["role"], phone=seat["phone"])

    def _table(self, network: Any, told: dict[str, Any], seats: dict[str, Any], who: str) -> None:  # noqa: ANN401 -- as above
        by, days = self.bodies.by(who), told["days"]
        with self._on(min(days - PREPARED_BEFORE, 0)):
            ready = reads.prepared(network.pk, by=by)
            meeting = actions.prepare_meeting(
                network.pk, by=by, kind=told["kind"], day=self._day(days), place=told["place"],
                items={p.key: p.words for p in ready}, free=told["free"], invited=[s.pk for s in seats.values()],
            )  # fmt: skip
        if days <= 0:
            with clock.frozen(clock.at(self._day(days), MORNING)):
                self._hold(meeting.pk, told, seats, who)

    def _hold(self, meeting_id: int, told: dict[str, Any], seats: dict[str, Any], who: str) -> None:
        by = self.bodies.by(who)
        actions.hold_meeting(meeting_id, by=by, present=[s.pk for name, s in seats.items() if name not in told["absent"]])
        for decision in told["decision"]:
            made = actions.decide(
                meeting_id, by=by, words=decision["words"], due=clock.today() + timedelta(days=decision["due"]),
                member=seats[decision["member"]].pk if "member" in decision else None,
                staff=self.bodies.staff[decision["staff"]].pk if "staff" in decision else None,
            )  # fmt: skip
            if "done" in decision:
                actions.do_decision(made.pk, by=by, follow_up=decision["done"])
        actions.close_minutes(meeting_id, by=by)
