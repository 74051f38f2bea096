"""Who else knows a little of somebody: a copy for the Comune, two doors the custodian knocks at, whom the nurse receives."""

from __future__ import annotations

from datetime import time, timedelta

from cortile.agenda import actions as agenda
from cortile.backstage.world.lives import Setting, instant
from cortile.backstage.world.quarter import MILANO
from cortile.backstage.world.weeks import SPACE
from cortile.kit import clock
from cortile.people import actions as people

COMUNE = "comune-milano"
KEPT = timedelta(days=60)


class Circles:
    """Plans who is told what, and how little."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.plan = setting, setting.plan
        self.adults = setting.quarter.adults[MILANO]
        self.quiet = [p for p in self.adults if p.demo_persona is None and p.language == "it"][-4:]
        setting.timeline.at(instant(self.plan.back(2), 17, 5), self.share)
        setting.timeline.at(instant(self.plan.back(6), 12, 45), self.knock)
        setting.timeline.at(instant(self.plan.back(1), 12, 50), self.receive)

    def share(self) -> None:
        """Marta tells the Comune of Samira's need: her name and her language, with her yes."""
        samira = next(p for p in self.adults if p.demo_persona == "samira")
        people.share_copy(
            samira, by=self.setting.desk("marta"), to=self.setting.bodies.bodies[COMUNE], fields=["name", "language", "need"],
            need="Doposcuola per i bambini", purpose="Trovare un doposcuola vicino", basis="consent", said_yes=True,
            evidence="Ha detto sì al telefono, con l'interprete.", until=clock.today() + KEPT,
        )  # fmt: skip

    def knock(self) -> None:
        """Two persons ask the custodian to come by."""
        for person in self.quiet[:2]:
            people.set_preferences(person, by=self.setting.desk("marta"), visits_welcome=True)

    def receive(self) -> None:
        """The desk fixes two appointments with the nurse."""
        bodies = self.setting.bodies
        for number, person in enumerate(self.quiet[2:]):
            agenda.book(
                person, by=self.setting.desk("silvia"), staff=bodies.staff["lucia"], place=bodies.places[SPACE],
                starts_at=clock.at(self.plan.ahead(number), time(10 + number, 30)),
            )  # fmt: skip
