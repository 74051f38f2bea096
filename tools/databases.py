"""Roles once per cluster, and databases with their grants. Runs inside the environment: it needs psycopg."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

# The note of the cluster: the house's, or the protected lane's.
STATE_FILE = Path(os.environ["CORTILE_CLUSTER"])
GRANTS = Path(__file__).with_name("roles.sql")
# Raised when the lines below change: clusters made before get the new ones too.
VERSION = 4


def _connect(role: str, database: str) -> psycopg.Connection[tuple[object, ...]]:
    known = json.loads(STATE_FILE.read_text())
    return psycopg.connect(
        host=f"{known['home']}/socket", user=role, password=known["passwords"][role], dbname=database, autocommit=True
    )


def ensure_roles() -> None:
    """Create the four roles; none is a superuser, only the owner may create databases."""
    known = json.loads(STATE_FILE.read_text())
    if known["roles"] == VERSION:
        return
    with _connect("cortile_admin", "postgres") as admin:
        for role, extra in (("cortile_owner", "CREATEDB"), ("cortile_app", ""), ("cortile_audit", "")):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                words = f"CREATE ROLE {{}} LOGIN NOSUPERUSER NOBYPASSRLS {extra} PASSWORD {{}}"
                admin.execute(sql.SQL(words).format(sql.Identifier(role), sql.Literal(known["passwords"][role])))
        # Owns what the application may ask before anybody is known; signs in nowhere.
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = 'cortile_gate'").fetchone():
            admin.execute("CREATE ROLE cortile_gate NOLOGIN NOSUPERUSER NOBYPASSRLS")
        admin.execute("GRANT cortile_gate TO cortile_owner")
        # Only so that the owner may close the others' connections before dropping a database of demo or tests.
        admin.execute("GRANT cortile_app, cortile_audit TO cortile_owner")
        # …and the server's own tidying, which is nobody's connection.
        admin.execute("GRANT pg_signal_backend TO cortile_owner")
    known["roles"] = VERSION
    STATE_FILE.write_text(json.dumps(known))


def ensure(database: str) -> None:
    """Create a database owned by the owner, with the grants of the house."""
    with _connect("cortile_owner", "postgres") as owner:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(database)))
    with _connect("cortile_owner", database) as owner:
        owner.execute(sql.SQL(GRANTS.read_text()).format(database=sql.Identifier(database)))


def empty(database: str) -> None:
    """Drop a database, whoever is connected, and make it again."""
    drop(database)
    ensure(database)


def copy(source: str, target: str) -> None:
    """Make a database equal to another one. Both lose their connections."""
    drop(target)
    with _connect("cortile_owner", "postgres") as owner:
        closing = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        owner.execute(closing, [source])
        words = "CREATE DATABASE {} TEMPLATE {}"
        owner.execute(sql.SQL(words).format(sql.Identifier(target), sql.Identifier(source)))


def drop(database: str) -> None:
    """Drop a database, whoever is connected."""
    with _connect("cortile_owner", "postgres") as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


if __name__ == "__main__":
    ensure_roles()
    COMMANDS: dict[str, Callable[..., None]] = {"ensure": ensure, "empty": empty, "copy": copy, "drop": drop}
    COMMANDS[sys.argv[1]](*sys.argv[2:])
