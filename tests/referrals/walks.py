"""Random walks through the life of referrals: any act, by anybody, on any day. Refusals are part of the walk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st

from cortile.directory.models import Service
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.referrals import actions, rules
from cortile.referrals.models import Referral
from cortile.referrals.states import OUTCOMES, REASONS, TURNED_DOWN, WAITING
from tests import cast
from tests.listening.walks import undone
from tests.referrals import world


@dataclass
class Walk:
    """A request, the services there are, and the day it is."""

    thread: Thread
    services: list[Service]
    day: date

    def all(self) -> list[Referral]:
        """Return the referrals as they are now."""
        return list(Referral.objects.select_related("agency", "thread", "consent").order_by("pk"))

    def one(self, dice: int) -> Referral:
        """Pick a referral; without any, the walk is refused this step."""
        rows = self.all()
        if not rows:
            raise Refused("none", "")
        return rows[dice % len(rows)]


def _lead() -> Actor:
    return cast.at_desk("paola")


def _speaks(sent: Referral, dice: int) -> Actor:
    """Return the service by its link, or the colleague who heard it on the phone."""
    return (world.partner(sent) if dice % 2 else None) or _lead()


def _send(walk: Walk, dice: int) -> None:
    if dice % 3 == 0:
        actions.send_to_many(walk.thread, walk.services[:2], by=_lead(), need="x", fields=("name",), basis=world.YES)
    else:
        actions.send(walk.thread, walk.services[dice % 3], by=_lead(), need="x", fields=("name",), basis=world.YES)


def _accept(walk: Walk, dice: int) -> None:
    sent = walk.one(dice)
    actions.accept(sent, by=_speaks(sent, dice), day=clock.today() + timedelta(days=dice))


def _decline(walk: Walk, dice: int) -> None:
    sent = walk.one(dice)
    actions.decline(sent, by=_speaks(sent, dice), reason=REASONS[dice % len(REASONS)], words="No.")


def _ask(walk: Walk, dice: int) -> None:
    sent = walk.one(dice)
    actions.ask(sent, by=_speaks(sent, dice), words="Che classe?")


def _said(walk: Walk, dice: int) -> None:
    sent, outcome = walk.one(dice), OUTCOMES[dice % len(OUTCOMES)]
    if dice % 2:
        actions.said_by_person(sent, by=_lead(), outcome=outcome)
    else:
        actions.said_by_service(sent, by=_speaks(sent, dice), outcome=outcome)


def _withdraw(walk: Walk, dice: int) -> None:
    consent = walk.one(dice).consent
    assert consent is not None
    actions.withdraw_consent(consent, by=cast.herself("adele"))


ACTS: dict[str, Callable[[Walk, int], object]] = {
    "send": _send,
    "accept": _accept,
    "decline": _decline,
    "ask": _ask,
    "answer": lambda w, n: actions.answer(w.one(n), by=_lead(), words="La terza."),
    "said": _said,
    "reroute": lambda w, n: actions.reroute(w.one(n), w.services[n % 3], by=_lead(), basis=world.YES),
    "revoke": lambda w, n: actions.revoke(w.one(n), by=_lead(), reason="Non serve più"),
    "withdraw": _withdraw,
    "say": lambda w, _: listening.say(w.thread, by=_lead(), text="Ci siamo."),
    "write": lambda w, _: listening.tenant_writes(w.thread, by=cast.herself("adele"), text="Allora?"),
    "close": lambda w, _: listening.close(w.thread, by=_lead(), outcome="withdrawn"),
    "reopen": lambda w, _: listening.reopen(w.thread, by=cast.herself("adele")),
}
NIGHTS = ("night", "weekend", "fortnight")
paths: st.SearchStrategy[list[tuple[str, int]]] = st.lists(
    st.tuples(st.sampled_from(["send", *ACTS, *NIGHTS]), st.integers(0, 40)), min_size=1, max_size=12
)


def walked(path: list[tuple[str, int]]) -> Iterator[Walk]:
    """Walk a path from a referral of Adele's, yielding after every step. Each night ends with the morning's watch."""
    with undone():
        services = [world.service(name, email=f"{name.lower()}@example.invalid") for name in ("Uno", "Due", "Tre")]
        walk = Walk(cast.open_request("adele", chip="school", title="Compiti"), services, clock.today())
        _step(walk, "send", 1)
        yield walk
        for name, dice in path:
            with world.on(walk.day):
                _step(walk, name, dice)
                yield walk


def _step(walk: Walk, name: str, dice: int) -> None:
    if name not in NIGHTS:
        with contextlib.suppress(Refused), transaction.atomic():
            ACTS[name](walk, dice)
        return
    walk.day += timedelta(days={"night": 1, "weekend": 3, "fortnight": 14}[name])
    with world.on(walk.day):
        listening.keep_watch(cast.agency(), by=cast.machine())
        actions.keep_watch(cast.agency(), by=cast.machine())


def problems(walk: Walk) -> list[str]:
    """Return what an honest witness would object to, in words."""
    thread = Thread.objects.get(pk=walk.thread.pk)
    found = [f"{r.number}: {what}" for r in walk.all() for what in _of_one(r, thread, walk.day)]
    if thread.state != "closed" and not (thread.owner_id and thread.ball and thread.next_date):
        found.append("the request rests on nobody")
    return found


def _of_one(row: Referral, thread: Thread, day: date) -> Iterator[str]:
    if set(row.shared) != set(row.fields) or not row.fields or row.consent is None:
        yield "it shares what nobody ticked, or on no basis"
    if row.is_open and (row.next_date is None or not row.ball):
        yield "it rests without a next date"
    if row.is_open and thread.state == "closed" and row.state in (*WAITING, *TURNED_DOWN):
        yield "its request is over and nobody was told"
    if row.state in TURNED_DOWN and row.is_open and row.ball != "us":
        yield "a no became silence"
    of = rules.Calendar(row.agency.holiday_subdivision)
    waits = row.is_open and row.ball == "service" and row.state in WAITING
    if waits and day > of.add(row.waits_since, rules.BACK_AFTER) + timedelta(days=14):
        yield "a service keeps silent and nobody knows"
    given = row.is_open and row.consent is not None and row.consent.withdrawn_at is None and row.state not in TURNED_DOWN
    if not given and world.partner(row) is not None:
        yield "it is shown after its end"
