"""The audit is only ever added to: our role has no right to change it, and a trigger stops whoever has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from cortile.kit import audit, scopes, told
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from tests import cast, database

TABLES = ["kit_auditevent", "kit_auditsubject"]
CHANGES = ["UPDATE {} SET recorded = now()", "DELETE FROM {}"]


@pytest.fixture
def owner() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Return a connection as the owner of the tables, who has every right."""
    url = urlsplit(os.environ["CORTILE_OWNER_DATABASE_URL"])
    host = parse_qs(url.query).get("host", [url.hostname])[0]
    with psycopg.connect(host=host, port=url.port, user=url.username, password=url.password, dbname=database.mine()) as found:
        yield found
        found.rollback()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_our_role_has_no_right_to_change_it(table: str, right: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s), has_table_privilege(%s, 'INSERT')", [table, right, table])
        assert cursor.fetchone() == (False, True)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_our_role_is_refused(table: str, change: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), scopes.opened(scopes.EVERYTHING):
        connection.cursor().execute(change.format(table))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_trigger_stops_the_owner_too(owner: psycopg.Connection[tuple[object, ...]], table: str, change: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(change.format(table))


def test_nor_is_it_emptied(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    owner.execute("SET LOCAL lock_timeout = '2s'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute("TRUNCATE kit_auditevent, kit_auditsubject")


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
