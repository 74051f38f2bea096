"""An invented registry of any size: the same seed gives the same bytes. For tests, the demo and the bench."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from stdnum.it import codicefiscale

from cortile.accounts.registry import invented
from cortile.accounts.registry.invented import euro
from cortile.accounts.registry.layouts import ACCOUNTS, BANDS, BUILDINGS, CHARGES, DWELLINGS, ISEE, LAYOUTS, PEOPLE, TENANCIES
from cortile.people import rules

STREETS = ("Tigli", "Rondini", "Ginestre", "Aceri", "Betulle", "Allodole", "Castagni", "Gelsi", "Lillà",
           "Magnolie", "Mirtilli", "Noccioli", "Olmi", "Pettirossi", "Robinie", "Salici",
           "Scriccioli", "Sorbi", "Tamerici", "Usignoli")  # fmt: skip
QUARTERS = ("Borgo Tigli", "Borgo Rondini", "Quartiere Aceri", "Quartiere Gelsi", "Case Nuove", "Case Basse", "Corte Lunga",
            "Corte Vecchia", "Ronchetto", "Prato Alto", "Molinello", "Fornaci")  # fmt: skip
ITALIAN = (
    ("Adele", "Bruno", "Carla", "Dario", "Elena", "Franco", "Gianna", "Ivo", "Lidia", "Marco", "Nives", "Oreste", "Renzo"),
    ("Brambilla", "Colombo", "D'Angelo", "De Luca", "Esposito", "Ferrari", "Galli", "Locatelli", "Marchetti", "Nava", "Oriani",
     "Pozzi", "Ronchi", "Sala", "Tagliabue", "Villa", "Zanetti", "Bassi", "Cattaneo", "Fumagalli"),
)  # fmt: skip
ABROAD = (
    (("Samira", "Youssef", "Amina", "Karim", "Nour"), ("Haddad", "Mansour", "El Sayed", "Khalil", "Ben Ali"), "ar"),
    (("Rosa", "Luis", "Carmen", "Jorge"), ("Quispe", "Mendoza", "Salazar", "Rojas Peña"), "es"),
    (("Olena", "Taras", "Iryna"), ("Shevchenko", "Kovalenko", "Bondar"), "uk"),
    (("Mei", "Jun", "Lian"), ("Zhou", "Chen", "Hu"), "zh"),
    (("Ion", "Elena", "Mihai"), ("Popescu", "Ionescu", "Dumitru"), "ro"),
)
OTHERS = ("coniuge", "figlia", "figlio", "madre", "fratello")
SIZES = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
PER_STAIR, STAIRS = 12, 3
MONTHS = "ABCDEHLMPRST"
Row = list[str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much to invent. ``codes`` adds fiscal codes with a birthplace that does not exist: for the demo only.

    ``facts`` adds the three files contributions are decided on; the other five are the same with and without.
    """

    dwellings: int
    seed: int = 1
    people: int | None = None
    as_of: date = date(2026, 3, 1)
    municipality: str = "Milano"
    codes: bool = False
    facts: bool = False


def write(recipe: Recipe, folder: Path, *, separator: str = ";", encoding: str = "utf-8") -> None:
    """Write the files into a folder, in Italian."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(recipe, separator=separator, encoding=encoding):
        (folder / name).write_bytes(content)


def files(recipe: Recipe, *, separator: str = ";", encoding: str = "utf-8") -> list[tuple[str, bytes]]:
    """Return the files as they would be uploaded."""
    rows = _all(recipe)
    made = []
    for layout in (found for found in LAYOUTS if found.name in rows):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
        writer.writerow([c.name for c in layout.columns])
        writer.writerows(rows.pop(layout.name))
        made.append((layout.files[1], out.getvalue().encode(encoding)))
    return made


def _all(recipe: Recipe) -> dict[str, list[Row]]:
    chance = Random(recipe.seed)  # noqa: S311 -- invented data
    places = list(_dwellings(recipe.dwellings))
    per_building = PER_STAIR * STAIRS
    buildings = [_building(chance, n, recipe) for n in range(-(-recipe.dwellings // per_building))]
    made: dict[str, list[Row]] = {BUILDINGS.name: buildings, DWELLINGS.name: places, PEOPLE.name: []}
    made |= {TENANCIES.name: [], ACCOUNTS.name: []}
    for n, size in enumerate(_sizes(chance, recipe)):
        household = _household(chance, recipe, n, size, first=len(made[PEOPLE.name]) + 1)
        if household:
            made[PEOPLE.name] += household
            made[TENANCIES.name].append(_tenancy(chance, n, household[0][0], recipe))
            made[ACCOUNTS.name].append(_account(chance, n, recipe))
    return made | (_facts(recipe, made[TENANCIES.name]) if recipe.facts else {})


def _facts(recipe: Recipe, tenancies: list[Row]) -> dict[str, list[Row]]:
    """Return what contributions are decided on, contract by contract, from a chance of its own."""
    chance, day = Random(recipe.seed + 1), recipe.as_of  # noqa: S311 -- invented data
    made: dict[str, list[Row]] = {BANDS.name: [], CHARGES.name: [], ISEE.name: []}
    for contract, _, _, household, *_ in tenancies:
        made[BANDS.name] += invented.band(chance, contract, day)
        made[CHARGES.name] += invented.charges(chance, contract, day)
        made[ISEE.name] += invented.isee(chance, household, day)
    return made


def _sizes(chance: Random, recipe: Recipe) -> list[int]:
    """Return how many live in each dwelling; with ``people`` given, exactly so many in all."""
    sizes = [chance.choice(SIZES) for _ in range(recipe.dwellings)]
    missing = 0 if recipe.people is None else recipe.people - sum(sizes)
    while missing:
        n = chance.randrange(len(sizes))
        step = 1 if missing > 0 else -1
        if sizes[n] + step >= 0:
            sizes[n] += step
            missing -= step
    return sizes


def _building(chance: Random, n: int, recipe: Recipe) -> Row:
    street = f"Via dei {STREETS[n % len(STREETS)]}"
    number = str(1 + 2 * (n // len(STREETS)))
    return [f"E{n + 1:05d}", QUARTERS[n % len(QUARTERS)], recipe.municipality, street, number, chance.choice(("sì", "no"))]


def _dwellings(many: int) -> Iterator[Row]:
    for n in range(many):
        building, place = divmod(n, PER_STAIR * STAIRS)
        stair, door = divmod(place, PER_STAIR)
        yield [f"A{n + 1:06d}", f"E{building + 1:05d}", "ABC"[stair], str(door // 3), str(place + 1), f"{40 + n % 55},{n % 10}0"]


def _household(chance: Random, recipe: Recipe, n: int, size: int, *, first: int) -> list[Row]:
    given, family, language = (*ITALIAN, "it") if chance.random() < 0.5 else chance.choice(ABROAD)  # noqa: PLR2004 -- half
    surname = chance.choice(family)
    return [_person(chance, recipe, first + i, n, (chance.choice(given), surname, language), alone=i == 0) for i in range(size)]


def _person(chance: Random, recipe: Recipe, number: int, household: int, who: Sequence[str], *, alone: bool) -> Row:
    given, family, language = who
    youngest = recipe.as_of - timedelta(days=365 * (19 if alone else 1))
    born = youngest - timedelta(days=chance.randrange(365 * 70))
    code = _fiscal_code(chance, given, family, born) if recipe.codes else ""
    phone = f"333 555 {number % 10000:04d}{number // 10000:02d}" if alone else ""
    kinship = "intestatario" if alone else chance.choice(OTHERS)
    day = f"{born:%d/%m/%Y}"
    return [f"P{number:06d}", family, given, day, code, f"N{household + 1:06d}", kinship, language, phone, "", ""]


def _fiscal_code(chance: Random, given: str, family: str, born: date) -> str:
    """Return a code with a right check letter and a birthplace that no map has."""
    letters = "".join(c for c in f"{family}XXX{given}XXX".upper() if c.isascii() and c.isalpha())
    day = born.day + chance.choice((0, 40))
    bare = f"{letters[:3]}{letters[-6:-3]}{born:%y}{MONTHS[born.month - 1]}{day:02d}{rules.INVENTED_BIRTHPLACE}"
    return bare + str(codicefiscale.calc_check_digit(bare))


def _tenancy(chance: Random, n: int, holder: str, recipe: Recipe) -> Row:
    start = recipe.as_of - timedelta(days=chance.randrange(30, 365 * 30))
    return [f"C{n + 1:06d}", f"A{n + 1:06d}", holder, f"N{n + 1:06d}", f"{start:%d/%m/%Y}", ""]


def _account(chance: Random, n: int, recipe: Recipe) -> Row:
    owed = chance.choice((0, 0, 0, 12050, 64050, 123450, -2000)) + chance.randrange(100)
    rent = chance.randrange(2000, 45000)
    since = f"{recipe.as_of - timedelta(days=chance.randrange(31, 400)):%d/%m/%Y}" if owed > 0 else ""
    return [f"K{n + 1:06d}", f"C{n + 1:06d}", euro(owed), euro(rent), f"{recipe.as_of:%d/%m/%Y}", since]
