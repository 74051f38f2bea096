"""Questions about copies: what another body was given of a person. Each reading is written in both bodies' logs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cortile.kit import audit
from cortile.kit.actor import Actor
from cortile.people import access, cards
from cortile.people.models import Person, SharedCopy
from cortile.people.words import BASIS_LABELS, COPY_LABELS

MOST = 200
COPIED = tuple(COPY_LABELS)


@dataclass(frozen=True, slots=True)
class Received:
    """A copy as its recipient reads it: the ticked fields, from whom, what for, until when. No row of anybody's."""

    name: str
    facts: tuple[tuple[str, str, str], ...]
    purpose: str
    basis: str
    source: str
    shared_by: str
    until: date


@dataclass(frozen=True, slots=True)
class Given:
    """A copy as the person, and who gave it, see it: to whom, which fields, until when."""

    pk: int
    to: str
    labels: tuple[str, ...]
    purpose: str
    until: date


def received(*, by: Actor) -> list[Received]:
    """Return what other bodies share with the reader's, soonest to end first; a copy taken back is not there."""
    rows = list(access.copies_visible_to(by).select_related("source_agency").order_by("until", "pk")[:MOST])
    _read_in_both_logs(rows, by)
    return [_received(row) for row in rows]


def _received(row: SharedCopy) -> Received:
    shown = [key for key in COPIED if key in row.fields and key != "name"]
    facts = tuple((key, str(COPY_LABELS[key]), str(row.fields[key])) for key in shown)
    return Received(
        str(row.fields.get("name", "")), facts, row.purpose, str(BASIS_LABELS[row.basis]), row.source_agency.short_name,
        row.shared_by_name, row.until,
    )  # fmt: skip


def _read_in_both_logs(rows: list[SharedCopy], by: Actor) -> None:
    """Leave the read where the reader's body keeps its own, and where the person's body lets her see it (T9)."""
    alike: defaultdict[tuple[int, frozenset[str]], list[SharedCopy]] = defaultdict(list)
    for row in rows:
        alike[row.source_agency_id, frozenset(row.fields)].append(row)
    for (source, fields), same in alike.items():
        persons = [row.person_id for row in same]
        thing = same[0] if len(same) == 1 else None
        audit.seen("copy.read", by=by, persons=persons, fields=fields, thing=thing)
        audit.seen("copy.read", by=by, persons=persons, fields=fields, thing=thing, of=source)


def given(person: Person, *, by: Actor) -> list[Given]:
    """Return the living copies of a person: on her own page, and on that of who follows her.

    On a phone there are none with «solo di persona»: the page equals that of somebody who never asked.
    """
    if person.only_in_person and not access.reads_at_the_desk(by):
        return []
    rows = access.copies_visible_to(by).filter(person_id=person.pk).select_related("agency")
    return [Given(r.pk, r.agency.short_name, _labels(r), r.purpose, r.until) for r in rows]


def _labels(row: SharedCopy) -> tuple[str, ...]:
    return tuple(str(COPY_LABELS[key]) for key in COPIED if key in row.fields)


def callable_numbers(person: Person) -> set[str]:
    """Return the numbers a copy may hold: safe, hers alone to answer, and none with «solo di persona»."""
    rows = person.contact_points.filter(safe=True, shared=False).exclude(kind="email")
    return set() if person.only_in_person else set(rows.values_list("value", flat=True))


def offered(person: Person) -> dict[str, str]:
    """Return what there is to copy of a person, by field: a number only if it is safe, and hers alone to answer."""
    card = cards.name_card(person)
    known = {
        "name": card.name,
        "phone": card.phone,
        "language": card.language,
        "address": card.stair,
        "birth_year": str(person.birth_date.year) if person.birth_date else "",
    }
    return {key: value for key, value in known.items() if value}
