"""Two applications of the world: Gianni's waits to be examined, Samira's rests on an ISEE that is too high."""

from __future__ import annotations

from datetime import time

from cortile.backstage.world.plan import Plan
from cortile.benefits import actions as benefits
from cortile.benefits import reads
from cortile.benefits.actions import Stated
from cortile.kit import clock
from cortile.kit.actor import Kind
from cortile.people import reads as people
from cortile.people.access import tenant_actor

MORNING = time(10)
# Who applies, with an ISEE and what is due for the heating, in cents.
TOLD = {"gianni": (12_400_00, 825_00), "samira": (15_420_00, 640_00)}


class Applications:
    """Sends them in the morning before, each by its own applicant come in with SPID."""

    def __init__(self, plan: Plan) -> None:
        with clock.frozen(clock.at(plan.back(1), MORNING)):
            for slug, (isee, due) in TOLD.items():
                self._send(slug, {"band": 1, "isee": isee, "due": due})

    def _send(self, slug: str, said: dict[str, int]) -> None:
        person = people.personas().get(slug)
        calls = [v for v in reads.open_now(person.agency_id) if v.call.programme == "energy"] if person else []
        if person is None or not calls:
            return
        by = tenant_actor({"kind": str(Kind.TENANT), "id": person.pk, "agency": person.agency_id, "came_by": "spid", "step": 2})
        if by is not None:
            stated = {name: Stated(value, "dichiarato") for name, value in said.items()}
            benefits.submit(calls[0].call_id, person, by=by, stated=stated)
