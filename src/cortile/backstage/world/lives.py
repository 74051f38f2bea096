"""How a request of the last weeks goes on: taken, asked about, handed over, answered, closed by the tenant's word."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.history import Asked
from cortile.backstage.world.plan import Plan
from cortile.backstage.world.quarter import LODI, MILANO, Quarter
from cortile.backstage.world.timeline import Act, Timeline
from cortile.kit import clock, working_days
from cortile.kit.actor import Actor, Kind
from cortile.listening import access
from cortile.listening import actions as listening
from cortile.people.access import tenant_actor

OFFICE_OF = {"rent": "Ufficio affitti", "faults": "Ufficio manutenzioni", "documents": "Sede territoriale Milano Ovest"}
OFFICE_OF_LODI = "Ufficio inquilini Lodi"
HANDED_SHARE, ASKED_SHARE = 0.3, 0.15
QUESTIONS = {
    "rent": "Quanto deve, e da quando? Si può pagare a rate?",
    "faults": "Quando passa il tecnico?",
    "documents": "La domanda è completa? Che cosa manca?",
}
ANSWERS = {
    "rent": "Il conto è aggiornato. Le rate si possono chiedere entro fine mese.",
    "faults": "Il tecnico passa in settimana, di mattina.",
    "documents": "Manca solo la copia della carta d'identità.",
}
# Giulia's fortnight away: Marta has everything in those days.
AWAY_FROM, AWAY_UNTIL = 44, 30


class Setting:
    """What every request of the story needs at hand."""

    def __init__(self, plan: Plan, bodies: Bodies, quarter: Quarter, timeline: Timeline) -> None:
        self.plan, self.bodies, self.quarter, self.timeline, self.chance = plan, bodies, quarter, timeline, plan.chance
        self._desks: dict[str, Actor] = {}

    def desk(self, key: str) -> Actor:
        """Return a member of staff at work."""
        if key not in self._desks:
            self._desks[key] = self.bodies.by(key)
        return self._desks[key]

    def is_away(self, key: str, day: date) -> bool:
        """Tell whether somebody is on leave."""
        ago = (self.plan.today - day).days
        return key == "giulia" and AWAY_UNTIL - 1 <= ago <= AWAY_FROM + 1

    def owner(self, body: str, day: date) -> str:
        """Return who follows a request of a body."""
        key = self.chance.choice(("marta", "marta", "giulia") if body == MILANO else ("sara", "ivo"))
        return "marta" if self.is_away(key, day) else key


class Life:
    """One request, from its first word to its last."""

    def __init__(self, setting: Setting, asked: Asked, text: dict[str, str]) -> None:
        self.setting, self.asked, self.text = setting, asked, text
        self.day = clock.local(asked.at).date()
        self.person = setting.quarter.adults[asked.body][asked.person]
        self.key = setting.owner(asked.body, self.day)
        setting.timeline.at(asked.at, self.open)

    def open(self) -> None:
        """Ask, at the door it came in, and plan what follows."""
        from_app = self.asked.channel == "app"
        self.thread = listening.open_thread(
            self.person, by=self.tenant() if from_app else self.desk(), chip=self.asked.chip, title=self.text["title"],
            words=self.text["words"], channel=self.asked.channel,
        )  # fmt: skip
        if from_app:
            self.after(0, 17, self.take)
        if not self.asked.kept:
            late = self.thread.first_promise + timedelta(days=self.setting.chance.randint(1, 2))
            self.setting.timeline.at(clock.at(self.working(late), time(11, 20)), self.say)
        elif self.asked.chip in OFFICE_OF and self.setting.chance.random() < HANDED_SHARE:
            self.after(1, 9, self.hand_over)
        elif self.setting.chance.random() < ASKED_SHARE:
            self.after(1, 10, self.ask)
        else:
            self.after(1, self.setting.chance.randint(9, 15), self.say)

    def take(self) -> None:
        """The one who covers the stair takes it."""
        listening.take(self.thread, by=self.desk())

    def ask(self) -> None:
        """Ask the tenant for a paper; it comes the day after."""
        listening.ask_tenant(self.thread, by=self.desk(), what="una foto del foglio che hai ricevuto")
        self.after(2, 18, self.tenant_writes)

    def tenant_writes(self) -> None:
        """The tenant brings what was missing."""
        by = self.tenant() if self.asked.channel == "app" else self.desk()
        listening.tenant_writes(self.thread, by=by, text="Ecco la foto.")
        self.after(3, 10, self.say)

    def hand_over(self) -> None:
        """Pass the question to the office whose work it is."""
        name = OFFICE_OF_LODI if self.asked.body == LODI else OFFICE_OF[self.asked.chip]
        question = QUESTIONS[self.asked.chip]
        self.sent = listening.hand_over(self.thread, self.setting.bodies.offices[name], by=self.desk(), question=question)
        self.after(1, 15, self.office_takes)
        self.after(2, 11, self.office_answers)

    def office_takes(self) -> None:
        """The office says it has it, from its mailed link."""
        listening.take_hand_over(self.sent, by=self.office())

    def office_answers(self) -> None:
        """The office answers, and the community manager speaks to the tenant the same day."""
        listening.answer_hand_over(self.sent, by=self.office(), text=ANSWERS[self.asked.chip])
        self.after(2, 15, self.say)

    def say(self) -> None:
        """Answer the tenant, and a few days later ask whether it is so for them."""
        listening.say(self.thread, by=self.desk(), text=self.text["answer"])
        today = clock.today()
        solved = self.working(today + timedelta(days=self.setting.chance.randint(1, 2)))
        self.setting.timeline.at(clock.at(solved, time(12)), self.propose)

    def propose(self) -> None:
        """Say it is solved, for us."""
        listening.propose_solved(self.thread, by=self.desk(), text=self.text["answer"])
        heard = self.working(clock.today() + timedelta(days=1))
        self.setting.timeline.at(clock.at(heard, time(16, 10)), self.confirm)

    def confirm(self) -> None:
        """The tenant says yes, in the app or on the phone."""
        listening.tenant_confirms(self.thread, by=self.tenant() if self.asked.channel == "app" else self.desk())

    def after(self, days: int, hour: int, act: Act) -> None:
        """Plan an act some working days after the first day."""
        day = working_days.add(self.day, days, "LO" if self.asked.body == LODI else "MI")
        instant = clock.at(day, time(hour, self.setting.chance.randrange(0, 60, 5)))
        self.setting.timeline.at(max(instant, clock.now() + timedelta(minutes=20)), act)

    def working(self, day: date) -> date:
        """Return a day, or the next working one."""
        return working_days.add(day, 0, "LO" if self.asked.body == LODI else "MI")

    def desk(self) -> Actor:
        """Return who follows it, at work today."""
        away = self.setting.is_away(self.key, clock.today())
        return self.setting.desk("marta" if away else self.key)

    def tenant(self) -> Actor:
        """Return the tenant, signed in to the app."""
        return tenant(self.person.pk, self.person.agency_id)

    def office(self) -> Actor:
        """Return the office, come in by its link."""
        return office(self.sent.pk, self.sent.agency_id)


def tenant(person_id: int, agency_id: int) -> Actor:
    """Return a tenant signed in to the app."""
    actor = tenant_actor({"kind": str(Kind.TENANT), "id": person_id, "agency": agency_id})
    if actor is None:
        raise LookupError(person_id)
    return actor


def office(hand_over_id: int, agency_id: int) -> Actor:
    """Return an office come in by the link it was mailed."""
    actor = access.link_actor({"id": hand_over_id, "agency": agency_id})
    if actor is None:
        raise LookupError(hand_over_id)
    return actor


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a local hour of a day."""
    return clock.at(day, time(hour, minute))
