"""Two databases of the house, equal to the byte, and the lane's own with and without protected cases beside them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connections
from django.test import Client

from cortile.kit import clock, kept, wall
from tests import cast, database
from tests.house import test_permissions as table
from tests.two_worlds.answers import Answer, Asker, ask
from tests.two_worlds.product import Request
from tools import cluster, house, lane

WITHOUT, WITH = "a", "b"
CASES = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Both worlds: what the addresses name, and the sessions of everybody, the same in each."""

    databases: dict[str, str]
    things: dict[str, object]
    sessions: dict[str, str]

    def asked(self, which: str, requests: list[Request]) -> list[Answer]:
        """Ask everything in one world, in this order."""
        clients = {who: _client(key) for who, key in self.sessions.items()}
        with self.entered(which):
            return [ask(clients[request.who], request) for request in requests]

    @contextlib.contextmanager
    def entered(self, which: str) -> Iterator[None]:
        """Stand in one of the two worlds, with nothing remembered of the other."""
        here = str(connections["default"].settings_dict["NAME"])
        database.point_at(self.databases[which])
        kept.forget()
        try:
            with clock.frozen(cast.NOW), wall.within(None):
                yield
        finally:
            kept.forget()
            database.point_at(here)


def _client(key: str) -> Client:
    client = Asker()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


@contextlib.contextmanager
def both() -> Iterator[Pair]:
    """Live in one world, copy it, and hand both over."""
    mine = database.mine()
    names = {which: f"{mine}_{which}" for which in (WITHOUT, WITH)}
    connections["default"].close()
    for name in names.values():
        database.drop(name)
    database.clone(mine, names[WITHOUT])
    database.point_at(names[WITHOUT])
    try:
        with clock.frozen(cast.NOW), wall.within(wall.EVERY_BODY):
            things = table.things()
            sessions = {who: table.client_of(who, things).cookies[settings.SESSION_COOKIE_NAME].value for who in table.COLUMNS}
        connections["default"].close()
        database.clone(names[WITHOUT], names[WITH])
        yield Pair(names, things, sessions)
    finally:
        database.point_at(mine)
        for name in names.values():
            database.drop(name)


@contextlib.contextmanager
def the_lane() -> Iterator[Lane]:
    """Bring up a lane of this test's own, on the lane's cluster, and take it away."""
    name = f"{database.mine()}_lane"
    env = lane.stand(name=name)
    try:
        yield Lane(name, env)
    finally:
        house.databases("drop", name, where=cluster.LANE)
        house.forget(name, cluster.LANE)


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane beside the house: seeded by a process of its own, as ``seed --protected-cases N`` does."""

    name: str
    env: dict[str, str]

    def holds(self, cases: int) -> None:
        """Begin again with so many protected cases."""
        lane.empty(self.env, self.name)
        assert lane.command(["seed", "--protected-cases", str(cases), "--today", cast.NOW.date().isoformat()], self.env) == 0
