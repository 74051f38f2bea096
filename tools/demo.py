"""./run demo: the whole house on this machine, with an invented world to walk in."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tools import cluster, house, serving
from tools.paths import DATABASE_HOME, ROOT, STATE, python
from tools.problem import Problem

SEED = "42"
# The seeded world, as it was before anybody touched it: --fresh goes back to it without seeding again.
WORLD = "cortile_world"
ROOM_NEEDED = 500_000_000
DOORS = (
    ("Ingresso, con le persone della prova", "/"),
    ("Casa, per chi abita", "/casa/"),
    ("Scrivania, per chi lavora", "/scrivania/"),
)


def run(arguments: list[str]) -> int:
    """Prepare the world, serve it and say where its doors are. Ctrl-C and SIGTERM end it cleanly."""
    asked = _asked(arguments)
    serving.free(asked.port)
    _room()
    started = house.own_server() and not cluster.running()
    with _ends_on_sigterm():
        env = {**house.stand(dev=False), "CORTILE_DEMO": "1", "CORTILE_PUBLIC_ADDRESS": f"http://{serving.HOST}:{asked.port}"}
        try:
            _world(env, fresh=asked.fresh)
            _serve(asked, env)
        except KeyboardInterrupt:
            print("\nCortile è fermo.", flush=True)
        finally:
            if started:
                cluster.down()
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description="Il mondo di prova di Cortile, su questa macchina.")
    parser.add_argument("--port", type=int, default=8000, help="la porta su cui risponde (8000)")
    parser.add_argument("--no-browser", action="store_true", help="non apre il browser")
    parser.add_argument("--fresh", action="store_true", help="torna al mondo com'era all'inizio")
    return parser.parse_args(arguments)


def _room() -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(STATE).free < ROOM_NEEDED:
        message = "Il disco è pieno: libera almeno 500 MB e riprova."
        raise Problem(message)


def _world(env: dict[str, str], *, fresh: bool) -> None:
    """Migrate and seed, unless today's world already stands. A server of somebody else's is only migrated and seeded."""
    stamp, wanted = DATABASE_HOME / "world", _world_of_today()
    with house.alone():
        if not house.own_server():
            house.migrate(env)
            house.call([python(), "-m", "django", "seed", "--seed", SEED], env)
        elif not stamp.exists() or stamp.read_text() != wanted:
            _seed(env)
            stamp.write_text(wanted)
        elif fresh:
            house.databases("copy", WORLD, house.DEMO_DATABASE)


def _seed(env: dict[str, str]) -> None:
    print("Preparo il mondo di prova (una volta al giorno)…", flush=True)
    (DATABASE_HOME / "world").unlink(missing_ok=True)
    house.databases("empty", house.DEMO_DATABASE)
    house.forget(house.DEMO_DATABASE)
    house.migrate(env)
    house.call([python(), "-m", "django", "seed", "--seed", SEED], env)
    house.databases("copy", house.DEMO_DATABASE, WORLD)


def _world_of_today() -> str:
    """Name the world: its day, its schema and the command that makes it."""
    day = datetime.now(ZoneInfo("Europe/Rome")).date().isoformat()
    return house.fingerprint([*house.migrations(), *_makers()], day, SEED)


def _makers() -> list[Path]:
    backstage = ROOT / "src" / "cortile" / "backstage"
    return sorted([*backstage.glob("management/commands/seed.py"), *backstage.glob("world/**/*.py")])


def _serve(asked: argparse.Namespace, env: dict[str, str]) -> None:
    serving.free(asked.port)
    server, sealer = serving.start(asked.port, env), _sealer(env)
    try:
        serving.answers(server, asked.port)
        address = f"http://{serving.HOST}:{asked.port}"
        for name, path in DOORS:
            print(f"{name}: {address}{path}", flush=True)
        print("SMS e mail della prova: ./run cortile watch li scrive in .state/outbox", flush=True)
        print("Ctrl-C per fermare.", flush=True)
        if not asked.no_browser and sys.stdout.isatty():
            webbrowser.open(address)
        while server.poll() is None:
            time.sleep(0.2)
    finally:
        serving.stop(server)
        # After the server: what it left last is sealed too.
        if sealer is not None:
            serving.stop(sealer)
    message = "Il servizio si è fermato da solo: leggi le righe qui sopra e riprova."
    raise Problem(message)


def _sealer(env: dict[str, str]) -> subprocess.Popen[bytes] | None:
    """Start the sealer of the audit, in a group of its own like the server. A database of somebody else's has its own."""
    if not env.get("CORTILE_AUDIT_DATABASE_URL"):
        return None
    # Worlds come and go under the same key: what was sealed in the one before is not missing from this one.
    kept = Path(env.get("CORTILE_SEAL_KEY_FILE") or STATE / "seal.key")
    kept.with_name(f"{kept.name}.last").unlink(missing_ok=True)
    return subprocess.Popen([python(), "-m", "cortile.kit.sealing"], env=env, cwd=ROOT, start_new_session=True)  # noqa: S603 -- our own command


@contextlib.contextmanager
def _ends_on_sigterm() -> Iterator[None]:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
