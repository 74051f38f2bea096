"""The last sixty days, act by act: contacts at the desk, requests, appointments, pop-ups, the morning watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial

from cortile.agencies import actions as agencies
from cortile.agenda import actions as agenda
from cortile.backstage.world.history import Heard, History
from cortile.backstage.world.lives import AWAY_FROM, AWAY_UNTIL, Life, Setting
from cortile.backstage.world.plan import MORNING
from cortile.backstage.world.quarter import LODI, MILANO
from cortile.homes import actions as homes
from cortile.kit import clock
from cortile.kit.carriers import Parcel
from cortile.listening import actions as listening
from cortile.messages import actions as messages

SPACE = "Spazio C.A.S.A. San Siro"
BRING = ("il foglio ISEE", "la carta d'identità", "l'ultima bolletta", "")
NOTES = ("", "", "", "Ha chiesto di tornare la prossima settimana.", "Preferisce il telefono al mattino.", "Viene con la figlia.")
AFTER_QUIET = time(8, 5)
POPUP_EVERY, POPUP_WEEKDAY = 14, 3


class Weeks:
    """Plans everything on the timeline."""

    def __init__(self, setting: Setting, history: History) -> None:
        self.setting, self.history, self.chance = setting, history, setting.plan.chance
        self.timeline, self.bodies, self.plan = setting.timeline, setting.bodies, setting.plan
        self.lives = [Life(setting, a, history.texts[a.chip][a.text]) for a in history.recent_threads()]
        for heard in history.recent_contacts():
            self.timeline.at(heard.at, partial(self.record, heard))
        self.timeline.at(clock.at(self.plan.today - timedelta(days=AWAY_FROM), time(8)), self.leave)
        for day in self._mornings():
            self.timeline.at(clock.at(day, MORNING), self.watch)
            self.timeline.at(clock.at(day, AFTER_QUIET), self.send)
        self._appointments()
        self._popups()

    def _mornings(self) -> Iterator[date]:
        yield from (d for d in self.plan.days if d >= self.plan.recent)
        yield self.plan.today

    def record(self, heard: Heard) -> None:
        """Log a contact at the desk."""
        key = "marta" if self.setting.is_away(heard.key, clock.today()) else heard.key
        people = self.setting.quarter.adults[self.bodies.body_of[key]]
        place = self.bodies.places.get(self.bodies.place_of(key, heard.at))
        listening.record_contact(
            by=self.setting.desk(key), chip=heard.chip, done_what=heard.done, channel=heard.channel, minutes=heard.minutes,
            persons=[self.chance.choice(people)] if heard.named and not heard.group else [], unnamed=heard.group,
            place=place, note=self.chance.choice(NOTES) if heard.named else "",
        )  # fmt: skip

    def leave(self) -> None:
        """Giulia goes on leave for a fortnight: Marta answers for her."""
        first, last = self.plan.today - timedelta(days=AWAY_FROM), self.plan.today - timedelta(days=AWAY_UNTIL)
        agencies.set_absence(self.bodies.staff["giulia"], by=self.setting.desk("paola"), first_day=first, last_day=last)

    def watch(self) -> None:
        """What every morning does: promises and reminders."""
        for body in (MILANO, LODI):
            job = self.bodies.job(body)
            listening.keep_watch(self.bodies.bodies[body], by=job)
            agenda.remind_tomorrow(self.bodies.bodies[body], by=job)

    def send(self) -> None:
        """Let what waits leave the house, once the quiet hours are over."""
        if clock.today() < self.plan.today:
            messages.deliver(by=self.bodies.job(MILANO), through=dict.fromkeys(("sms", "email"), _Gone()), limit=1000)

    def _appointments(self) -> None:
        """One a day with Marta, booked four working days before, up to next week."""
        coming = [self.plan.ahead(n) for n in range(1, 5)]
        days = [d for d in self.plan.days if d >= self.plan.recent] + coming
        people = self.setting.quarter.adults[MILANO]
        for before, day in zip(days, days[4:], strict=False):
            if self.chance.random() < self.plan.scale:
                booked = clock.at(min(before, self.plan.back(1)), time(12, 45))
                self.timeline.at(booked, partial(self.book, self.chance.randrange(len(people)), day))

    def book(self, person: int, day: date) -> None:
        """Fix an appointment at the Spazio."""
        held = agenda.book(
            self.setting.quarter.adults[MILANO][person], by=self.setting.desk("marta"), staff=self.bodies.staff["marta"],
            place=self.bodies.places[SPACE], starts_at=clock.at(day, time(self.chance.choice((9, 10, 12)), 30)),
            bring=self.chance.choice(BRING),
        )  # fmt: skip
        came = agenda.mark_done if self.chance.random() < 0.9 else agenda.mark_no_show  # noqa: PLR2004 -- one in ten does not come
        self.timeline.at(held.ends_at, partial(came, held, by=self.setting.desk("marta")))

    def _popups(self) -> None:
        day = self.plan.recent + timedelta(days=(POPUP_WEEKDAY - self.plan.recent.weekday()) % 7)
        while day <= self.plan.today + timedelta(days=POPUP_EVERY):
            self.timeline.at(clock.at(day - timedelta(days=POPUP_EVERY), time(12)), partial(self.publish, day))
            day += timedelta(days=POPUP_EVERY)

    def publish(self, day: date) -> None:
        """Announce two hours in a courtyard."""
        homes.publish_popup(
            self.bodies.bodies[MILANO], by=self.setting.desk("marta"), name="Atrio di via delle Rondini 3",
            neighbourhood=self.bodies.areas["San Siro"], on=day, opens=time(10), closes=time(12),
            staff=self.bodies.staff["marta"], where="Atrio della scala A",
        )  # fmt: skip


class _Gone:
    """Lets a message of the past count as gone: nothing leaves the house while a world is made."""

    looks_up = False

    def send(self, parcel: Parcel) -> str:
        """Send nothing."""
        del parcel
        return ""

    def look_up(self, reference: str) -> str | None:
        """Know nothing."""
        del reference
        return None
