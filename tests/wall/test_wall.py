"""The wall by itself: whose rows a transaction is shown, and where it is opened without somebody acting."""

from __future__ import annotations

import ast
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from cortile.kit import clock, scopes, wall
from cortile.kit.actor import PUBLIC, Actor, Kind, acting
from cortile.people.models import ContactPoint, Person
from tests import cast
from tests.wall import raw

SOURCES = Path(wall.__file__).parents[1]
# Where somebody is being recognised, where the demo lists its personas, where numbers are counted that name nobody.
OPENED = {
    "people/access.py", "people/reads.py", "people/actions/codes.py", "people/actions/provider_sign_in.py",
    "people/actions/sign_in.py", "listening/access.py", "listening/actions/hand_overs.py", "kit/drafts.py", "insight/reads.py",
    "messages/actions/incoming.py", "messages/actions/outbox.py", "benefits/transmissions.py", "benefits/access.py",
    "referrals/access.py", "referrals/actions/links.py",
    "network/counted.py", "network/standing.py",
}  # fmt: skip


def _names() -> set[str]:
    return set(Person.objects.values_list("given_name", flat=True))


def test_an_operator_is_shown_her_body(marta: Actor) -> None:
    with acting(marta):
        assert _names() == {"Adele", "Samira", "Gianni"}


def test_another_body_is_shown_its_own(sara: Actor) -> None:
    with acting(sara):
        assert _names() == {"Teresa"}


def test_nobody_is_shown_nothing() -> None:
    with acting(PUBLIC):
        assert _names() == set()


def test_a_lane_not_held_is_empty(marta: Actor) -> None:
    with acting(marta), wall.within(marta.agency_id, ("economic",)):
        assert _names() == set()


def test_a_job_of_one_body_is_shown_that_one(milano: object) -> None:
    with acting(cast.machine()):
        assert "Teresa" not in _names()


def test_a_job_of_the_house_is_shown_every_body(system: Actor) -> None:
    with acting(system):
        assert {"Adele", "Teresa"} <= _names()


def test_an_opening_ends_where_somebody_else_begins_to_act(marta: Actor) -> None:
    with wall.within(wall.EVERY_BODY), acting(marta):
        assert "Teresa" not in _names()


def test_a_savepoint_taken_back_takes_its_context_back(marta: Actor, sara: Actor) -> None:
    with acting(marta):
        assert "Adele" in _names()
        with transaction.atomic(), acting(sara):
            assert _names() == {"Teresa"}
            transaction.set_rollback(True)
        assert "Adele" in _names()


def test_a_row_of_another_body_cannot_be_written(marta: Actor) -> None:
    with acting(marta), scopes.opened(scopes.EVERYTHING), pytest.raises(ProgrammingError, match="row-level security"):
        Person.objects.create(
            agency=cast.agency("aler-lodi"), given_name="X", card_number="1", registered_at=datetime(2026, 1, 1, tzinfo=UTC)
        )


def test_a_row_below_gets_the_body_of_the_one_above(adele: Person, marta: Actor) -> None:
    with acting(marta), scopes.opened(scopes.EVERYTHING):
        ContactPoint.objects.bulk_create([ContactPoint(person=adele, kind="mobile", value="333 5550 900")])
    assert ContactPoint.objects.get(value="333 5550 900").agency_id == adele.agency_id


def test_a_staff_of_no_body_holds_nothing() -> None:
    assert wall.of(Actor(kind=Kind.STAFF, name="x", role="lead")) == wall.NOTHING


# --- the signature ---


def _knock(opened: psycopg.Connection[Any], what: wall.Held, pid: int, at: int) -> None:
    lanes = ",".join(what.lanes)
    said = [what.agency_id, lanes, at, wall.signature(what, pid, at)]
    opened.execute("SELECT kit_enter(%s::bigint, %s::text, %s::bigint, %s::text)", said)


def test_a_context_signed_now_and_here_is_taken(marta: Actor) -> None:
    with raw.application() as opened:
        _knock(opened, wall.of(marta), opened.info.backend_pid, int(time.time()))
        assert opened.execute("SELECT kit_wall('social')").fetchone() == ([marta.agency_id],)


def test_a_context_signed_for_another_connection_is_refused(marta: Actor) -> None:
    with raw.application() as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
        _knock(opened, wall.of(marta), opened.info.backend_pid + 1, int(time.time()))


def test_an_old_signature_is_refused(marta: Actor) -> None:
    with raw.application() as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
        _knock(opened, wall.of(marta), opened.info.backend_pid, int(time.time()) - 3600)


def test_a_context_kept_away_opens_no_other_transaction(marta: Actor) -> None:
    with raw.application() as opened:
        wall.enter(opened, wall.of(marta))
        (kept,) = opened.execute("SELECT current_setting('cortile.wall')").fetchone() or ("",)
        assert opened.execute("SELECT kit_wall('social')").fetchone() == ([marta.agency_id],)
        opened.rollback()
        opened.execute("SELECT set_config('cortile.wall', %s::text, false)", [kept])
        assert opened.execute("SELECT kit_wall('social')").fetchone() == (None,)


def test_it_ends_with_its_transaction(marta: Actor) -> None:
    with raw.application() as opened:
        wall.enter(opened, wall.of(marta))
        opened.commit()
        assert opened.execute("SELECT count(*) FROM people_person").fetchone() == (0,)


# --- every table, and every place where it is opened ---


def test_every_table_about_a_person_is_walled() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND relrowsecurity AND relforcerowsecurity ORDER BY relname"
        )
        assert [name for (name,) in cursor.fetchall()] == sorted(wall.WALLED)


def test_a_table_with_a_person_in_it_is_in_the_list() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND confrelid IN ('people_person'::regclass, 'listening_thread'::regclass, 'people_household'::regclass)"
        )
        assert {name for (name,) in cursor.fetchall()} - set(wall.WALLED) == set()


def test_the_application_owns_nothing_and_empties_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM information_schema.table_privileges WHERE grantee = current_user AND privilege_type = 'TRUNCATE'"
        )
        assert cursor.fetchone() == (0,)


def test_it_is_opened_by_hand_in_a_closed_list_of_places() -> None:
    found = {str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*.py") if _opens(path.read_text())}
    assert {f for f in found if not f.startswith("backstage/")} == OPENED


def _opens(text: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == "within" and isinstance(node.value, ast.Name) and node.value.id == "wall"
        for node in ast.walk(ast.parse(text))
    )


def test_the_clock_of_a_test_does_not_date_a_signature(marta: Actor) -> None:
    with clock.frozen(datetime(2020, 1, 1, tzinfo=UTC)), acting(marta):
        assert "Adele" in _names()
