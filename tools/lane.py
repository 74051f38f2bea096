"""What a child process needs to be the protected lane: its own settings, its own cluster, and nothing of the house's."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tools import cluster, environment, house
from tools.paths import LANE_STATE, ROOT, python

DATABASE = "riservato"


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


def command(arguments: list[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command of the lane's own: ``./run cortile haven COMMAND``."""
    return house.show([python(), "-m", "django", *arguments], env or stand())
