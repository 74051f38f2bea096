"""Environment readers that refuse a bad value with a sentence instead of guessing."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_WORD = r"[^\s{}\"'<>,;\\#]*"
# An https address, or a path of ours, that says level, column and row; no other mark: {s} would be other hosts, {r} other images.
_TILES = re.compile(rf"(?:https://[a-zA-Z0-9.-]+(?::\d{{1,5}})?)?/(?!/){_WORD}(?:\{{[xyz]\}}{_WORD}){{3}}")


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable: ``1`` or ``0``."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        message = f"{name}={value}: use 1 or 0"
        raise ImproperlyConfigured(message)
    return value == "1"


def words(name: str, default: str) -> list[str]:
    """Read a comma-separated list."""
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def pairs(name: str) -> dict[str, str]:
    """Read a comma-separated list of ``theirs=ours``, in small letters."""
    found = [word.lower().partition("=") for word in words(name, "")]
    if any(not (theirs and ours) for theirs, _mark, ours in found):
        message = f"{name}: write theirs=ours, comma-separated"
        raise ImproperlyConfigured(message)
    return {theirs.strip(): ours.strip() for theirs, _mark, ours in found}


def tiles(name: str) -> str:
    """Read where a map's tiles are, or nothing. The value itself is not said back: some hold the key of whoever gives tiles."""
    value = os.environ.get(name, "").strip()
    if value and not (_TILES.fullmatch(value) and all(f"{{{mark}}}" in value for mark in "xyz")):
        message = f"{name}: write an https:// address or a path of this site, with {{z}}, {{x}} and {{y}} once each"
        raise ImproperlyConfigured(message)
    return value


def database(url: str) -> dict[str, Any]:
    """Turn ``postgresql://role:password@host:port/name?host=/socket`` into Django's dictionary."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        message = "DATABASE_URL must be a postgresql:// address: PostgreSQL is the only engine"
        raise ImproperlyConfigured(message)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Parameters are bound on the server, so no name stands in another session's view (architecture §4).
        # A page repeats its statements: from the third time on the server keeps their plan. Rows are in memory or on
        # solid state, where one by its key costs little more than the next one.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, "options": "-c random_page_cost=1.1"},
    }


def secret_key(state: Path, variable: str = "CORTILE_SECRET_KEY_FILE") -> str:
    """Read the key from the file a variable names, or make one on a machine that has none yet (0600)."""
    path = Path(os.environ.get(variable, state / "secret.key"))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
