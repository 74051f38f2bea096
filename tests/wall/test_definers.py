"""The functions that know the key: whatever a session puts in their way, they look at the server's own things first."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from cortile.kit import audit, wall
from cortile.kit.actor import PUBLIC, Actor, acting
from cortile.kit.models import AuditEvent, AuditSubject
from tests import database
from tests.wall import raw

# One statement after another, in one session: a type of one's own that reads the key while the function runs.
GRAB = """
CREATE FUNCTION pg_temp.grab(v pg_catalog.text) RETURNS pg_catalog.bool LANGUAGE plpgsql AS $$
BEGIN RAISE NOTICE 'key %', (SELECT outer_pad FROM public.kit_wallkey); RETURN true; END $$
"""
THEFT = (
    GRAB,
    "CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.grab(VALUE))",
    "SELECT public.kit_enter(1, 'social', 1, 'x')",
)
CARELESS = "ALTER FUNCTION kit_enter(bigint, text, bigint, text) SET search_path = pg_catalog"
CAREFUL = f"{CARELESS}, pg_temp"


def _heard() -> str:
    with raw.application() as opened:
        return "\n".join(raw.answers(opened, statement) for statement in THEFT)


def test_a_type_of_ones_own_steals_no_key() -> None:
    heard = _heard()
    assert "key " not in heard
    assert "does not know this context" in heard


def test_where_the_session_is_looked_at_first_it_does(lodi_at_work: str) -> None:
    with database.as_owner(lodi_at_work) as owner:
        owner.execute(CARELESS)
        heard = _heard()
        owner.execute(CAREFUL)
    assert "key " in heard


def test_every_definer_looks_in_its_session_last() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, array_to_string(proconfig, ' ') FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        found = dict(cursor.fetchall())
    gates = {"people_agency_of_card", "people_agency_of_fiscal_code", "listening_agency_of_link"}
    assert {"kit_enter", "kit_wall"} | gates <= set(found)
    assert {name for name, said in found.items() if not (said or "").endswith("pg_temp")} == set()


def test_a_table_of_ones_own_takes_no_event_away(marta: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE kit_auditevent AS SELECT * FROM public.kit_auditevent WITH NO DATA")
        audit.leave("prova.left", by=marta, verb="R", persons=[1])
        cursor.execute("DROP TABLE pg_temp.kit_auditevent")
    assert AuditEvent.objects.filter(what="prova.left").count() == 1


def test_a_table_of_ones_own_hides_no_person(marta: Actor) -> None:
    with acting(marta), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE people_person (id int)")
        with acting(PUBLIC), acting(marta):
            cursor.execute("SELECT count(*) FROM people_person WHERE agency_id = %s", [marta.agency_id])
            assert cursor.fetchone() == (3,)
        cursor.execute("DROP TABLE pg_temp.people_person")


def test_nobody_is_added_to_an_event_written_before(marta: Actor) -> None:
    audit.leave("prova.left", by=marta, verb="R", persons=[1])
    old = AuditEvent.objects.exclude(tx=AuditEvent.objects.get(what="prova.left").tx).order_by("pk").first()
    assert old is not None
    with raw.application() as opened, pytest.raises(psycopg.errors.ForeignKeyViolation):
        opened.execute("INSERT INTO kit_auditsubject (event_id, person_id, recorded) VALUES (%s, 7, now())", [old.pk])


def test_the_transaction_of_a_subject_is_not_ours_to_say() -> None:
    with raw.application() as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
        opened.execute("INSERT INTO kit_auditsubject (event_id, person_id, recorded, tx) VALUES (1, 7, now(), 5)")


def test_the_application_changes_nobodys_role_or_body() -> None:
    with raw.application() as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
        opened.execute("UPDATE agencies_staff SET role = 'lead', agency_id = 2")


def test_a_subject_stands_with_its_event(marta: Actor) -> None:
    audit.leave("prova.left", by=marta, verb="R", persons=[1, 2])
    event = AuditEvent.objects.get(what="prova.left")
    assert set(AuditSubject.objects.filter(event=event).values_list("tx", flat=True)) == {event.tx}
    assert wall.held() == wall.EVERYTHING
