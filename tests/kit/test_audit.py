"""The audit and its seals are only ever added to: no role has the right to change them, and a trigger stops whoever has."""

from __future__ import annotations

import contextlib

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cortile.kit import audit, scopes, told
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from tests import cast
from tests.kit import audits
from tests.kit.conftest import Connect

EVENTS = ["kit_auditevent", "kit_auditsubject"]
TABLES = [*EVENTS, "kit_seal", "kit_sealedevent"]
COLUMN = {"kit_auditevent": "what", "kit_auditsubject": "person_id", "kit_seal": "count", "kit_sealedevent": "leaf"}
CHANGES = ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]
REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture(scope="module", autouse=True)
def _a_sealed_event(audit_name: str) -> None:
    """Put a row into every table: a trigger for each row says nothing of an empty one."""
    with audits.connect("app", audit_name) as app, audits.connect("audit", audit_name) as auditor:
        audits.write(app, 4)
        audits.seal(auditor)


def changed(conn: audits.Connection, table: str, change: str) -> int:
    return conn.execute(change.format(table=table, column=COLUMN[table])).rowcount


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
@pytest.mark.parametrize("role", ["cortile_app", "cortile_audit"])
def test_no_role_at_work_has_a_right_to_change_it(table: str, right: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, right])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("table", EVENTS)
def test_only_the_application_writes_events(table: str) -> None:
    assert may_insert(table) == {"cortile_app": True, "cortile_audit": False}


@pytest.mark.parametrize("table", ["kit_seal", "kit_sealedevent"])
def test_only_the_sealer_writes_seals(table: str) -> None:
    assert may_insert(table) == {"cortile_app": False, "cortile_audit": True}


def may_insert(table: str) -> dict[str, bool]:
    with connection.cursor() as cursor:
        words = "SELECT role, has_any_column_privilege(role, %s, 'INSERT') FROM unnest(ARRAY['cortile_app', 'cortile_audit']) role"
        cursor.execute(words, [table])
        return dict(cursor.fetchall())


@pytest.mark.parametrize("column", ["tx", "written_at"])
def test_our_role_may_not_say_when_an_event_was_written(column: str) -> None:
    with connection.cursor() as cursor:
        words = (
            "SELECT has_column_privilege('kit_auditevent', %s, 'INSERT'), has_column_privilege('kit_auditevent', 'what', 'INSERT')"
        )
        cursor.execute(words, [column])
        assert cursor.fetchone() == (False, True)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_our_role_is_refused(table: str, change: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), scopes.opened(scopes.EVERYTHING):
        connection.cursor().execute(change.format(table=table, column=COLUMN[table]))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_trigger_stops_the_owner_even_without_the_wall(connect: Connect, table: str, change: str) -> None:
    owner = connect("owner")
    owner.execute("BEGIN")
    owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(REFUSED, match="append-only"):
        changed(owner, table, change)


@pytest.mark.parametrize("table", EVENTS)
@pytest.mark.parametrize("change", CHANGES)
def test_behind_the_wall_the_owner_finds_nothing_to_change(connect: Connect, table: str, change: str) -> None:
    assert changed(connect("owner"), table, change) == 0


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_trigger_stops_a_superuser_too(connect: Connect, table: str, change: str) -> None:
    with pytest.raises(REFUSED, match="append-only"):
        changed(connect("admin"), table, change)


def test_only_taking_the_trigger_away_lets_a_superuser_through(connect: Connect) -> None:
    admin = connect("admin")
    admin.execute("BEGIN")
    admin.execute("DROP TRIGGER append_only ON kit_auditsubject")
    assert changed(admin, "kit_auditsubject", "DELETE FROM {table}") > 0
    admin.execute("ROLLBACK")


@pytest.mark.parametrize("role", ["owner", "admin"])
@pytest.mark.parametrize("table", TABLES)
def test_nor_is_it_emptied(connect: Connect, role: str, table: str) -> None:
    with pytest.raises(REFUSED, match="append-only"):
        connect(role).execute(f"TRUNCATE {table} CASCADE")


def test_an_event_names_each_person_once(marta: Actor) -> None:
    adele, gianni = cast.person("adele").pk, cast.person("gianni").pk
    audit.leave("prova.read", by=marta, verb="R", persons=[gianni, adele, None, adele])
    event = AuditEvent.objects.get(what="prova.read")
    assert sorted(event.subjects.values_list("person_id", flat=True)) == sorted([adele, gianni])


def test_it_says_who_in_which_role_and_when(marta: Actor) -> None:
    audit.leave("prova.read", by=marta, verb="R", persons=[1], fields=["phone", "name"], reason="chiamata")
    event = AuditEvent.objects.get(what="prova.read")
    assert (event.agent_name, event.agent_role, event.purpose) == ("Marta F.", "community_manager", "service")
    assert (event.recorded, event.fields, event.reason) == (cast.NOW, ["name", "phone"], "chiamata")


def test_an_empty_list_leaves_nothing(marta: Actor) -> None:
    audit.seen("prova.read", by=marta, persons=[None])
    assert not AuditEvent.objects.filter(what="prova.read").exists()


def test_a_verb_is_one_of_five(marta: Actor) -> None:
    with pytest.raises(DatabaseError, match="audit_verb_is_fhir"), transaction.atomic():
        audit.leave("prova.read", by=marta, verb="X")


def test_what_is_sealed_is_told_on_no_phone(marta: Actor) -> None:
    audit.leave("prova.open", by=marta, verb="R", persons=[1])
    audit.leave("prova.hidden", by=marta, verb="R", persons=[1], sealed=True)
    found = AuditEvent.objects.filter(what__startswith="prova.")
    assert [e.what for e in told.told(found, 1, told.Shown.PHONE)] == ["prova.open"]


def test_the_reads_of_a_page_are_written_at_its_end_in_one_statement(marta: Actor) -> None:
    with CaptureQueriesContext(connection) as seen, audit.gathered():
        for what in ("prova.one", "prova.two", "prova.three"):
            audit.seen(what, by=marta, persons=[2, 1], fields=["phone"], reason='detto "così"')
    assert sum("INSERT INTO public.kit_auditevent" in query["sql"] for query in seen.captured_queries) == 1
    found = AuditEvent.objects.filter(what__startswith="prova.").order_by("pk")
    assert [(e.what, e.agent_name, e.fields, e.reason, e.recorded) for e in found] == [
        (what, "Marta F.", ["phone"], 'detto "così"', cast.NOW) for what in ("prova.one", "prova.two", "prova.three")
    ]
    assert [sorted(e.subjects.values_list("person_id", "agency_id")) for e in found] == [
        [(1, marta.agency_id), (2, marta.agency_id)]
    ] * 3


def test_what_fails_before_the_end_has_shown_nothing_and_leaves_nothing(marta: Actor) -> None:
    with contextlib.suppress(ZeroDivisionError), audit.gathered():
        audit.seen("prova.read", by=marta, persons=[1])
        _ = 1 // 0
    assert not AuditEvent.objects.filter(what="prova.read").exists()
