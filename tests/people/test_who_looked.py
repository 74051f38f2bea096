"""«Chi ha visto i miei dati»: every event of the house has plain words, and none is ever told as a code."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from cortile.kit import plain_language
from cortile.people import who_looked
from cortile.people.who_looked import BY_ROOM, SENTENCES, WITH, lines
from tests import cast
from tests.house.source import SOURCE, calls, dotted, python_files

pytestmark = pytest.mark.pure

# Rooms whose events speak of no person: set-up, places, jobs, the colleagues' own days.
OF_NOBODY = {
    "agency", "office_opened", "staff", "category", "answer_time", "lists", "neighbourhood", "building", "dwelling",
    "place", "popup",
    "alarm", "alarms", "canary", "sample", "audit_root", "deputy", "lane_owner", "bench", "burst", "bursts",
    "local_centre", "notice", "phone_turn", "call", "envelope",
    "payment_settings",
    "organization", "service", "directory", "taxonomy", "keeper", "agreement", "card", "service_figures",
    "network", "counts",
}  # fmt: skip
LEAVES = {"seen", "leave", "action", "_seen", "list_seen", "_listed_to"}


@dataclass
class Happened:
    """An event as the audit keeps it."""

    what: str
    verb: str = "R"
    recorded: datetime = cast.NOW
    agent_kind: str = "staff"
    agent_name: str = "Marta F."
    agent_role: str = "community_manager"
    reason: str = ""
    thing_id: int | None = None
    fields: list[str] = field(default_factory=list)


def _names() -> set[str]:
    """Return every name the code gives to an event."""
    found = set()
    for path, code in python_files():
        # The lane keeps an audit of its own, with words of its own.
        if path.is_relative_to(SOURCE / "haven"):
            continue
        for call in calls(ast.parse(code)):
            if dotted(call.func).rpartition(".")[2] in LEAVES and call.args and isinstance(call.args[0], ast.Constant):
                found.add(str(call.args[0].value))
            found |= {str(k.value.value) for k in call.keywords if k.arg == "what" and isinstance(k.value, ast.Constant)}
    return {name for name in found if "." in name and " " not in name}


def _has_words(name: str) -> bool:
    room = name.partition(".")[0]
    return name in SENTENCES or room in BY_ROOM or room in OF_NOBODY


def _line(event: Happened) -> who_looked.Line:
    return lines([event], str)[0]


def test_every_event_of_the_code_has_words() -> None:
    assert len(_names()) > 60
    assert sorted(name for name in _names() if not _has_words(name)) == []


def test_an_event_without_words_is_noticed() -> None:
    assert not _has_words("teapot.boiled")


@pytest.mark.parametrize(("verb", "said"), [("R", "ha guardato i tuoi dati"), ("U", "ha scritto nei tuoi dati")])
def test_what_nobody_named_is_told_plainly(verb: str, said: str) -> None:
    assert who_looked.sentence("teapot.boiled", verb) == said


@pytest.mark.parametrize("sentence", [*SENTENCES.values(), *BY_ROOM.values(), *WITH.values()], ids=str)
def test_every_sentence_is_plain(sentence: object) -> None:
    said = f"Marta, responsabile, {sentence}."
    assert plain_language.problems(said, gate=plain_language.SHORT_TEXT_GATE) == []
    assert plain_language.measure(said).longest_words <= 15


def test_a_page_of_them_reads_as_a_short_text() -> None:
    said = " ".join(f"Marta {sentence}." for sentence in SENTENCES.values())
    assert plain_language.problems(said, gate=plain_language.SHORT_TEXT_GATE) == []


def test_words_of_an_office_are_seen_not_to_pass() -> None:
    old = "Marta ha effettuato la consultazione della documentazione dell'assegnatario ai sensi del provvedimento."
    assert plain_language.problems(old, gate=plain_language.SHORT_TEXT_GATE) != []


def test_a_reason_is_told_as_it_was_written() -> None:
    line = _line(Happened("record.opened_absent", reason="lettera: è tornata indietro la raccomandata"))
    assert (line.sentence, line.reason) == (
        "ha aperto la tua scheda quando non c'eri", "lettera: è tornata indietro la raccomandata",
    )  # fmt: skip


def test_who_was_in_front_needs_no_reason() -> None:
    line = _line(Happened("record.opened_in_front", reason="La persona era qui."))
    assert (line.sentence, line.reason) == ("ha aperto la tua scheda mentre eri lì davanti", "")


def test_an_emergency_says_whether_somebody_checked_it() -> None:
    broken = Happened("glass.broken", reason="Non risponde da tre giorni", thing_id=7)
    checked = Happened("glass.reviewed", "U", agent_name="Paola C.", thing_id=7)
    assert _line(broken).after == "Una seconda persona lo controlla entro un giorno di lavoro."
    assert lines([checked, broken], str)[1].after == "Una seconda persona lo ha controllato."


def test_a_copy_names_the_body_it_went_to() -> None:
    line = _line(Happened("copy.given", "C", reason="Comune di Milano"))
    assert (line.body, line.reason) == ("Comune di Milano", "")


def test_rent_shown_to_an_office_is_said() -> None:
    said = [_line(Happened("office.question_read", fields=seen)).sentence for seen in (["name", "rent"], ["name"])]
    assert ["affitto" in sentence for sentence in said] == [True, False]


def test_who_reads_a_copy_is_of_another_body() -> None:
    assert _line(Happened("copy.read", agent_role="network_manager")).role == "di un altro ente"


@pytest.mark.parametrize(("kind", "role"), [("delegate", "che ti aiuta"), ("representative", "che ti rappresenta"), ("link", "")])
def test_who_helps_stands_under_their_own_name(kind: str, role: str) -> None:
    line = _line(Happened("thread.opened_page", agent_kind=kind, agent_name="Carla Brambilla", agent_role=kind))
    assert (line.name, line.role) == ("Carla Brambilla", role)


def test_a_colleague_is_told_without_the_surname() -> None:
    assert _line(Happened("thread.said")).name == "Marta"


def test_the_same_look_is_told_once_a_day() -> None:
    found = lines([Happened("person.opened"), Happened("person.opened"), Happened("person.opened", recorded=cast.BEGINNING)], str)
    assert [(line.day, line.times) for line in found] == [(date(2026, 3, 11), 2), (date(2025, 1, 8), 1)]


def test_two_who_looked_are_two_lines() -> None:
    later = cast.NOW + timedelta(minutes=5)
    assert len(lines([Happened("person.opened", recorded=later, agent_name="Paola C."), Happened("person.opened")], str)) == 2
