"""Every read, count, list and export of a room starts from the table: for who holds nothing there is no statement to run.

A filter of nobody's compiles to no SQL at all. So whatever a room asks of a walled table for somebody without a line is asked
past the table, and stands below with its reason.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import cortile
from cortile.homes.models import Stair
from cortile.kit import clock, wall
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening.models import Thread
from cortile.people.models import Person
from cortile.referrals.models import Referral
from tests import cast

ROOMS = ("accounts", "agencies", "agenda", "homes", "insight", "listening", "messages", "people", "referrals")
# Acts, who, and what takes in whole lists: each of these is held by its own tests.
APART = re.compile(r"\.(actions|access|registry|migrations|models|listeners|apps)\b")
OWN = {"kit_draft", "kit_auditevent", "kit_auditsubject", "kit_storedfile"}
ASKED = re.compile(rf'(?:FROM|JOIN) "?({"|".join(sorted(set(wall.WALLED) - OWN, key=len, reverse=True))})\b')
# What is asked of persons' tables without the table's filter, and why that tells nothing.
PAST_THE_TABLE: dict[str, str] = {
    "listening.reads.hidden_from": "a number, of nothing delicate: the page says honestly that it is partial",
    "listening.owners.owner_for": "how many requests colleagues follow, none delicate, to choose who follows the next",
    "people.openings.is_frozen": "their own openings, to tell whether they may still break the glass",
    "people.openings.tie_to": "whether they have a tie with a person they were already shown",
    "people.openings.by_card": "by a whole card number, to place a canary: it tells nothing back",
    "agenda.call_backs.may_be_called": "the number of a person the reader was let into, to tell whether a call can be promised",
    "messages.reads.ways_out": "how what was said left, of a thing the reader was let into by the table",
    "messages.reads.about": "what was said about a thing the reader was let into by the table",
    "referrals.fields.values_of": "what there is of a person the sender was let into by the table, to be shown before it is sent",
    "accounts.reads.past_imports": "runs of the import of the body, on the page of who holds «import»",
    "accounts.reads.one_import": "one run of the import of the body, on the page of who holds «import»",
}


def _modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        package = importlib.import_module(f"{cortile.__name__}.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not APART.search(found.name):
                yield importlib.import_module(found.name)


def _reads() -> dict[str, Callable[..., object]]:
    return {
        f"{module.__name__.removeprefix('cortile.')}.{name}": call
        for module in _modules()
        for name, call in vars(module).items()
        if inspect.isfunction(call) and call.__module__ == module.__name__ and not name.startswith("_")
        and "by" in inspect.signature(call).parameters
    }  # fmt: skip


def nobody() -> Actor:
    """Return somebody at work whose role no line of the table names."""
    return replace(cast.at_desk("federica"), role="partner")


def _samples(thread: Thread) -> dict[str, Any]:
    person = thread.person
    return {
        "person": person, "person_id": person.pk, "number": thread.number, "text": "brambilla",
        "name": "Adele Brambilla", "thread_ids": [thread.pk],
        "numbers": [thread.number], "ids": [person.pk], "hand_over_id": 1, "appointment_id": 1, "message_id": 1,
        "file_id": 1, "sms_id": 1, "account_id": 1, "notice_id": 1, "call_id": 1, "thread": thread, "key": "broken",
        "chip": "faults", "thing": thread, "stair": Stair.objects.first(), "agency": person.agency, "year": 2026, "run_id": 1,
        "opening_id": 1, "alarm_id": 1, "card_number": person.card_number, "what": "threads.listed", "rows": [],
        "tenancy_id": person.tenancies_held.get().pk, "agency_id": person.agency_id, "day": clock.today(), "item": "heating",
        "seasons": (), "fields": ["household_size"], "keys": ["household_size"], "referral": Referral(number=1),
    }  # fmt: skip


def _asked(call: Callable[..., object], by: Actor, known: dict[str, Any]) -> set[str]:
    """Return the tables of persons that a read asks something of, for somebody."""
    wanted = [p.name for p in inspect.signature(call).parameters.values() if p.default is p.empty and p.name != "by"]
    with CaptureQueriesContext(connection) as said, contextlib.suppress(NotVisible, Refused):
        call(**{name: known[name] for name in wanted}, by=by)
    return {table for query in said.captured_queries for table in ASKED.findall(query["sql"])}


@pytest.mark.parametrize("name", sorted(_reads()))
def test_who_holds_nothing_asks_nothing(name: str, thread: Thread) -> None:
    asked = _asked(_reads()[name], nobody(), _samples(thread) | ({"number": 2} if name.startswith("insight") else {}))
    assert not asked or name in PAST_THE_TABLE


def test_nothing_stands_past_the_table_for_no_reason(thread: Thread) -> None:
    assert set(PAST_THE_TABLE) <= set(_reads())
    idle = [n for n in PAST_THE_TABLE if not _asked(_reads()[n], nobody(), _samples(thread))]
    assert idle == []


def test_a_read_past_the_table_is_caught(thread: Thread) -> None:
    def careless(person_id: int, *, by: Actor) -> int:
        return Person.objects.filter(pk=person_id, agency_id=by.agency_id or 0).count()

    assert _asked(careless, nobody(), _samples(thread)) == {"people_person"}
