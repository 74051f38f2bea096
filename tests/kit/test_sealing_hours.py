"""The hour an event tells is the application's word: it is named when it is not the hour the server wrote the event in."""

from __future__ import annotations

import pytest

from tests.kit import audits
from tests.kit.audits import Connection


def told_at(app: Connection, recorded: str) -> int:
    """Insert an event that tells an hour, with the columns the application may name."""
    columns = "recorded, what, verb, agent_kind, agent_name, agent_role, purpose, source, thing, fields, reason, sealed, agency_id"
    values = f"{recorded}, 'prova.told', 'R', 'staff', 'Marta', '', '', '', '', '{{}}', '', false, 1"
    app.execute(f"INSERT INTO kit_auditevent ({columns}) VALUES ({values})")  # noqa: S608 -- our own words
    return int(audits.one(app, "SELECT currval('kit_auditevent_id_seq')"))


@pytest.mark.parametrize("said", ["2020-01-01Z", "2999-01-01Z", "infinity", "-infinity"])
def test_an_event_that_tells_another_hour_is_named(app: Connection, auditor: Connection, said: str) -> None:
    audits.seal(auditor)
    event = told_at(app, f"'{said}'")
    for sealed in (0, 1):
        assert [f.kind for f in audits.found(auditor, demo=False) if f.event == event] == ["apart"]
        assert audits.found(auditor) == []
        assert audits.seal(auditor) == 1 - sealed


@pytest.mark.parametrize("said", ["now()", "now() - interval '55 minutes'", "now() + interval '55 minutes'"])
def test_an_event_that_tells_its_own_hour_is_not(app: Connection, auditor: Connection, said: str) -> None:
    audits.seal(auditor)
    event = told_at(app, said)
    for sealed in (0, 1):
        assert [f for f in audits.found(auditor, demo=False) if f.event == event] == []
        assert audits.seal(auditor) == 1 - sealed


def test_the_sentence_names_the_event(app: Connection, auditor: Connection) -> None:
    audits.seal(auditor)
    event = told_at(app, "'2020-01-01Z'")
    said = next(f.sentence for f in audits.found(auditor, demo=False) if f.event == event)
    assert said.startswith(f"L'evento {event} dice un'ora che non è la sua")
