"""A write outside an act raises before it reaches the database, however it is written."""

from __future__ import annotations

import pytest
from django.db import connection

from cortile.agencies.models import Office, Team
from cortile.kit import audit, scopes
from cortile.kit.actor import Actor
from cortile.kit.guard import WriteOutsideActionError, guard, install
from cortile.kit.models import AuditEvent
from cortile.kit.sessions import SessionStore
from tests import cast

WRITES = [
    "INSERT INTO agencies_team (name, agency_id) VALUES ('x', 1)",
    "update agencies_team set name = 'x'",
    '  DELETE FROM "agencies_team"',
    "TRUNCATE agencies_team",
    "TRUNCATE TABLE agencies_team",
    "MERGE INTO agencies_team USING agencies_agency ON false WHEN MATCHED THEN DO NOTHING",
    "COPY agencies_team FROM STDIN",
    "WITH x AS (DELETE FROM agencies_team RETURNING id) SELECT * FROM x",
    "WITH x AS (SELECT 1)\nINSERT INTO agencies_team (name, agency_id) SELECT 'x', 1",
]


@pytest.mark.parametrize("sql", WRITES)
def test_no_statement_passes(sql: str) -> None:
    with connection.cursor() as cursor, pytest.raises(WriteOutsideActionError, match="agencies_team"):
        cursor.execute(sql)


def test_no_row_is_saved(rents: Office) -> None:
    with pytest.raises(WriteOutsideActionError, match="agencies_office"):
        rents.save()


def test_many_rows_are_no_exception() -> None:
    with pytest.raises(WriteOutsideActionError, match="agencies_team"):
        Team.objects.bulk_create([Team(agency=cast.agency(), name="x")])


def test_the_audit_may_be_left_while_somebody_reads(marta: Actor) -> None:
    with scopes.safe_method():
        audit.seen("prova.read", by=marta, persons=[cast.person("adele").pk])
    assert AuditEvent.objects.filter(what="prova.read").exists()


def test_with_the_audit_open_nothing_else_is() -> None:
    with scopes.opened(scopes.AUDIT), pytest.raises(WriteOutsideActionError):
        Team.objects.create(agency=cast.agency(), name="x")


def test_a_session_is_free() -> None:
    session = SessionStore()
    session.create()
    assert session.exists(session.session_key)


def test_reading_and_locking_are_no_writes() -> None:
    assert Office.objects.select_for_update().filter(name="Ufficio affitti").get().pk


def test_the_guard_stands_on_the_connection_once() -> None:
    install(connection)
    assert connection.execute_wrappers.count(guard) == 1
