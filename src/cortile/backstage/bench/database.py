"""The bench's own database: a small world through the acts, then a whole body of rows through SQL, as the owner."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from django.conf import settings
from psycopg import sql

from cortile.kit import clock, wall

NAME = "cortile_bench"
OWNER, APPLICATION = "CORTILE_OWNER_DATABASE_URL", "DATABASE_URL"
SCALE = "0.05"
PRODUCT = frozenset({".py", ".html", ".sql", ".toml"})


@dataclass(frozen=True, slots=True)
class Database:
    """Where it is, for the processes that work in it."""

    env: dict[str, str]

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Connect as the owner."""
        return _connect(self.env[OWNER])

    def one(self, words: str) -> int:
        """Return the number a statement finds, among every body's rows."""
        with self.connect() as owner, standing_everywhere(owner):
            row = owner.execute(words.encode()).fetchone()
        return int(str(row[0])) if row else 0

    def django(self, *words: str, owner: bool = False) -> None:
        """Run one of our commands in it."""
        self.python("-m", "django", *words, owner=owner)

    def python(self, *words: str, owner: bool = False) -> str:
        """Run Python in it and return what it printed."""
        env = {**os.environ, **self.env, "CORTILE_DEMO": "1"} | ({"CORTILE_ROLE": "owner"} if owner else {})
        command = [sys.executable, *words]
        return subprocess.run(command, env=env, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 -- our own command


@contextlib.contextmanager
def standing_everywhere(owner: psycopg.Connection[tuple[object, ...]]) -> Iterator[None]:
    """Work on the walled tables of every body: their owner is behind the wall too."""
    with owner.transaction():
        wall.enter(owner, wall.EVERYTHING)
        yield


def stands(name: str = NAME) -> Database:
    """Return the database as it was left."""
    return Database({variable: _at(os.environ[variable], name) for variable in (OWNER, APPLICATION)})


def remembered() -> dict[str, object]:
    """Return what an earlier run wrote about the database, when it was made of the same schema today."""
    with _connect(_at(os.environ[OWNER], "postgres")) as owner:
        words = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        row = owner.execute(words, [NAME]).fetchone()
    found = json.loads(str(row[0])) if row and row[0] else {}
    return found if found.get("made_of") == made_of() else {}


def remember(facts: Mapping[str, object]) -> None:
    """Write on the database what it is made of."""
    with _connect(_at(os.environ[OWNER], "postgres")) as owner:
        note = json.dumps({**facts, "made_of": made_of()})
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(NAME), sql.Literal(note)))


def made_of() -> str:
    """Return a name for the whole product and the day: the counts of a smaller stage are taken only while filling."""
    digest = hashlib.sha256(clock.today().isoformat().encode())
    for file in sorted(f for f in (settings.BASE_DIR / "src" / "cortile").rglob("*") if f.suffix in PRODUCT):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def fresh() -> Database:
    """Make the database anew, migrated, with a small world in it."""
    made = empty(NAME)
    made.django("seed", "--scale", SCALE)
    return made


def empty(name: str) -> Database:
    """Make a database anew, migrated, with nothing in it."""
    grants = (settings.BASE_DIR / "tools" / "roles.sql").read_text()
    drop(name)
    with _connect(_at(os.environ[OWNER], "postgres")) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    made = stands(name)
    with made.connect() as owner:
        owner.execute(sql.SQL(grants).format(database=sql.Identifier(name)))
    made.django("migrate", "--noinput", "-v", "0", owner=True)
    return made


def drop(name: str) -> None:
    """Drop a database, whoever is connected."""
    with _connect(_at(os.environ[OWNER], "postgres")) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname])[0]
    return psycopg.connect(
        host=host, port=parts.port, user=unquote(parts.username or ""), password=unquote(parts.password or ""),
        dbname=parts.path.lstrip("/"), autocommit=True,
        cursor_factory=psycopg.ClientCursor,
    )  # fmt: skip


def _at(url: str, name: str = NAME) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
