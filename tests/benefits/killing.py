"""Payments while workers and their database are killed: a program of its own, on a cluster of its own.

``python -m tests.benefits.killing KILLS FAMILIES WAY`` prints what was acknowledged, lost and doubled, as JSON. A worker is a
fork of this process; what it acknowledges goes into a pipe, and what it orders into a file that only grows: the receiving side,
which knows an order by its reference, as banks do. Only processes started here are killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import psycopg

WORKERS, ONE_IN, SHORTEST, LONGEST = 2, 4, 0.02, 0.4
PARTS, LINES = 4, 3
MS03 = "MS03"


@dataclass
class Told:
    """What workers acknowledged, and what was killed."""

    sent: set[str] = field(default_factory=set)
    paid: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    workers: int = 0
    databases: int = 0

    def hear(self, pipe: int) -> None:
        """Read what stands in the pipe."""
        with contextlib.suppress(BlockingIOError):
            while said := os.read(pipe, 1 << 16):
                for line in said.decode().splitlines():
                    what, reference = line.split()
                    getattr(self, what).add(reference)


# --- a worker ---


def work(way: str, pipe: int, orders: int) -> None:
    """Pay whatever can be paid until there is nothing left, however often the database is gone meanwhile."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 -- once Django stands

    step = {"house": _step, "naive": _naive_step}[way]
    while True:
        try:
            if not step(pipe, orders):
                return
        except (DatabaseError, psycopg.Error):
            with contextlib.suppress(Exception):
                connection.close()
            time.sleep(0.05)


def _step(pipe: int, orders: int) -> bool:
    """Do the next thing of a batch: send it, take its answer in, pay again what came back. Tell each once it is done."""
    from cortile.benefits import actions  # noqa: PLC0415 -- once Django stands
    from cortile.kit.refusals import Refused  # noqa: PLC0415 -- as above
    from tests import cast  # noqa: PLC0415 -- as above

    federica, paola = cast.at_desk("federica"), cast.at_desk("paola")
    batch = _next()
    if batch is None:
        return False
    with contextlib.suppress(Refused):
        if batch.state == "open":
            actions.close_batch(batch.pk, by=federica)
        elif batch.state == "closed":
            actions.sign_batch(batch.pk, by=paola)
        elif batch.state == "signed":
            actions.send_batch(batch.pk, by=federica)
            _deliver(batch, orders, pipe)
        elif batch.state == "sent":
            # Whoever died between the act and the delivery is finished by the next one: the file is the same.
            _deliver(batch, orders, pipe)
            actions.take_in_outcomes(batch.pk, _answer(batch), by=federica)
            _tell(pipe, *(f"{_outcome(line)} {line.reference}" for line in batch.rows.all()))
        else:
            actions.follow_up(batch.pk, by=federica, execution_date=_day(), reason="Di nuovo", way="account")
    return True


def _next() -> Any:  # noqa: ANN401 -- a batch, of a model that is not loaded yet
    """Return a batch with something to do, any of them: two workers often take the same one."""
    from cortile.benefits.models import Batch, BatchLine  # noqa: PLC0415 -- once Django stands

    open_ones = list(Batch.objects.filter(state__in=["open", "closed", "signed", "sent"]).order_by("?")[:1])
    if open_ones:
        return open_ones[0]
    back = BatchLine.objects.filter(state="returned", batch__followed_by=None).first()
    return back.batch if back else None


def _deliver(batch: Any, orders: int, pipe: int) -> None:  # noqa: ANN401 -- as above
    from cortile.benefits import batches  # noqa: PLC0415 -- once Django stands
    from tests import cast  # noqa: PLC0415 -- as above

    content = batches.file_of(batch.pk, by=cast.at_desk("federica")).content.decode()
    for row in content.split("\r\n")[1:-1]:
        _number, reference, _account, tenancy, euros, *_rest = row.split(";")
        _order(orders, reference, tenancy, euros.replace(",", ""))
    _tell(pipe, *(f"sent {line.reference}" for line in batch.rows.all()))


def _order(orders: int, reference: str, tenancy: str, cents: str) -> None:
    os.write(orders, f"{reference} {tenancy} {cents}\n".encode())


def _tell(pipe: int, *said: str) -> None:
    os.write(pipe, "".join(f"{line}\n" for line in said).encode())


def _outcome(line: Any) -> str:  # noqa: ANN401 -- as above
    """Return what becomes of a line: one in five comes back the first time, and none the second."""
    return "returned" if line.batch.follows_id is None and line.pk % 5 == 0 else "paid"


def _answer(batch: Any) -> bytes:  # noqa: ANN401 -- as above
    words = {"paid": "pagato;", "returned": f"tornato;{MS03}"}
    rows = [f"{line.reference};{words[_outcome(line)]};2026-03-11" for line in batch.rows.order_by("pk")]
    return "\n".join(["riferimento;esito;codice;data", *rows]).encode()


def _day() -> Any:  # noqa: ANN401 -- a day of the tests'
    from tests.benefits import paydays  # noqa: PLC0415 -- once Django stands

    return paydays.DAY


# --- and a naive one: each attempt is something new, and it writes down afterwards that it paid ---


def _naive_step(pipe: int, orders: int) -> bool:
    from django.db import transaction  # noqa: PLC0415 -- once Django stands

    from cortile.benefits.actions import ledger  # noqa: PLC0415 -- as above
    from cortile.benefits.models import BatchLine  # noqa: PLC0415 -- as above
    from cortile.kit import scopes  # noqa: PLC0415 -- as above
    from tests import cast  # noqa: PLC0415 -- as above

    line = BatchLine.objects.filter(state="queued").order_by("?").select_related("batch__envelope", "application__tenancy").first()
    if line is None:
        return False
    fresh = uuid.uuid4().hex
    with scopes.opened(scopes.EVERYTHING), transaction.atomic():
        ledger.post(
            line.batch.envelope, "pay", line.cents, by=cast.at_desk("federica"), reason="x", key=fresh,
            application=line.application, decision=line.decision,
        )  # fmt: skip
    _order(orders, fresh, line.application.tenancy.code, str(line.cents))
    with scopes.opened(scopes.EVERYTHING):
        BatchLine.objects.filter(pk=line.pk).update(state="sent")
    _tell(pipe, f"sent {line.reference}")
    return True


# --- killing ---


def killed(kills: int, way: str, told: Told, pipe: tuple[int, int], orders: int, dice: random.Random) -> None:
    """Let workers work, and kill one of them, or the database under them, so many times."""
    workers = [_born(way, pipe[1], orders) for _ in range(WORKERS)]
    for turn in range(kills):
        time.sleep(dice.uniform(SHORTEST, LONGEST))
        if turn % ONE_IN == ONE_IN - 1:
            _kill_database()
            told.databases += 1
        else:
            place = dice.randrange(WORKERS)
            # One that had nothing left to do has ended by itself: that is no kill.
            told.workers += _kill(workers[place])
            workers[place] = _born(way, pipe[1], orders)
        told.hear(pipe[0])
    _ended(workers, told, pipe[0])


def _born(way: str, pipe: int, orders: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work(way, pipe, orders)
    finally:
        os._exit(0)


def _kill(pid: int) -> int:
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return int(os.WIFSIGNALED(status))


def _ended(workers: list[int], told: Told, pipe: int) -> None:
    """Let the last ones finish, hearing what they say so that the pipe never fills."""
    left = set(workers)
    while left:
        left -= {pid for pid in left if os.waitpid(pid, os.WNOHANG)[0]}
        told.hear(pipe)
        time.sleep(0.02)


def _kill_database() -> None:
    """Kill the server of our own cluster with all of its processes, and start it again."""
    from tools import cluster  # noqa: PLC0415 -- reads its folder from the environment
    from tools.paths import DATABASE_HOME  # noqa: PLC0415 -- as above

    note, lock = DATABASE_HOME / "data" / "postmaster.pid", DATABASE_HOME / "socket" / ".s.PGSQL.5432.lock"
    postmaster = int(note.read_text().split()[0])
    doomed = [postmaster, *_children(postmaster)]
    for pid in doomed:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(map(_lives, doomed)):
        time.sleep(0.01)
    # Nobody may have buried them yet: the next server would take a body for a running one.
    note.unlink(missing_ok=True)
    lock.unlink(missing_ok=True)
    cluster.up()


def _lives(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    return False


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


# --- before and after ---


def prepared(families: int) -> None:
    """Play the cast, let families in, and sign batches of a quarter of what each was granted."""
    from django.db import connections  # noqa: PLC0415 -- once Django stands

    from tests import cast  # noqa: PLC0415 -- as above
    from tests.benefits import paydays  # noqa: PLC0415 -- as above

    cast.play()
    version = paydays.opened()
    numbers = [paydays.neighbour(number, version).number for number in range(families)]
    for _tranche in range(PARTS):
        for first in range(0, families, LINES):
            paydays.signed(version, way="account", parts=PARTS, applications=numbers[first : first + LINES])
    connections.close_all()


def counted(told: Told, orders: Path) -> dict[str, int]:
    """Hold what was acknowledged, the lines, the ledger and the receiving side against each other."""
    from cortile.benefits.models import Balance, BatchLine, Entry, Posting  # noqa: PLC0415 -- once Django stands

    lines = {line.reference: line for line in BatchLine.objects.select_related("application__tenancy")}
    entries = Counter(Entry.objects.filter(move="pay").values_list("key", flat=True))
    lost = [r for r in told.sent if r not in lines or lines[r].state == "queued" or not entries[f"pay:{r}"]]
    lost += [r for r in told.paid if lines[r].state != "paid"] + [r for r in told.returned if lines[r].state != "returned"]
    received = {row.split()[0]: int(row.split()[2]) for row in orders.read_text().splitlines()}
    stands = sum(line.cents for line in lines.values() if line.state in {"sent", "paid"})
    left = sum(line.state != "queued" for line in lines.values())
    back = {r for r, line in lines.items() if line.state == "returned"}
    granted = sum({line.application_id: line.decision.granted_cents for line in lines.values()}.values())
    paid = Balance.objects.get(account="paid").cents
    return {
        "acknowledged": len(told.sent), "lost": len(lost), "paid": paid, "granted": granted, "lines": stands,
        "received": sum(cents for r, cents in received.items() if r not in back),
        "postings": sum(Posting.objects.filter(account="paid").values_list("cents", flat=True)),
        "doubled": _doubled(lines, received, back) + max(0, sum(entries.values()) - left),
        "worker kills": told.workers, "database kills": told.databases,
    }  # fmt: skip


def _doubled(lines: dict[str, Any], received: dict[str, int], back: set[str]) -> int:
    """Return how many orders the receiving side holds beyond one for each payment that stands."""
    known: dict[tuple[int, int], int] = defaultdict(int)
    for reference in received:
        line = lines.get(reference)
        if line is not None and reference not in back:
            known[line.decision_id, line.tranche] += 1
    strange = [reference for reference in received if reference not in lines]
    standing = [line for line in lines.values() if line.state in {"sent", "paid"}]
    return sum(times - 1 for times in known.values()) + max(0, len(strange) - len(standing) if strange else 0)


@contextlib.contextmanager
def unguarded() -> Iterator[None]:
    """Take from this cluster what keeps a naive worker from doubling in the ledger: the database would refuse it."""
    with psycopg.connect(os.environ["CORTILE_OWNER_DATABASE_URL"], autocommit=True) as owner:
        for trigger, table in (("by_a_line", "entry"), ("sum_of_its_line", "posting"), ("step", "batchline")):
            owner.execute(f"DROP TRIGGER {trigger} ON benefits_{table}")  # type: ignore[arg-type]  # our own names
    yield


def main(kills: int, families: int, way: str) -> dict[str, int]:
    """Prepare, kill, let the rest be paid, and count."""
    os.environ["CORTILE_DEMO"] = "1"
    django.setup()
    from cortile.kit import clock, wall  # noqa: PLC0415 -- once Django stands
    from tests import cast  # noqa: PLC0415 -- as above

    told, pipe = Told(), os.pipe()
    os.set_blocking(pipe[0], False)
    orders = Path(os.environ["CORTILE_STATE"]) / "orders.txt"
    growing = os.open(orders, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    guard: Callable[[], contextlib.AbstractContextManager[None]] = unguarded if way == "naive" else contextlib.nullcontext
    with clock.frozen(cast.NOW), wall.within(wall.EVERY_BODY):
        prepared(families)
        with guard():
            killed(kills, way, told, pipe, growing, random.Random(20_260_311))  # noqa: S311 -- when to kill is no secret
        return counted(told, orders)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
