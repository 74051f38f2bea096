"""A sealed audit for the tests of the sealer and the verifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import database
from tests.kit import audits

Connect = Callable[[str], audits.Connection]


@pytest.fixture(scope="module")
def audit_name() -> Iterator[str]:
    """Return the name of an empty database of its own."""
    name = f"{database.mine()}_seal"
    database.drop(name)
    database.clone(database.template(), name)
    yield name
    database.drop(name)


@pytest.fixture
def connect(audit_name: str) -> Iterator[Connect]:
    """Return ``connect("app")``: a connection as one of the roles, closed at the end."""
    opened: list[audits.Connection] = []

    def to(role: str) -> audits.Connection:
        opened.append(audits.connect(role, audit_name))
        return opened[-1]

    yield to
    for conn in opened:
        conn.close()


@pytest.fixture
def auditor(connect: Connect) -> audits.Connection:
    """Return a connection as the sealer's role."""
    return connect("audit")


@pytest.fixture
def app(connect: Connect) -> audits.Connection:
    """Return a connection as the application's role."""
    return connect("app")


@pytest.fixture
def admin(connect: Connect) -> Iterator[audits.Connection]:
    """Return a superuser in a transaction that is taken back, with triggers and keys switched off as it can."""
    conn = connect("admin")
    conn.execute("BEGIN")
    conn.execute("SET LOCAL session_replication_role = replica")
    yield conn
    conn.execute("ROLLBACK")


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audit_name: str) -> Path:
    """Return where a sealer of this test keeps its key, and let it find its database."""
    path = tmp_path / "seal.key"
    monkeypatch.setenv("CORTILE_SEAL_KEY_FILE", str(path))
    monkeypatch.setenv("CORTILE_AUDIT_DATABASE_URL", audits.address("audit", audit_name))
    return path
