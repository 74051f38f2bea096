"""Nobody writes but an act: not a page that only shows, not a query on the side."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from cortile.agencies.models import Agency
from cortile.kit import scopes
from cortile.kit.guard import WriteOutsideActionError
from cortile.kit.models import AuditEvent

WRITES = (
    "UPDATE agencies_agency SET name = 'x'",
    'DELETE FROM "agencies_agency"',
    "INSERT INTO agencies_team (name) VALUES ('x')",
    "WITH gone AS (SELECT 1) DELETE FROM agencies_agency",
    "TRUNCATE TABLE agencies_agency",
    "  merge into agencies_agency USING agencies_team ON false WHEN MATCHED THEN DELETE",
)


@pytest.mark.parametrize("statement", WRITES)
def test_a_statement_that_writes_is_stopped(statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(WriteOutsideActionError):
        cursor.execute(statement)


def test_reading_is_free() -> None:
    assert Agency.objects.count() > 0


def test_audit_is_append_only() -> None:
    with scopes.opened(scopes.EVERYTHING), pytest.raises(DatabaseError, match="permission denied"):
        AuditEvent.objects.update(what="altro")


def test_the_application_makes_no_table() -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("CREATE TABLE side_door (id int)")
