"""What a child process needs to be the protected lane: its own settings, its own cluster, and nothing of the house's."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tools import cluster, environment, house
from tools.paths import LANE_DATABASE_HOME, LANE_STATE, ROOT, python

DATABASE = "riservato"
# Cookies ignore ports: only another host name keeps the lane's from the house's pages.
HOST = "riservato.localhost"
SEED = "42"


def stand(*, dev: bool = True, name: str = DATABASE) -> dict[str, str]:
    """Install, start the lane's PostgreSQL, make and migrate its database. Return the environment of a child process."""
    with house.alone():
        environment.ready(dev=dev)
        LANE_STATE.mkdir(parents=True, exist_ok=True)
        LANE_STATE.chmod(0o700)
        (LANE_STATE / "static").mkdir(exist_ok=True)
        house.sentences()
        if not own_server():
            return child()
        cluster.up(cluster.LANE)
        house.databases("ensure", name, where=cluster.LANE)
        env = child() | cluster.urls(name, cluster.LANE)
        house.migrate(env, name, cluster.LANE)
    return env


def own_server() -> bool:
    """Tell whether the lane's PostgreSQL is ours to start: nobody gave an address."""
    return not os.environ.get("HAVEN_DATABASE_URL")


def child(**more: str) -> dict[str, str]:
    """Return the environment of a child process, without a database and without anything that leads to the house's."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CORTILE_") and k != "DATABASE_URL"}
    path = [str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {
        "PYTHONPATH": os.pathsep.join(path),
        "HAVEN_STATE": os.environ.get("HAVEN_STATE", str(LANE_STATE)),
        "DJANGO_SETTINGS_MODULE": "cortile.haven.settings",
    }
    if own_server():
        ours["CORTILE_DEMO"] = os.environ.get("CORTILE_DEMO", "1")
    return {**inherited, **ours, **more}


def address(port: int) -> str:
    """Return where anybody finds the lane's door in a demo."""
    return f"http://{HOST}:{port}/"


def world(env: Mapping[str, str], *, fresh: bool) -> None:
    """Seed the lane's own world, unless today's stands."""
    stamp = LANE_DATABASE_HOME / "world"
    day = datetime.now(ZoneInfo("Europe/Rome")).date().isoformat()
    wanted = house.fingerprint([*house.migrations(cluster.LANE), *_makers()], day, SEED)
    with house.alone():
        if own_server() and not fresh and stamp.exists() and stamp.read_text() == wanted:
            return
        if own_server():
            empty(env)
        house.call([python(), "-m", "django", "seed", "--seed", SEED], env)
        if own_server():
            stamp.write_text(wanted)


def empty(env: Mapping[str, str], name: str = DATABASE) -> None:
    """Begin again from an empty database of ours."""
    if name == DATABASE:
        (LANE_DATABASE_HOME / "world").unlink(missing_ok=True)
    house.databases("empty", name, where=cluster.LANE)
    house.forget(name, cluster.LANE)
    house.migrate(env, name, cluster.LANE)


def _makers() -> list[Path]:
    room = ROOT / "src" / "cortile" / "haven"
    return [room / "world.py", room / "management" / "commands" / "seed.py", *sorted((room / "actions").glob("*.py"))]


def split(arguments: list[str]) -> tuple[list[str], list[str] | None]:
    """Part the words of ``seed`` into the house's and the lane's own: no process of the house learns how many were asked for."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--protected-cases")
    asked, theirs = parser.parse_known_args(arguments)
    if asked.protected_cases is None:
        return theirs, None
    shared, _ = _both().parse_known_args(theirs)
    also = [word for name, value in vars(shared).items() if value is not None for word in (f"--{name}", value)]
    return theirs, ["--protected-cases", asked.protected_cases, *also]


def _both() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--seed")
    parser.add_argument("--today")
    return parser


def seed(arguments: list[str]) -> int:
    """Build the lane's world anew with as many records as are asked for: a database of ours begins again from nothing."""
    env = stand()
    if own_server():
        with house.alone():
            empty(env)
    return command(["seed", *arguments], env)


def command(arguments: list[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command of the lane's own: ``./run cortile haven COMMAND``."""
    return house.show([python(), "-m", "django", *arguments], env or stand())
