"""Samira's homework club: one service said no, another has the request since yesterday; Piero reads it there."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.plan import Plan
from cortile.backstage.world.stories import AFTER_SCHOOL
from cortile.directory import reads as directory
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.listening import access as listening
from cortile.referrals import access, actions
from cortile.referrals.bases import Yes

NO, WAITS = "Centro ragazzi La Corte", "Doposcuola delle Betulle"
NEED = "Aiuto con i compiti per i bambini, tre pomeriggi."
FIELDS = ("name", "phone", "language", "children_ages", "need")
SAID = "Possiamo dire a «%s» il tuo nome, il telefono, la lingua e l'età dei bambini? Puoi cambiare idea quando vuoi."


class Referred:
    """Sends the request on, once there are services to send it to."""

    def __init__(self, plan: Plan, bodies: Bodies) -> None:
        self.bodies, self.by = bodies, bodies.by("marta")
        found = listening.visible_to(self.by).filter(title=AFTER_SCHOOL["title"], person__demo_persona="samira").first()
        if found is None:
            return
        # Never before she asked, whatever day the world begins on.
        asked = clock.local(found.opened_at).date()
        first = self._send(found, NO, max(asked, plan.today - timedelta(days=2)), time(18))
        with clock.frozen(clock.at(plan.today - timedelta(days=1), time(14))):
            actions.decline(first, by=self._of(first), reason="full")
        self._send(found, WAITS, plan.today - timedelta(days=1), time(15))

    def _send(self, thread: Any, name: str, day: date, hour: time) -> Any:  # noqa: ANN401 -- doors import no models
        card = next(c.service for c in directory.cards(by=self.by, words=name) if c.service.name == name)
        with clock.frozen(clock.at(day, hour)):
            return actions.send(thread, card, by=self.by, need=NEED, fields=FIELDS, basis=Yes(SAID % name))

    def _of(self, sent: Any) -> Actor:  # noqa: ANN401 -- doors import no models
        found = access.partner_actor(access.session_of(sent))
        if found is None:
            raise LookupError(sent)
        return found
