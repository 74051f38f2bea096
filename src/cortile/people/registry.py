"""Writes of the landlord's registry about people: many persons and contracts in one act each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from cortile.agencies.models import Agency
from cortile.homes.registry import Home, require
from cortile.kit import bulk, clock, mirror
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.people import rules, tokens
from cortile.people.models import Household, Membership, Tenancy

PEOPLE = mirror.Mirror(
    "people_person",
    ("given_name", "family_name", "birth_date", "fiscal_code"),
    once=("card_number", "language", "needs_interpreter", "home_stair_id", "floor", "home_neighbourhood_id",
          "only_in_person", "discreet", "state", "registered_at"),
    readable={"birth_date": mirror.ITALIAN_DAY},
)  # fmt: skip
TENANCIES = mirror.Mirror(
    "people_tenancy",
    ("dwelling_id", "household_id", "holder_id", "start", "end"),
    closing='"end" = COALESCE("end", GREATEST(start, %(day)s))',
    marked="",
    readable={
        "dwelling_id": "SELECT code FROM homes_dwelling WHERE id = {}",
        "household_id": "SELECT code FROM people_household WHERE id = {}",
        "holder_id": "SELECT code FROM people_person WHERE id = {}",
        "start": mirror.ITALIAN_DAY,
        "end": mirror.ITALIAN_DAY,
    },
)
NOWHERE = Home(None, "", None)


class PersonRow(NamedTuple):
    """A person as the landlord's list says it, with the home we expect her contract to give her."""

    code: str
    digest: int
    given_name: str
    family_name: str
    birth_date: date | None
    fiscal_code: str
    household: str
    kinship: str
    language: str
    contacts: tuple[tuple[str, str], ...] = ()
    home: Home = NOWHERE


class TenancyRow(NamedTuple):
    """A contract as the landlord's list says it. Without a household, it is the holder's."""

    code: str
    digest: int
    dwelling_id: int
    household: str
    holder_id: int
    start: date
    end: date | None


@action("registry.people_taken_in")
def take_in_people(
    agency: Agency, rows: Iterable[PersonRow], *, by: Actor, ledger: mirror.Ledger, trial: bool = False
) -> mirror.Ledger:
    """Make the persons equal to the list: names, households, first ways of contact, the tokens that find them.

    Language and contacts are the list's only at first: later the ones people tell us are better. A ``trial`` draws no
    card numbers.
    """
    require(by, agency)
    households, index, now = _Households(agency), tokens.Index(agency.pk), clock.now()
    ties: list[tuple[int, int | None, str]] = []
    contacts: list[tuple[int, str, str]] = []
    for batch in bulk.batches(rows):
        new, known = ledger.split(batch)
        households.know(r.household for r in batch)
        _add(ledger, new, households, index, now, trial=trial)
        ledger.stage(known, (r[2:6] for r in known))
        ties += [(ledger.ids[r.code], households.of(r.household), r.kinship) for r in known if r.household]
        contacts += [(ledger.ids[r.code], *c) for r in known for c in r.contacts]
    index.write()
    ledger.settle(clock.today())
    _retie(ledger, ties)
    _more_contacts(ledger, contacts)
    _mark_shared(agency.pk)
    tokens.rewrite(agency.pk, ledger.changed)
    done("U", agency, persons=ledger.touched, fields=["registry"])
    return ledger


def _add(
    ledger: mirror.Ledger, rows: list[PersonRow], households: _Households, index: tokens.Index, now: datetime, *, trial: bool
) -> None:
    # A trial is rolled back: its cards only have to differ, and can never be typed.
    cards = [f"prova{len(ledger.added) + n}" for n in range(len(rows))] if trial else _cards(len(rows))
    fixed = (False, False, "active", now)
    lines = ((*r[2:6], c, r.language, False, *r.home, *fixed) for r, c in zip(rows, cards, strict=True))
    keys = ledger.add(rows, lines)
    owner = ledger.owner
    ties = ((owner, k, h, r.kinship) for k, r in zip(keys, rows, strict=True) if (h := households.of(r.household)))
    bulk.copy_rows(Membership._meta.db_table, ["agency_id", "person_id", "household_id", "kinship"], ties)
    points = ((owner, k, kind, value, False, True, "") for k, r in zip(keys, rows, strict=True) for kind, value in r.contacts)
    bulk.copy_rows("people_contactpoint", ["agency_id", "person_id", "kind", "value", "shared", "safe", "when"], points)
    for key, row, card in zip(keys, rows, cards, strict=True):
        index.add(key, (row.given_name, row.family_name), (card, *(value for _, value in row.contacts)))


def _cards(many: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_card_key()")
        (key,) = cursor.fetchone()
    return [rules.drawn_card(serial, key) for serial in bulk.draw("people_card_serial", many)]


def households_of(agency_id: int) -> dict[str, int]:
    """Return the households of a body by code."""
    return dict(Household.objects.filter(agency=agency_id).order_by().values_list("code", "pk"))


class _Households:
    """The households of a body by code; one the list is first to name is added."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.ids = households_of(agency.pk)

    def know(self, codes: Iterable[str]) -> None:
        """Add the households nobody knows yet."""
        missing = [c for c in dict.fromkeys(codes) if c and c not in self.ids]
        keys = bulk.ids("people_household", len(missing))
        added = list(zip(keys, missing, strict=True))
        bulk.copy_rows("people_household", ["id", "agency_id", "code"], ((k, self.agency.pk, c) for k, c in added))
        self.ids.update((code, key) for key, code in added)

    def of(self, code: str) -> int | None:
        """Return the key of a household, or None for nobody's."""
        return self.ids.get(code)


def _retie(ledger: mirror.Ledger, ties: list[tuple[int, int | None, str]]) -> None:
    """Move known people between households as the list now says; who has left it leaves the household too."""
    ended = [(person, None, "") for person in ledger.closed]
    if not ties and not ended:
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE staged_ties (person_id bigint, household_id bigint, kinship text)")
        bulk.copy_rows("staged_ties", ["person_id", "household_id", "kinship"], [*ties, *ended])
        for statement in (_LEAVE, _JOIN):
            cursor.execute(statement, {"day": clock.today()} if statement is _LEAVE else None)
            ledger.changed |= {key for (key,) in cursor.fetchall()}.difference(ledger.closed)
        cursor.execute("DROP TABLE staged_ties")


_LEAVE = """
    UPDATE people_membership AS m SET until = %(day)s FROM staged_ties AS s
    WHERE m.person_id = s.person_id AND m.until IS NULL AND m.household_id IS DISTINCT FROM s.household_id
    RETURNING m.person_id
"""
_JOIN = """
    INSERT INTO people_membership AS m (person_id, household_id, kinship)
    SELECT person_id, household_id, kinship FROM staged_ties WHERE household_id IS NOT NULL
    ON CONFLICT (household_id, person_id) DO UPDATE SET until = NULL, kinship = excluded.kinship
    WHERE m.until IS NOT NULL OR m.kinship <> excluded.kinship
    RETURNING m.person_id
"""


def _more_contacts(ledger: mirror.Ledger, contacts: list[tuple[int, str, str]]) -> None:
    """Add the ways of contact the list has and we have not; none that somebody corrected here is taken away."""
    if not contacts:
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE staged_contacts (person_id bigint, kind text, value text)")
        bulk.copy_rows("staged_contacts", ["person_id", "kind", "value"], contacts)
        cursor.execute(_ADD_CONTACTS)
        ledger.changed |= {key for (key,) in cursor.fetchall()}
        cursor.execute("DROP TABLE staged_contacts")


_ADD_CONTACTS = """
    INSERT INTO people_contactpoint (person_id, kind, value, shared, safe, "when")
    SELECT person_id, kind, value, false, true, '' FROM staged_contacts
    ON CONFLICT (person_id, value) DO NOTHING RETURNING person_id
"""
# On a shared number only the code on paper opens the app (architecture §5), so sharing is noticed at once.
_SHARED = """
    UPDATE people_contactpoint SET shared = true WHERE NOT shared AND kind <> 'email' AND value IN (
        SELECT c.value FROM people_contactpoint AS c JOIN people_person AS p ON p.id = c.person_id
        WHERE p.agency_id = %s GROUP BY c.value HAVING count(DISTINCT c.person_id) > 1)
"""


def _mark_shared(agency_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [agency_id])


@action("registry.tenancies_taken_in")
def take_in_tenancies(agency: Agency, rows: Iterable[TenancyRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the contracts equal to the list; one that is no longer there ends today."""
    require(by, agency)
    households = _Households(agency)
    for batch in bulk.batches(rows):
        whole = _with_households(batch, households)
        new, known = ledger.split(whole)
        ledger.add(new, (_tenancy(r, households) for r in new))
        ledger.stage(known, (_tenancy(r, households) for r in known))
    ledger.settle(clock.today())
    done("U", agency, persons=_holders_of(ledger.touched), fields=["tenancy"])
    return ledger


def _with_households(rows: list[TenancyRow], households: _Households) -> list[TenancyRow]:
    """Give a contract without a household its holder's, or one of its own."""
    holders = [r.holder_id for r in rows if not r.household]
    living = Membership.objects.filter(person__in=holders, until=None).order_by("pk")
    own = dict(living.values_list("person_id", "household__code")) if holders else {}
    whole = [r if r.household else r._replace(household=own.get(r.holder_id, r.code)) for r in rows]
    households.know(r.household for r in whole)
    alone = [r for r, said in zip(whole, rows, strict=True) if not said.household and r.holder_id not in own]
    Membership.objects.bulk_create(
        (Membership(household_id=households.ids[r.household], person_id=r.holder_id) for r in alone),
        ignore_conflicts=True,
    )
    return whole


def _tenancy(row: TenancyRow, households: _Households) -> tuple[object, ...]:
    return row.dwelling_id, households.ids[row.household], row.holder_id, row.start, row.end


def _holders_of(tenancies: list[int]) -> set[int]:
    """The subject of a contract is who signed it; whom it moves is named when homes are settled."""
    found = Tenancy.objects.filter(pk__in=tenancies).order_by().values_list("holder_id", flat=True)
    return set(found) if tenancies else set()


@action("registry.homes_settled")
def settle_homes(agency: Agency, *, by: Actor) -> int:
    """Write beside each person where her living contract says she lives. Return how many moved.

    Whoever has no contract any more keeps the last home, so that her requests stay where they were.
    """
    require(by, agency)
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"agency": agency.pk, "day": clock.today()})
        moved = [key for (key,) in cursor.fetchall()]
    done("U", agency, persons=moved, fields=["home"])
    return len(moved)


_SETTLE = """
    UPDATE people_person AS p
    SET home_stair_id = d.stair_id, floor = d.floor, home_neighbourhood_id = b.neighbourhood_id
    FROM people_membership AS m
    JOIN (SELECT DISTINCT ON (household_id) household_id, dwelling_id FROM people_tenancy
          WHERE agency_id = %(agency)s AND ("end" IS NULL OR "end" > %(day)s)
          ORDER BY household_id, start DESC, id DESC) AS t ON t.household_id = m.household_id
    JOIN homes_dwelling AS d ON d.id = t.dwelling_id
    JOIN homes_stair AS s ON s.id = d.stair_id
    JOIN homes_building AS b ON b.id = s.building_id
    WHERE m.person_id = p.id AND m.until IS NULL AND p.agency_id = %(agency)s AND p.registry_digest IS NOT NULL
      AND (p.home_stair_id, p.floor, p.home_neighbourhood_id) IS DISTINCT FROM (d.stair_id, d.floor, b.neighbourhood_id)
    RETURNING p.id
"""
