"""The Python environment: from hashed locks, with uv however it can be had."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.paths import AS_ROOT, ROOT, STATE, VENV
from tools.problem import Problem

ROOM_NEEDED = 1_500_000_000
LOCKS = ROOT / "requirements"


def ready(*, dev: bool) -> None:
    """Install the locked packages unless they are there already. ``dev`` adds what tests and checks need."""
    lock = ROOT / "requirements" / ("dev.txt" if dev else "base.txt")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if wanted in _installed():
        return
    print("Preparo l'ambiente Python (solo la prima volta)…", flush=True)
    _install(VENV, lock)
    base = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes()).hexdigest()
    _stamp().write_text("\n".join({wanted, base}))


def apart(name: str) -> Path:
    """Return the interpreter of an environment of its own, installed by its lock on demand: what must not mix with the house.

    Raise ``Problem`` for a lock that is not there, or packages that cannot be fetched.
    """
    lock, home = LOCKS / f"{name}.txt", STATE / name
    if not lock.exists():
        message = f"Non c'è un elenco di pacchetti che si chiama «{name}»."
        raise Problem(message)
    wanted, stamp = hashlib.sha256(lock.read_bytes()).hexdigest(), home / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"Preparo l'ambiente di {name} (solo la prima volta)…", file=sys.stderr, flush=True)
        _install(home, lock)
        stamp.write_text(wanted)
    return home / "bin" / "python"


def _install(home: Path, lock: Path) -> None:
    _room()
    STATE.mkdir(parents=True, exist_ok=True)
    uv, env = _uv(), os.environ | {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON": sys.executable}
    if not (home / "bin" / "python").exists():
        _call([uv, "venv", "--quiet", str(home)], env)
    target = env | {"VIRTUAL_ENV": str(home)}
    target.pop("UV_PYTHON")
    _call([uv, "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], target)


def _stamp() -> Path:
    return VENV / "installed"


def _installed() -> set[str]:
    return set(_stamp().read_text().split()) if _stamp().exists() else set()


def _room() -> None:
    place = STATE if STATE.exists() else ROOT
    if shutil.disk_usage(place).free < ROOM_NEEDED:
        message = "Il disco è pieno: libera almeno 1,5 GB e riprova."
        raise Problem(message)


def _call(command: list[str], env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-4:])
        message = f"Non riesco a scaricare i pacchetti: controlla la rete (o il disco) e riprova.\n{tail}"
        raise Problem(message)


def _uv() -> str:
    """Find uv: on the path, in a small environment of its own, or out of its own wheel when venv is missing."""
    if found := shutil.which("uv"):
        return found
    own = STATE / "uv"
    for name in ("bin/uv", "uv"):
        if (own / name).exists():
            return str(own / name)
    if not (_has("ensurepip") or _has("pip")):
        _python_from_distribution()
    if not _has("ensurepip"):
        return _uv_from_wheel(own)
    _call([sys.executable, "-m", "venv", str(own)])
    _call([str(own / "bin" / "pip"), "install", "--quiet", "--require-hashes", "-r", str(LOCKS / "uv.txt")])
    return str(own / "bin" / "uv")


def _has(module: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0  # noqa: S603 -- our own command


def _python_from_distribution() -> None:
    """Complete a Python that came without pip: its distribution's package, which only root may install."""
    apt = shutil.which("apt-get")
    if apt is None or not AS_ROOT:
        message = "A questo Python mancano pip e venv: installa python3-venv (o python3-pip) e riprova."
        raise Problem(message)
    print("Completo Python con il pacchetto della distribuzione…", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _call([apt, "-qq", "update"], quiet)
    _call([apt, "-qq", "-y", "--no-install-recommends", "install", "python3-venv"], quiet)


def _uv_from_wheel(own: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        lock = str(LOCKS / "uv.txt")
        _call([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-d", folder, "-r", lock])
        wheel = next(Path(folder).glob("uv-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            member = next(n for n in archive.namelist() if n.endswith("/scripts/uv"))
            own.mkdir(parents=True, exist_ok=True)
            (own / "uv").write_bytes(archive.read(member))
    (own / "uv").chmod(0o755)
    return str(own / "uv")


def add(lock: str) -> None:
    """Add the packages of a lock to the environment: only for what a bare machine lacks."""
    command = [_uv(), "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCKS / lock)]
    _call(command, os.environ | {"UV_SYSTEM_CERTS": "1", "VIRTUAL_ENV": str(VENV)})
