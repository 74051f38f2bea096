"""The bodies of the world, with their offices, areas, places and staff."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from cortile.agencies import actions as agencies
from cortile.agencies import reads as agencies_reads
from cortile.backstage.world.plan import Plan, load
from cortile.homes import actions as homes
from cortile.homes.access import at_work
from cortile.kit import clock
from cortile.kit.actor import Actor, system
from cortile.kit.working_days import Hours
from cortile.listening import actions as listening

JOB = "mondo di prova"
SYSTEM = system(JOB)
WEEK = [Hours(day, time(9), time(17)) for day in range(5)]
NOON = time(13)
INVENTED = ["phone", "emergency_phone", "gas_phone", "lift_phone", "email"]


class Bodies:
    """Rows by the key the data file gives them."""

    def __init__(self, plan: Plan) -> None:
        known = load("bodies")
        self.plan, self.known = plan, known
        with clock.frozen(clock.at(plan.beginning, time(8))):
            self.bodies = {b["code"]: agencies.open_agency(by=SYSTEM, hours=WEEK, to_confirm=INVENTED, **b) for b in known["body"]}
            for body in self.bodies.values():
                listening.start_lists(body, by=SYSTEM)
            self.offices = {
                o["name"]: agencies.open_office(self.bodies[o["body"]], by=SYSTEM, **_but(o, "body")) for o in known["office"]
            }
            self.areas = {
                a["name"]: homes.add_neighbourhood(self.bodies[a["body"]], by=SYSTEM, **_but(a, "body")) for a in known["area"]
            }
            for centre in known["centre"]:
                agencies.write_local_centre(self.bodies[centre["body"]], by=SYSTEM, to_confirm=False, **_but(centre, "body"))
            self._open_places()
            self._hire()
            self._post()
            self._answer_the_phone()
        self.weights = {s["key"]: int(s["weight"]) for s in known["staff"] if s["weight"]}
        self.area_of = {s["key"]: str(s.get("area", "")) for s in known["staff"]}
        self.body_of = {s["key"]: str(s["body"]) for s in known["staff"]}

    def by(self, key: str) -> Actor:
        """Return a member of staff at work, as the clock stands."""
        return at_work(self.staff[key])

    def job(self, body: str) -> Actor:
        """Return the job that acts for a body."""
        return system(JOB, agency_id=self.bodies[body].pk)

    def place_of(self, key: str, at: datetime) -> str:
        """Return where somebody receives at an instant: the place of their area that opens on that weekday."""
        days = self.weekly[self.area_of[key]]
        return days.get(clock.local(at).weekday(), next(iter(days.values()), ""))

    def _answer_the_phone(self) -> None:
        """Share the week of the phone: mornings the first who may, afternoons the next."""
        for body in self.bodies.values():
            who = [s for s in self.staff.values() if s.agency_id == body.pk and s in agencies_reads.who_can_answer(body.pk)]
            for hours in WEEK if who else ():
                for member, opens, closes in ((who[0], hours.opens, NOON), (who[-1], NOON, hours.closes)):
                    agencies.set_phone_turn(member, by=SYSTEM, weekday=hours.weekday, opens=opens, closes=closes)

    def _open_places(self) -> None:
        known = self.known["place"]
        body_of = {a["name"]: a["body"] for a in self.known["area"]}
        self.weekly: dict[str, dict[int, str]] = {name: {} for name in self.areas}
        self.places = {
            _name(p): homes.add_place(
                self.bodies[body_of[p["area"]]], by=SYSTEM, neighbourhood=self.areas[p["area"]], name=_name(p),
                openings=[(day, time(first), time(last)) for day, first, last in p["openings"]],
                **_but(p, "area", "name", "openings"),
            )
            for p in known
        }  # fmt: skip
        for place in known:
            if place["state"] == "open":
                self.weekly[place["area"]].update({day: _name(place) for day, _, _ in place["openings"]})

    def _hire(self) -> None:
        self.staff = {
            s["key"]: agencies.hire(
                self.bodies[s["body"]], by=SYSTEM, email=f"{s['key']}@{s['body']}.example", given_name=s["name"][0],
                family_name=s["name"][1], role=s["role"], team=s.get("team", ""),
                office=self.offices.get(s.get("office", "")), demo_persona=s["key"] if s.get("persona") else None,
            )
            for s in self.known["staff"]
        }  # fmt: skip
        for member in self.known["staff"]:
            if member.get("deputy"):
                agencies.name_deputy(self.staff[member["key"]], self.staff[member["deputy"]], by=SYSTEM)
            if lane := member.get("answers_for"):
                agencies.name_lane_owner(self.bodies[member["body"]], self.staff[member["key"]], by=SYSTEM, lane=lane)

    def _post(self) -> None:
        """Post everybody to their area, and on each opening day to the place that opens."""
        told = [(s["key"], s["area"], s["role"] != "lead") for s in self.known["staff"] if s.get("area")]
        told += [(p["staff"], p["area"], p["receives"]) for p in self.known["posting"]]
        for key, area, receives in told:
            member, quarter, since = self.staff[key], self.areas[area], self.plan.beginning
            days = self.weekly[area] if receives else {}
            for weekday, place in days.items():
                homes.post(member, by=SYSTEM, neighbourhood=quarter, place=self.places[place], weekday=weekday, since=since)
            if not days:
                homes.post(member, by=SYSTEM, neighbourhood=quarter, since=since)


def _but(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in names}


def _name(place: dict[str, Any]) -> str:
    return str(place.get("name") or f"Spazio C.A.S.A. {place['area']}")
