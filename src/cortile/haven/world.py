"""The lane's invented world: an association, who works there, what it shows, and as many records as are asked for.

All but the records is the same however many there are: the two-world test rests on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from cortile.haven import keyring
from cortile.haven.actions import associations, records, world
from cortile.haven.actions.world import Offered, Shown
from cortile.haven.models import Association, Operator
from cortile.kit import clock
from cortile.kit.actor import Actor, Kind, system

SLUG = "spazio-aperto"
# The phrases of two invented people, for a demo: anybody reads them here, nothing real stands behind them.
PHRASES = {"chiara": "quattro parole messe a caso", "giulia": "una seconda frase di prova"}
CODES = (
    "girasole", "mare", "gatto", "melograno", "lanterna", "ponte", "rondine", "tamburo", "nebbia", "castagna", "vela", "papavero",
    "fontana", "timone", "lucciola", "sentiero", "cometa", "basilico", "conchiglia", "aquilone",
)  # fmt: skip
NOTES = (
    "Preferisce parlare al mattino.", "Ha chiesto come si cambia il medico.", "Vuole tornare la settimana prossima.",
    "Ha portato i documenti della scuola.", "Cerca un lavoro di mattina.", "Ha una sorella a Cremona.",
)  # fmt: skip
STEPS = ("support", "orientation", "work", "workshop", "accompaniment")
STEP_WORDS = {
    "support": "Primo colloquio", "orientation": "Capire che aiuti ci sono", "work": "Scrivere il curriculum",
    "workshop": "Laboratorio di cucito", "accompaniment": "Andare insieme in Comune",
}  # fmt: skip
HALF_HOURS, DAYS = (time(9, 30), time(10), time(10, 30), time(15)), 14
# Those of the desk, which are never on the public page.
OWN_HALF_HOURS = (time(11), time(16))
SATURDAY = 5
LANGUAGES = ("it", "ar", "en", "es")
SYSTEM = system("seed")


class AlreadyThere(Exception):  # noqa: N818 -- an answer, not a fault
    """The world stands already: there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to build: how many records, from which seed, on which day."""

    count: int
    seed: int
    today: date


def build(asked: Asked) -> dict[str, str]:
    """Build it and return the demo's phrases by login; raise ``AlreadyThere`` where an association stands."""
    if Association.objects.exists():
        raise AlreadyThere
    with clock.frozen(clock.at(asked.today, time(9))):
        lead = _people()
        world.open_demo(
            lead.association, _doors(asked.today), _offers(asked.today), {"shelter": 2, "dwelling": 3}, by=_at_work(lead)
        )
        shift = _shift(lead)
        for number in range(asked.count):
            _record(shift, random.Random(f"{asked.seed}/{number}"), number, by=_at_work(lead))  # noqa: S311 -- an invented world, the same each time
    keyring.forget()
    return dict(PHRASES)


def at_the_desk(login: str) -> tuple[keyring.Shift, Actor]:
    """Return an invented operator's open shift, and the operator as who acts."""
    member = Operator.objects.get(login=login)
    return _shift(member), _at_work(member)


def _people() -> Operator:
    founded = associations.found("Spazio Aperto", SLUG, "Chiara", "chiara", PHRASES["chiara"], by=SYSTEM, phone="02 5550 700")
    lead = founded.lead
    associations.name_operator(_shift(lead), "Giulia", "giulia", PHRASES["giulia"], by=_at_work(lead))
    return lead


def _shift(member: Operator) -> keyring.Shift:
    private = associations.opened_keys(member, PHRASES[member.login])
    return keyring.Shift(member.pk, member.association_id, private, clock.now())


def _at_work(member: Operator) -> Actor:
    role = "lead" if member.leads else "operator"
    return Actor(kind=Kind.STAFF, name=member.name, id=member.pk, role=role, agency_id=member.association_id, purpose="protection")


def _doors(today: date) -> list[Shown]:
    return [
        Shown("Spazio Aperto San Siro", "Via dei Tigli 20, Milano", "lunedì-venerdì 9-17", "02 5550 701", list(LANGUAGES),
              step_free=True, half_hours=list(_half_hours(today, HALF_HOURS)),
              own=list(_half_hours(today, OWN_HALF_HOURS))),
        Shown("Sala Lilla", "Piazza Grande 3, Milano", "martedì e giovedì 14-18", "02 5550 702", ["it", "es"], step_free=False),
    ]  # fmt: skip


def _half_hours(today: date, hours: tuple[time, ...]) -> Iterator[datetime]:
    for ahead in range(1, DAYS + 1):
        day = today + timedelta(days=ahead)
        if day.isoweekday() <= 5:  # noqa: PLR2004 -- Monday to Friday
            yield from (clock.at(day, hour) for hour in hours)


def _offers(today: date) -> list[Offered]:
    said = (
        ("workshop", "Laboratorio di cucito", time(15), 3), ("training", "Italiano per il lavoro", time(10), 5),
        ("job_help", "Scrivere il curriculum", time(9), 6), ("group", "Camminata al parco", time(17), 8),
    )  # fmt: skip
    place = "Spazio Aperto San Siro"
    return [Offered(kind, title, place, clock.at(today + timedelta(days=ahead), hour)) for kind, title, hour, ahead in said]


def _record(shift: keyring.Shift, chance: random.Random, number: int, *, by: Actor) -> None:
    """Open a record and write a few things in it."""
    code = CODES[number % len(CODES)] + (f" {number // len(CODES) + 1}" if number >= len(CODES) else "")
    contact = {"how": "phone", "where": f"333 5551 {number:03d}", "when": "dalle 9 alle 11", "never": "Non lasciare messaggi"}
    record = records.open_record(
        shift, code, by=by, callback=chance.random() < 1 / 3, contact=contact if chance.random() < 1 / 2 else None
    )
    for content in _written(chance):
        records.write(shift, record, content, by=by)


def _written(chance: random.Random) -> Iterator[dict[str, Any]]:
    today = clock.today()
    yield from ({"kind": "note", "text": text} for text in chance.sample(NOTES, chance.randint(1, 3)))
    for step in chance.sample(STEPS, chance.randint(1, 3)):
        done, away = chance.choice([False, True]), timedelta(days=chance.randint(0, 20))
        day = (today - away if done else today + away).isoformat()
        yield {"kind": "step", "step": step, "text": STEP_WORDS[step], "done": done, "on": day}
    ahead = today + timedelta(days=chance.randint(1, 10))
    # Nobody is at the desk on Saturday and Sunday.
    ahead += timedelta(days=2 if ahead.weekday() >= SATURDAY else 0)
    at = clock.at(ahead, time(chance.randint(9, 16)))
    yield {"kind": "appointment", "at": at.isoformat(), "on": clock.local(at).date().isoformat()}
