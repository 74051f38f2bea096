"""What a child process needs to be Cortile: its settings, its database, its role."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tools import cluster, environment
from tools.cluster import Cluster
from tools.paths import ROOT, STATE, python
from tools.problem import Problem

DEMO_DATABASE = "cortile"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the checkout's lock: two commands started together prepare one after the other."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def stand(*, dev: bool = True, name: str = DEMO_DATABASE) -> dict[str, str]:
    """Install, start PostgreSQL, make the database. Return the environment of a child process."""
    with alone():
        environment.ready(dev=dev)
        (STATE / "static").mkdir(exist_ok=True)
        sentences()
        if not own_server():
            return child()
        cluster.up()
        database(name)
    return child() | addresses(name)


def sentences() -> None:
    """Compile the translations of the screens when somebody changed one."""
    written = sorted((ROOT / "src" / "cortile" / "config" / "locale").rglob("*.po"))
    compiled = [(po, po.with_suffix(".mo")) for po in written]
    if not all(mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime for po, mo in compiled):
        call([python(), "-m", "django", "texts", "--compile"], child())


def database(name: str) -> None:
    """Make a database with its roles and grants, unless it is there."""
    databases("ensure", name)


def databases(*words: str, where: Cluster = cluster.HOUSE) -> None:
    """Make, empty or copy a database: see ``tools/databases.py``."""
    call([python(), str(ROOT / "tools" / "databases.py"), *words], {**os.environ, "CORTILE_CLUSTER": str(where.note)})


def addresses(name: str) -> dict[str, str]:
    """Return the variables that lead to a database of ours."""
    return cluster.urls(name)


def own_server() -> bool:
    """Tell whether PostgreSQL is ours to start: nobody gave an address."""
    return not os.environ.get("DATABASE_URL")


def child(**more: str) -> dict[str, str]:
    """Return the environment of a child process, without a database."""
    path = [str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {
        "PYTHONPATH": os.pathsep.join(path),
        "CORTILE_STATE": str(STATE),
        "DJANGO_SETTINGS_MODULE": "cortile.config.settings",
    }
    if own_server():
        ours["CORTILE_DEMO"] = os.environ.get("CORTILE_DEMO", "1")
    # Nothing that leads to the protected lane is handed on: no process of the house knows where it is.
    return {**{k: v for k, v in os.environ.items() if not k.startswith("HAVEN_")}, **ours, **more}


def call(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a step that must succeed; its last lines are the explanation when it does not."""
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        tail = "\n".join((done.stderr or done.stdout).strip().splitlines()[-6:])
        message = f"Un passo non è riuscito: {' '.join(command[1:])}\n{tail}"
        raise Problem(message)


def show(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a command in front of the person and return its exit code."""
    return subprocess.run(command, env=env, check=False).returncode  # noqa: S603 -- our own command


def migrate(env: Mapping[str, str], database: str = DEMO_DATABASE, where: Cluster = cluster.HOUSE) -> None:
    """Bring the schema up to date as the owner; nothing runs when no migration changed since the last time.

    A migration rewritten after it ran cannot be applied: in a database of ours we begin again from an empty one.
    """
    files, own = migrations(where), where is cluster.LANE or own_server()
    stamp, wanted = _stamp(database, where), {str(f.relative_to(ROOT)): fingerprint([f]) for f in files}
    known = json.loads(stamp.read_text()) if stamp.exists() else {}
    if own and known == wanted:
        return
    if own and any(wanted.get(name) != content for name, content in known.items()):
        print("Le migrazioni sono state riscritte: ricomincio da un database vuoto.", flush=True)
        databases("empty", database, where=where)
    role = "HAVEN_ROLE" if where is cluster.LANE else "CORTILE_ROLE"
    call([python(), "-m", "django", "migrate", "--noinput", "--skip-checks", "-v", "0"], {**env, role: "owner"})
    stamp.write_text(json.dumps(wanted))


def forget(database: str, where: Cluster = cluster.HOUSE) -> None:
    """Forget which migrations a database has: it was emptied."""
    _stamp(database, where).unlink(missing_ok=True)


def _stamp(database: str, where: Cluster) -> Path:
    return where.home / f"migrated-{database}.json"


def migrations(where: Cluster = cluster.HOUSE) -> list[Path]:
    """Return the files a schema is made of: of the kit and the lane, or of everything but the lane."""
    every = sorted((ROOT / "src" / "cortile").glob("*/migrations/[0-9]*.py"))
    return [f for f in every if (_room_of(f) in {"kit", "haven"} if where is cluster.LANE else _room_of(f) != "haven")]


def _room_of(file: Path) -> str:
    return file.parent.parent.name


def fingerprint(files: Sequence[Path], *more: str) -> str:
    """Return a short name for the content of some files."""
    digest = hashlib.sha256()
    for part in (*(f.read_bytes() for f in files), *(m.encode() for m in more)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]
