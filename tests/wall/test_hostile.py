"""SQL in the wrong hands: the application's own role, single statements, another body's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.db import connection, transaction

from cortile.kit import wall
from cortile.kit.actor import PUBLIC, Actor, acting
from cortile.people import reads as people
from cortile.people.models import Person
from tests import cast, database
from tests.wall import raw

SAID = [line for line in Path(__file__).with_name("hostile.txt").read_text().splitlines() if line and not line.startswith("#")]
STATEMENTS = [s.replace("{T}", table) for s in SAID for table in (sorted(wall.WALLED) if "{T}" in s else [""])]
WHO: dict[str, Callable[[], Actor]] = {
    "marta": lambda: cast.at_desk("marta"), "adele": lambda: cast.herself("adele"), "nobody": lambda: PUBLIC,
}  # fmt: skip
OPEN = "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY"
CLOSE = "ALTER TABLE people_person ENABLE ROW LEVEL SECURITY"
# What a wall on a plain variable would be, and the one statement that walks through it (security report, trap 3).
PLAIN = "CREATE POLICY plain ON people_person FOR SELECT USING (agency_id::text = current_setting('plain.body', true))"
THROUGH = """
WITH c AS MATERIALIZED (
    SELECT set_config('plain.body', (SELECT id::text FROM agencies_agency WHERE code = 'aler-lodi'), true))
SELECT p.* FROM c, LATERAL (SELECT * FROM people_person WHERE c.set_config <> '') p
"""


def told(actor: Actor, statements: Iterable[str]) -> list[tuple[str, str]]:
    """Run each statement in a transaction of an actor and return what of Lodi's rows came back."""
    found = []
    with raw.application() as opened:
        for statement in statements:
            raw.standing(opened, actor)
            answer = raw.answers(opened, statement)
            found += [(statement, literal) for literal in raw.LODI if literal in _without(statement, answer)]
    return found


def _without(statement: str, answer: str) -> str:
    """Leave out the answer's lines that repeat the statement: an error shows what was asked, not what is there."""
    return "\n".join(line for line in answer.splitlines() if line.strip() not in statement and not line.startswith("LINE "))


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_no_statement_tells_of_another_body(who: str, lodi_at_work: str) -> None:
    assert told(WHO[who](), STATEMENTS) == []


def test_a_table_without_its_wall_is_noticed(lodi_at_work: str) -> None:
    with database.as_owner(lodi_at_work) as owner:
        owner.execute(OPEN)
        leaks = told(cast.at_desk("marta"), ["SELECT * FROM people_person"])
        owner.execute(CLOSE)
    assert ("SELECT * FROM people_person", "Bassani") in leaks


def test_a_wall_on_a_plain_variable_is_no_wall(lodi_at_work: str) -> None:
    with database.as_owner(lodi_at_work) as owner:
        owner.execute(PLAIN)
        leaks = told(cast.at_desk("marta"), [THROUGH])
        owner.execute("DROP POLICY plain ON people_person")
    assert leaks != []


def test_every_table_of_lodi_has_something_to_tell(lodi_at_work: str) -> None:
    empty = []
    with connection.cursor() as cursor:
        for table in sorted(wall.WALLED):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE agency_id = %s", [cast.agency("aler-lodi").pk])  # noqa: S608 -- our own names
            empty += [table] if cursor.fetchone()[0] == 0 else []
    assert set(empty) <= NOT_PLANTED, empty


# Tables whose rows come with other rooms' acts, tried on in their own tests; their statements run here all the same.
NOT_PLANTED = {
    "people_alarm", "people_canary", "people_guess", "people_notthesame", "people_recordopening", "people_sharedcopy",
    "accounts_registryimport", "listening_pastrequest", "kit_auditsubject", "benefits_bankaccount", "benefits_signatureband",
    "benefits_batch", "benefits_batchline", "benefits_signature", "benefits_outcomefile", "benefits_outcomerow",
    "network_network", "network_area", "network_member", "network_lending", "network_meeting", "network_agendaitem",
    "network_presence", "network_networkdecision", "referrals_servicefigures",
    "benefits_siusssettings", "benefits_siussoutcome", "benefits_drawnlist", "benefits_drawnplace",
}  # fmt: skip


def test_no_name_stands_in_another_sessions_view(lodi_at_work: str) -> None:
    teresa, marta = cast.person("teresa"), cast.at_desk("marta")
    with acting(cast.at_desk("sara")), transaction.atomic(), raw.application() as opened:
        people.search("Bassani", by=cast.at_desk("sara"))
        people.card(teresa.pk, by=cast.at_desk("sara"))
        Person.objects.filter(family_name="Bassani", given_name="Teresa").count()
        raw.standing(opened, marta)
        seen = raw.answers(opened, "SELECT query FROM pg_stat_activity")
    assert "people_person" in seen
    assert [literal for literal in raw.LODI if literal in seen] == []
