"""Invented bands, charges and ISEE statements, in the shares of product §9: for tests, the demo and the bench. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from cortile.accounts import rules

# Nought to 9,360 euro, then to 15,000, then above; whoever is left has brought no statement.
SHARES = ((0.45, 150_000, 936_000), (0.70, 936_001, 1_500_000), (0.85, 1_500_001, 3_400_000))
STEPS = {"protezione": "A5", "accesso": "B1", "permanenza": "C6", "decadenza": "D1"}
AREAS = ("protezione",) * 9 + ("accesso",) * 6 + ("permanenza",) * 4 + ("decadenza",)
EXPIRED, CURRENT, DISCREPANT, NO_CENSUS, OLD_CENSUS = 0.10, 0.12, 0.03, 0.06, 0.05
LETTERS = "ABCDEFGHLMNPQRSTVZ"
Row = list[str]


def band(chance: Random, contract: str, day: date) -> list[Row]:
    """Return a row of fasce.csv; none for a contract the census has not reached. Some are of a census too old to count."""
    if chance.random() < NO_CENSUS:
        return []
    year = day.year - (4 if chance.random() < OLD_CENSUS else 1)
    area = chance.choice(AREAS)
    return [band_said(contract, area, year)]


def band_said(contract: str, area: str, year: int) -> Row:
    """Return a row of fasce.csv that says just this."""
    return [contract, area, STEPS[area], str(year), f"01/10/{year}", f"anagrafe utenza {year}"]


def charges(chance: Random, contract: str, day: date) -> list[Row]:
    """Return the rows of spese.csv of the season that runs: heating and services."""
    heating, services = chance.randint(38_000, 160_000), chance.randint(40_000, 130_000)
    return [charge(contract, "riscaldamento", heating, day), charge(contract, "servizi", services, day)]


def charge(contract: str, item: str, cents: int, day: date) -> Row:
    """Return a row of spese.csv that says just this, of the season that runs."""
    season, _ = rules.seasons_until(day)
    return [contract, item, season, euro(cents), "0,00", "", f"{day:%d/%m/%Y}"]


def isee(chance: Random, household: str, day: date) -> list[Row]:
    """Return a row of isee.csv: ordinary, current or of last year; none for a household that brought none."""
    drawn = chance.random()
    found = next(((least, most) for share, least, most in SHARES if drawn < share), None)
    if found is None:
        return []
    cents, kind = chance.randint(*found), chance.random()
    if kind < EXPIRED:
        return [isee_said(chance, household, cents, date(day.year - 1, 1, 20), date(day.year - 1, 12, 31))]
    if kind < EXPIRED + CURRENT:
        first = day - timedelta(days=chance.randint(5, 120))
        return [isee_said(chance, household, cents, first, rules.months_after(first, 6), kind="corrente")]
    wrong = "sì" if kind > 1 - DISCREPANT else "no"
    return [isee_said(chance, household, cents, min(date(day.year, 1, 8), day), date(day.year, 12, 31), discrepancies=wrong)]


def isee_said(
    chance: Random, household: str, cents: int, first: date, last: date, *, kind: str = "ordinario", discrepancies: str = "no"
) -> Row:
    """Return a row of isee.csv that says just this, with a protocol nobody was ever given."""
    protocol = f"INPS-ISEE-{first.year}-{chance.randrange(10**8):08d}{chance.choice(LETTERS)}-00"
    return [household, kind, euro(cents), protocol, f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}", discrepancies, "INPS"]


def euro(cents: int) -> str:
    """Write cents as a landlord's export does: «1.234,50»."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"
