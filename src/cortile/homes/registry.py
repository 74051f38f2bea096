"""Writes of the landlord's registry about homes: many buildings and dwellings in one act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from cortile.agencies import access
from cortile.agencies.models import Agency
from cortile.homes import rules
from cortile.homes.actions import index_building
from cortile.homes.models import AddressToken, Building, Dwelling, Neighbourhood, Stair
from cortile.kit import bulk, clock, mirror
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

BUILDINGS = mirror.Mirror(
    "homes_building",
    ("neighbourhood_id", "municipality", "street", "number", "has_lift"),
    readable={"neighbourhood_id": "SELECT name FROM homes_neighbourhood WHERE id = {}", "has_lift": mirror.ITALIAN_YES},
)
DWELLINGS = mirror.Mirror(
    "homes_dwelling",
    ("stair_id", "floor", "number", "square_metres"),
    readable={
        "stair_id": "SELECT b.code || ' ' || x.name FROM homes_stair x JOIN homes_building b ON b.id = building_id WHERE x.id = {}"
    },
)
ONLY_STAIR = "unica"


class BuildingRow(NamedTuple):
    """A building as the landlord's list says it."""

    code: str
    digest: int
    neighbourhood: str
    municipality: str
    street: str
    number: str
    has_lift: bool


class DwellingRow(NamedTuple):
    """A dwelling as the landlord's list says it, in a building already known."""

    code: str
    digest: int
    building_id: int
    stair: str
    floor: str
    number: str
    square_metres: int | None


class Home(NamedTuple):
    """Where a dwelling is, as it stands beside a person."""

    stair_id: int | None
    floor: str
    neighbourhood_id: int | None


def require(by: Actor, agency: Agency) -> None:
    """Raise ``Refused('not-allowed')`` unless somebody may import, and into their own body."""
    access.require(by, "import")
    refuse_unless(by.agency_id in (None, agency.pk), "not-allowed", _("Questo ente non è il tuo."))


@action("registry.buildings_taken_in")
def take_in_buildings(agency: Agency, rows: Iterable[BuildingRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the buildings equal to the list, with the neighbourhoods it names and the tokens that find them."""
    require(by, agency)
    quarters = _Quarters(agency)
    for batch in bulk.batches(rows):
        new, known = ledger.split(batch)
        ids = ledger.add(new, (quarters.values(r) for r in new))
        AddressToken.objects.bulk_create(
            AddressToken(agency_id=agency.pk, token=token, building_id=i)
            for i, r in zip(ids, new, strict=True) for token in rules.address_tokens(r.street, r.number)
        )  # fmt: skip
        ledger.stage(known, (quarters.values(r) for r in known))
    ledger.settle(clock.today())
    for building in Building.objects.filter(pk__in=ledger.changed):
        index_building(building)
    done("U", agency, fields=["buildings"])
    return ledger


class _Quarters:
    """The neighbourhoods of a body by any of their names; one the list is first to name is added."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.ids: dict[str, int] = {}
        for quarter in Neighbourhood.objects.filter(agency=agency):
            self.ids |= dict.fromkeys((n.casefold() for n in (*quarter.aliases, quarter.name)), quarter.pk)

    def values(self, row: BuildingRow) -> tuple[object, ...]:
        """Return the columns of a building."""
        name = row.neighbourhood.casefold()
        if name not in self.ids:
            added = Neighbourhood.objects.create(agency=self.agency, name=row.neighbourhood, municipality=row.municipality)
            self.ids[name] = added.pk
        return self.ids[name], row.municipality, row.street, row.number, row.has_lift


@action("registry.dwellings_taken_in")
def take_in_dwellings(agency: Agency, rows: Iterable[DwellingRow], *, by: Actor, ledger: mirror.Ledger) -> mirror.Ledger:
    """Make the dwellings equal to the list, with the stairs it names."""
    require(by, agency)
    stairs = {(b, n): i for i, b, n in _stairs(agency)}
    for batch in bulk.batches(rows):
        _add_stairs(batch, stairs)
        new, known = ledger.split(batch)
        ledger.add(new, (_dwelling(r, stairs) for r in new))
        ledger.stage(known, (_dwelling(r, stairs) for r in known))
    ledger.settle(clock.today())
    done("U", agency, fields=["dwellings"])
    return ledger


def _stairs(agency: Agency) -> Iterable[tuple[int, int, str]]:
    return Stair.objects.filter(building__agency=agency).order_by().values_list("pk", "building_id", "name")


def _add_stairs(rows: list[DwellingRow], stairs: dict[tuple[int, str], int]) -> None:
    missing = list(dict.fromkeys(k for r in rows if (k := (r.building_id, r.stair or ONLY_STAIR)) not in stairs))
    added = Stair.objects.bulk_create(Stair(building_id=building, name=name) for building, name in missing)
    stairs.update((key, stair.pk) for key, stair in zip(missing, added, strict=True))


def _dwelling(row: DwellingRow, stairs: dict[tuple[int, str], int]) -> tuple[object, ...]:
    return stairs[row.building_id, row.stair or ONLY_STAIR], row.floor, row.number, row.square_metres


def homes_of(agency_id: int) -> dict[int, Home]:
    """Return where every dwelling of a body is, by its key: one query, for the people who move in."""
    rows = Dwelling.objects.filter(agency_id=agency_id).order_by()
    found = rows.values_list("pk", "stair_id", "floor", "stair__building__neighbourhood_id")
    return {pk: Home(stair, floor, quarter) for pk, stair, floor, quarter in found.iterator(chunk_size=bulk.BATCH)}
