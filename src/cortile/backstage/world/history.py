"""Eighteen months of listening: drawn once, the older part taken in month by month, the last sixty days act by act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.plan import Plan, load
from cortile.backstage.world.quarter import LODI, MILANO, Quarter
from cortile.kit import clock
from cortile.listening import actions as listening

CONTACTS, THREADS = 5400, 610
LISTENING_SHARE, ANSWERED_SHARE = 0.38, 0.91
LODI_SHARE = 0.08
# Requests of the last days: most are still open when the visitor comes in.
FRESH, FRESH_DAYS = 18, 4
GROUP_SHARE, NAMED_SHARE = 0.04, 0.85
# What is asked besides listening, as often as the quarter asks it.
CHIPS = {"faults": 27, "rent": 14, "benefits": 16, "health": 9, "school": 9, "documents": 14, "neighbours": 6, "other": 5}
CUSTODIAN_CHIPS = {"faults": 70, "neighbours": 20, "other": 10}
DONE = {"explained": 55, "helped_apply": 25, "opened_request": 20}
CHANNELS = {"in_person": 62, "phone": 22, "outdoors": 12, "email": 4}
THREAD_CHANNELS = {"app": 34, "in_person": 34, "phone": 26, "paper": 6}
OUTCOMES = {"solved": 88, "no_reply": 5, "withdrawn": 4, "not_solvable": 3}
NAMING = frozenset({"community_manager", "lead", "desk"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A contact as it was drawn, before it is written."""

    at: datetime
    key: str
    chip: str
    done: str
    channel: str
    minutes: int
    named: bool
    group: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was drawn: when, of whom (a number among the adults), about what, and whether the date is kept."""

    at: datetime
    body: str
    person: int
    chip: str
    text: int
    channel: str
    kept: bool


class History:
    """What was said and asked, in order."""

    def __init__(self, plan: Plan, bodies: Bodies, quarter: Quarter) -> None:
        self.plan, self.bodies, self.quarter, self.chance = plan, bodies, quarter, plan.chance
        self.texts = load("requests")
        self.heard = sorted(self._heard(), key=lambda h: (h.at, h.key))
        self.asked = sorted(self._asked(), key=lambda a: (a.at, a.person))

    def take_in(self) -> None:
        """Write everything before the last sixty days, a month at a time, as the month ended."""
        limit = clock.at(self.plan.recent, time.min)
        for end in self._month_ends():
            since = clock.at((end - timedelta(days=1)).replace(day=1), time.min)
            until = min(clock.at(end, time.min), limit)
            with clock.frozen(until):
                for body in (MILANO, LODI):
                    self._contacts(body, [h for h in self.heard if since <= h.at < until and self._body(h) == body])
                    self._threads(body, [a for a in self.asked if since <= a.at < until and a.body == body])

    def recent_contacts(self) -> list[Heard]:
        """Return the contacts of the last sixty days."""
        return [h for h in self.heard if h.at >= clock.at(self.plan.recent, time.min)]

    def recent_threads(self) -> list[Asked]:
        """Return the requests of the last sixty days."""
        return [a for a in self.asked if a.at >= clock.at(self.plan.recent, time.min)]

    def _month_ends(self) -> Iterator[date]:
        first = self.plan.beginning.replace(day=1)
        while first < self.plan.recent:
            first = (first + timedelta(days=32)).replace(day=1)
            yield first

    def _body(self, heard: Heard) -> str:
        return self.bodies.body_of[heard.key]

    def _heard(self) -> Iterator[Heard]:
        many = self.plan.many(CONTACTS)
        keys, weights = list(self.bodies.weights), list(self.bodies.weights.values())
        for is_listening in self.plan.exactly(LISTENING_SHARE, many):
            key = self.chance.choices(keys, weights)[0]
            role = self.bodies.staff[key].role
            named = role in NAMING and self._people_live_here(key)
            chip = "listening" if is_listening else self._one(CUSTODIAN_CHIPS if role == "custodian" else CHIPS)
            yield Heard(
                at=self.plan.hour(self.chance.choice(self.plan.days)), key=key,
                chip=chip, done="listened" if is_listening else self._one(DONE),
                channel="custodian" if role == "custodian" else self._one(CHANNELS),
                minutes=self.chance.choice((5, 5, 10, 10, 15, 20, 30)), named=named and self.chance.random() < NAMED_SHARE,
                group=self.chance.randint(5, 25) if self.chance.random() < GROUP_SHARE else 0,
            )  # fmt: skip

    def _people_live_here(self, key: str) -> bool:
        return self.bodies.area_of[key] == "San Siro" or self.bodies.body_of[key] == LODI

    def _asked(self) -> Iterator[Asked]:
        many = self.plan.many(THREADS)
        for number, kept in enumerate(self.plan.exactly(ANSWERED_SHARE, many)):
            body = LODI if self.chance.random() < LODI_SHARE else MILANO
            channel = self._one(THREAD_CHANNELS)
            chip = self._one(CHIPS | {"listening": 5})
            days = self.plan.days[-FRESH_DAYS:] if number < self.plan.many(FRESH) else self.plan.days[:-FRESH_DAYS]
            yield Asked(
                at=self.plan.hour(self.chance.choice(days), last=20 if channel == "app" else 16),
                body=body,
                person=self.chance.randrange(len(self.quarter.adults[body])),
                chip=chip,
                text=self.chance.randrange(len(self.texts[chip])),
                channel=channel,
                kept=kept,
            )

    def _one(self, weighted: dict[str, int]) -> str:
        return self.chance.choices(list(weighted), list(weighted.values()))[0]

    def _contacts(self, body: str, rows: list[Heard]) -> None:
        people, told = self.quarter.adults[body], []
        for heard in rows:
            place = self.bodies.places.get(self.bodies.place_of(heard.key, heard.at))
            told.append(
                listening.PastContact(
                    at=heard.at, staff=self.bodies.staff[heard.key], chip=heard.chip, done=heard.done, channel=heard.channel,
                    minutes=heard.minutes, place_id=place.pk if place else None,
                    neighbourhood_id=self.bodies.areas[self.bodies.area_of[heard.key]].pk,
                    persons=(self.chance.choice(people),) if heard.named and not heard.group else (), unnamed=heard.group,
                )
            )  # fmt: skip
        if told:
            listening.take_in_contacts(self.bodies.bodies[body], told, by=self.bodies.job(body))

    def _threads(self, body: str, rows: list[Asked]) -> None:
        people, told = self.quarter.adults[body], []
        owners = ("marta", "marta", "giulia") if body == MILANO else ("sara", "ivo")
        for asked in rows:
            text = self.texts[asked.chip][asked.text]
            told.append(
                listening.PastThread(
                    opened_at=asked.at, person=people[asked.person], owner=self.bodies.staff[self.chance.choice(owners)],
                    chip=asked.chip, title=text["title"], words=text["words"], answer=text["answer"], channel=asked.channel,
                    days_from_promise=-self.chance.randint(0, 4) if asked.kept else self.chance.randint(1, 6),
                    days_to_close=self.chance.randint(0, 9), outcome=self._one(OUTCOMES),
                )
            )  # fmt: skip
        if told:
            listening.take_in_threads(self.bodies.bodies[body], told, by=self.bodies.job(body))


def by_day(rows: list[Heard]) -> dict[date, list[Heard]]:
    """Return the contacts of each day."""
    found: dict[date, list[Heard]] = defaultdict(list)
    for row in rows:
        found[clock.local(row.at).date()].append(row)
    return found
