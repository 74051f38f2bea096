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

from tools import cluster, house, lane, serving
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
    """Prepare the worlds, serve them and say where their doors are. Ctrl-C and SIGTERM end them cleanly."""
    asked = _asked(arguments)
    for port in (asked.port,) if asked.haven_only else (asked.port, asked.port + 1):
        serving.free(port)
    _room()
    with _ends_on_sigterm(), _servers_as_they_were(asked):
        try:
            _serve(asked)
        except KeyboardInterrupt:
            print("\nCortile è fermo.", flush=True)
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description="Il mondo di prova di Cortile, su questa macchina.")
    parser.add_argument("--port", type=int, default=8000, help="la porta su cui risponde (8000)")
    parser.add_argument("--no-browser", action="store_true", help="non apre il browser")
    parser.add_argument("--fresh", action="store_true", help="torna al mondo com'era all'inizio")
    parser.add_argument("--haven-only", action="store_true", help="solo la corsia protetta, da sola")
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


def _serve(asked: argparse.Namespace) -> None:
    """Serve the house and, on the next port, the lane: two processes, and neither is handed anything of the other's."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        if not asked.haven_only:
            running += _the_house(asked)
        running.append(_the_lane(asked))
        print("Ctrl-C per fermare.", flush=True)
        if not asked.no_browser and sys.stdout.isatty():
            webbrowser.open(lane.address(asked.port) if asked.haven_only else f"http://{serving.HOST}:{asked.port}")
        while all(server.poll() is None for server in running):
            time.sleep(0.2)
    finally:
        # The sealer stands last but for the lane, after its server: what that left last is sealed too.
        for server in running:
            serving.stop(server)
    message = "Il servizio si è fermato da solo: leggi le righe qui sopra e riprova."
    raise Problem(message)


def _the_house(asked: argparse.Namespace) -> list[subprocess.Popen[bytes]]:
    """Start the house's server and its sealer."""
    address = f"http://{serving.HOST}:{asked.port}"
    env = {**house.stand(dev=False), "CORTILE_DEMO": "1", "CORTILE_PUBLIC_ADDRESS": address}
    # The one thing the house knows of the lane: where anybody finds its door.
    env["CORTILE_LANE_ADDRESS"] = lane.address(asked.port + 1)
    _world(env, fresh=asked.fresh)
    server, sealer = serving.start(asked.port, env), _sealer(env)
    running = [server] if sealer is None else [server, sealer]
    with _stopped_if_it_fails(running):
        serving.answers(server, asked.port)
    for name, path in DOORS:
        print(f"{name}: {address}{path}", flush=True)
    print("SMS e mail della prova: ./run cortile watch li scrive in .state/outbox", flush=True)
    return running


def _the_lane(asked: argparse.Namespace) -> subprocess.Popen[bytes]:
    """Start the lane's server."""
    port = asked.port if asked.haven_only else asked.port + 1
    env = lane.stand(dev=False) | {"CORTILE_DEMO": "1", "HAVEN_ALLOWED_HOSTS": lane.HOST}
    lane.world(env, fresh=asked.fresh)
    server = serving.start(port, env, serving.LANE)
    with _stopped_if_it_fails([server]):
        serving.answers(server, port)
    print(f"Porta riservata: {lane.address(port)}", flush=True)
    return server


@contextlib.contextmanager
def _stopped_if_it_fails(servers: list[subprocess.Popen[bytes]]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for server in servers:
            serving.stop(server)
        raise


@contextlib.contextmanager
def _servers_as_they_were(asked: argparse.Namespace) -> Iterator[None]:
    """Stop at the end each PostgreSQL that did not run before."""
    ours = [] if asked.haven_only or not house.own_server() else [cluster.HOUSE]
    ours += [cluster.LANE] if lane.own_server() else []
    started = [one for one in ours if not cluster.running(one)]
    try:
        yield
    finally:
        for one in started:
            cluster.down(one)


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
