"""Random walks through the life of a request: any act, by anybody, on any day. Refusals are part of the walk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st

from cortile.agencies import actions as agencies
from cortile.kit import clock
from cortile.kit.refusals import Refused
from cortile.listening import actions, states
from cortile.listening.models import Thread
from tests import cast


@dataclass
class Walk:
    """A request, the day it is, and what an honest witness has seen of it."""

    thread: Thread
    day: date
    attempts: int = 0
    said_yes: bool = False
    seen: list[str] = field(default_factory=list)

    def fresh(self) -> Thread:
        """Return the row as it is now."""
        return Thread.objects.select_related("owner", "person", "agency").get(pk=self.thread.pk)


Step = tuple[str, int]
Act = Callable[[Walk, int], object]
OUTCOMES = (*states.OUTCOMES, "solved")


def _close(walk: Walk, dice: int) -> None:
    yes = dice % 3 == 0
    outcome = OUTCOMES[dice % len(OUTCOMES)]
    actions.close(walk.thread, by=cast.at_desk("paola"), outcome=outcome, tenant_said_yes=yes)
    walk.said_yes = walk.said_yes or yes


def _attempt(walk: Walk, _: int) -> None:
    actions.record_attempt(walk.thread, by=cast.at_desk("paola"), how="phone")
    walk.attempts += 1


def _confirm(walk: Walk, _: int) -> None:
    actions.tenant_confirms(walk.thread, by=cast.herself("adele"))
    walk.said_yes = True


def _reopen(walk: Walk, _: int) -> None:
    actions.reopen(walk.thread, by=cast.herself("adele"))
    walk.attempts, walk.said_yes = 0, False


def _move(walk: Walk, dice: int) -> None:
    day = clock.today() + timedelta(days=dice % 20)
    actions.move_promise(walk.thread, by=cast.at_desk("paola"), day=day, reason="Aspettiamo un pezzo" if dice % 2 else "")


def _office(walk: Walk, dice: int) -> None:
    sent = walk.thread.hand_overs.filter(state__in=["sent", "taken"]).first()
    if sent is None:
        actions.hand_over(walk.thread, cast.office(), by=cast.at_desk("paola"), question="Quanto deve?")
    elif dice % 3 == 0:
        actions.answer_hand_over(sent, by=cast.at_desk("ornella"), text="Deve 640 euro.")
    elif dice % 3 == 1:
        actions.send_back(sent, by=cast.at_desk("ornella"), reason="Non è nostro")
    else:
        day = clock.today() + timedelta(days=dice % 15)
        actions.date_hand_over(sent, by=cast.at_desk("ornella"), day=day, reason="Ferie")


def _leave(walk: Walk, dice: int) -> None:
    owner = walk.fresh().owner
    assert owner is not None
    first = clock.today() + timedelta(days=dice % 3)
    agencies.set_absence(owner, by=cast.machine(), first_day=first, last_day=first + timedelta(days=14))


ACTS: dict[str, Act] = {
    "say": lambda w, _: actions.say(w.thread, by=cast.at_desk("paola"), text="Ci pensiamo noi."),
    "ask": lambda w, _: actions.ask_tenant(w.thread, by=cast.at_desk("paola"), what="una foto"),
    "take": lambda w, _: actions.take(w.thread, by=cast.at_desk("marta")),
    "propose": lambda w, _: actions.propose_solved(w.thread, by=cast.at_desk("paola"), text="Riparato."),
    "not_solved": lambda w, _: actions.tenant_not_solved(w.thread, by=cast.herself("adele")),
    "write": lambda w, _: actions.tenant_writes(w.thread, by=cast.herself("adele"), text="È ancora fermo."),
    "assign": lambda w, _: actions.assign(w.thread, cast.staff("marta"), by=cast.at_desk("paola")),
    "close": _close,
    "attempt": _attempt,
    "confirm": _confirm,
    "reopen": _reopen,
    "move": _move,
    "office": _office,
    "leave": _leave,
}
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(st.sampled_from([*ACTS, "night", "night"]), st.integers(0, 40)), min_size=1, max_size=14
)


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Run one example of a property and undo it, so that every example starts from the same cast."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def walked(path: list[Step]) -> Iterator[Walk]:
    """Walk a path from Adele's new request, yielding after every step. Each night ends with the morning's watch."""
    with undone():
        cast.give_mobile("adele")
        walk = Walk(cast.open_request("adele"), clock.today())
        yield walk
        for name, dice in path:
            with clock.frozen(cast.NOW + (walk.day - cast.NOW.date())):
                _step(walk, name, dice)
                yield walk


def _step(walk: Walk, name: str, dice: int) -> None:
    walk.seen.append(name)
    if name != "night":
        with contextlib.suppress(Refused), transaction.atomic():
            ACTS[name](walk, dice)
        return
    walk.day += timedelta(days=1)
    with clock.frozen(cast.NOW + (walk.day - cast.NOW.date())):
        actions.keep_watch(cast.agency(), by=cast.machine())
