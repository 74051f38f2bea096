"""The processes of ``bench reservations``: a call with money for some, a crowd that applies at once, and what was seen meanwhile.

``prepare`` makes the body, the crowd (as a landlord's registry brings it), the call and its envelope; ``rush`` lets the crowd
apply through as many processes, each with its own connection, and looks at what is left of the money all the while.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from datetime import time as hour
from random import Random
from typing import Any

import django

AWARD, SEED, LOOKS = 500_00, 20_260_311, 0.01
# Some dwellings stand empty, whatever their number.
SPARE = 100
CITED = "Banco di prova"
# The same sum for everybody whose ISEE is known: who has the money then says the order, and nothing else does.
RULE: dict[str, Any] = {
    "inputs": [{"name": "isee", "kind": "cents", "label": "ISEE", "source": "attestazione ISEE", "most": 1_000_000_00}],
    "parameters": [
        {"name": name, "kind": "cents", "label": name, "citation": CITED, "values": [{"since": "2020-01-01", "value": value}]}
        for name, value in (("sum", AWARD), ("most", 900_000_00))
    ],
    "requirements": [
        {"key": "isee_ceiling", "test": {"at_most": [{"input": "isee"}, {"parameter": "most"}]}, "citation": CITED,
         "label": "L'ISEE non supera {most}.", "cure": "Chiedi allo Spazio C.A.S.A."},
    ],
    "award": {"parameter": "sum"},
}  # fmt: skip
TEXTS = {"title": "Aiuto per la casa", "purpose": "Aiuta a pagare la casa.", "paid_how": "Lo togliamo dalla bolletta."}


@dataclass(frozen=True, slots=True)
class Made:
    """What was prepared: a body, its call and envelope, and for each of the crowd their ISEE in cents, by person."""

    agency: int
    call: int
    envelope: int
    at: str
    isee: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rush:
    """What was seen: seconds from the first to the last, how many were sent, the least that was ever left, and how many looks."""

    seconds: float
    sent: int
    refused: list[str]
    least: int
    looks: int


def prepare(strategy: str, many: int, money_for: int, *, code: str = "banco") -> Made:
    """Make a body with a crowd of so many, and a call with money for some of them, open since yesterday."""
    from cortile.accounts import registry  # noqa: PLC0415 -- app ready
    from cortile.accounts.registry import generate  # noqa: PLC0415 -- app ready
    from cortile.agencies import actions as agencies  # noqa: PLC0415 -- app ready
    from cortile.agencies.roles import Role  # noqa: PLC0415 -- app ready
    from cortile.homes.access import at_work  # noqa: PLC0415 -- app ready
    from cortile.kit import clock, working_days  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import system  # noqa: PLC0415 -- app ready

    job = system("bench")
    week = [working_days.Hours(day, hour(9), hour(17)) for day in range(5)]
    body = agencies.open_agency(
        by=job, code=code, name=code, short_name=code, kind="aler", hours=week, phone="02 5550 000", holiday_subdivision="MI"
    )
    writer, lead = (
        agencies.hire(body, by=job, email=f"{role}@{code}.invalid", given_name=role, family_name=code, role=role)
        for role in (Role.PROGRAMME, Role.LEAD)
    )
    registry.run(body, generate.files(generate.Recipe(many + SPARE, seed=SEED)), by=job)
    call, envelope = _call(body, at_work(writer), at_work(lead), strategy, money_for * AWARD)
    return Made(body.pk, call, envelope, clock.now().isoformat(), _crowd(body.pk, many))


def _call(body: Any, writer: Any, lead: Any, strategy: str, cents: int) -> tuple[int, int]:  # noqa: ANN401 -- a row, and actors
    from cortile.benefits import actions as benefits  # noqa: PLC0415 -- app ready
    from cortile.kit import clock  # noqa: PLC0415 -- app ready

    opens, closes = (clock.now() + timedelta(days=days) for days in (-1, 30))
    version = benefits.draft_call(body, by=writer, code="2026/1", programme="banco", rule=RULE, conditions={
        "texts": TEXTS, "opens_at": opens.isoformat(), "closes_at": closes.isoformat(), "envelope_cents": cents,
        "strategy": strategy, "last": "whole_only",
    })  # fmt: skip
    benefits.publish_call(benefits.propose_call(version.pk, by=writer).pk, by=lead)
    envelope = benefits.open_envelope(body, by=writer, code="B1", fund=CITED, call=version.call)
    benefits.allocate(envelope, by=writer, cents=cents, reason=CITED)
    return version.call_id, envelope.pk


def _crowd(agency_id: int, many: int) -> dict[str, int]:
    """Return who signed a contract, each with an ISEE; some of them alike, so that arrival parts them."""
    from cortile.kit.actor import acting, system  # noqa: PLC0415 -- app ready
    from cortile.people import access  # noqa: PLC0415 -- app ready

    job, chance = system("bench", agency_id=agency_id), Random(SEED)  # noqa: S311 -- invented figures
    with acting(job):
        rows = access.visible_to(job).filter(tenancies_held__isnull=False, tenancies_held__end=None)
        people = sorted(set(rows.values_list("pk", flat=True)))[:many]
    return {str(pk): chance.randrange(1_000, 40_000) * 1_00 for pk in people}


def rush(made: Made, workers: int) -> Rush:
    """Let everybody apply at once, through so many processes, and look at what is left until all are through."""
    from django.db import connections, transaction  # noqa: PLC0415 -- app ready

    # Once, and taken back: the workers of a server have answered somebody before, and know the way.
    with transaction.atomic():
        _apply(made, int(next(iter(made.isee))))
        transaction.set_rollback(True)
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    together, answers = fork.Barrier(workers + 1), fork.Queue()
    crowd = list(made.isee)
    Random(SEED).shuffle(crowd)  # noqa: S311 -- an order of arrival
    hands = [fork.Process(target=_work, args=(made, crowd[n::workers], together, answers)) for n in range(workers)]
    for hand in hands:
        hand.start()
    together.wait()
    begun = time.perf_counter()
    least = _watched(made, hands)
    took = time.perf_counter() - begun
    found = [answers.get() for _ in hands]
    return Rush(took, sum(sent for sent, _ in found), [code for _, codes in found for code in codes], min(least), len(least))


def _watched(made: Made, hands: Sequence[Any]) -> list[int]:
    """Return what was left each time somebody looked."""
    from django.db import connection  # noqa: PLC0415 -- app ready

    from cortile.kit.actor import acting, system  # noqa: PLC0415 -- app ready

    seen = []
    with acting(system("bench", agency_id=made.agency)), connection.cursor() as cursor:
        while any(hand.is_alive() for hand in hands):
            cursor.execute("SELECT cents FROM benefits_balance WHERE envelope_id = %s AND account = 'available'", [made.envelope])
            seen.append(int(cursor.fetchone()[0]))
            time.sleep(LOOKS)
    return seen


def _work(made: Made, mine: list[str], together: Any, answers: Any) -> None:  # noqa: ANN401 -- of multiprocessing
    """Apply for some of the crowd, one after the other, as each of them."""
    from cortile.kit.refusals import Refused  # noqa: PLC0415 -- app ready

    codes, sent = [], 0
    together.wait()
    for person in mine:
        try:
            _apply(made, int(person))
            sent += 1
        except Refused as refused:
            codes.append(refused.code)
    answers.put((sent, codes))


def _apply(made: Made, person: int) -> None:
    from cortile.benefits import actions as benefits  # noqa: PLC0415 -- app ready
    from cortile.kit.actor import acting  # noqa: PLC0415 -- app ready
    from cortile.people import access  # noqa: PLC0415 -- app ready

    herself = access.tenant_actor({"kind": "tenant", "id": person, "agency": made.agency, "step": 2, "came_by": "spid"})
    if herself is None:
        raise LookupError(person)
    with acting(herself):
        told = {"isee": benefits.Stated(made.isee[str(person)], "attestazione ISEE")}
        benefits.submit(made.call, access.the_one(herself, person), by=herself, stated=told, once=str(person))


def answer(words: Sequence[str]) -> dict[str, Any]:
    """Do what the command line asks: ``prepare STRATEGY MANY MONEY_FOR`` or ``rush MADE WORKERS``."""
    from cortile.kit import clock  # noqa: PLC0415 -- app ready

    if words[0] == "prepare":
        return asdict(prepare(words[1], int(words[2]), int(words[3])))
    made = Made(**json.loads(words[1]))
    # The crowd comes at the instant the call was made: tests stop the clock, and a call of theirs is open then only.
    with clock.frozen(datetime.fromisoformat(made.at)) if len(words) > 3 else contextlib.nullcontext():  # noqa: PLR2004 -- «at»
        return asdict(rush(made, int(words[2])))


if __name__ == "__main__":
    django.setup()
    print(json.dumps(answer(sys.argv[1:])))  # noqa: T201 -- read by the bench
