"""What may be wrong with who receives a contribution, though the schema lets it pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cortile.benefits.siuss import fiscal_code
from cortile.benefits.siuss.records import ITALY, Beneficiary, Residence
from cortile.benefits.siuss.words import Found

LONGEST_NAME = 36
EARLIEST_BIRTH = 1900
MOST_RESIDENCES = 5
BELFIORE = re.compile(r"[A-Z][0-9]{3}")
COUNTRY = re.compile(r"[0-9]{3}")
# The schema knows letters for digits in the last three places only; the law (D.M. 23/12/1976, art. 6) in all seven.
FISCAL_CODE = re.compile(r"[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][A-Z0-9]{3}[A-Z]|[0-9]{11}")
# Provinces of Lombardy as Istat numbers them, and the region as D.M. 1986 does: the latter from memory, to be confirmed.
LOMBARD_PROVINCES = frozenset({*(f"{number:03d}" for number in range(12, 21)), "097", "098", "108"})
LOMBARDY = "10"


def check(person: Beneficiary, day: date) -> Iterator[Found]:
    """Yield what is wrong with a beneficiary of a flow of a day."""
    yield from fiscal_code_faults(person.fiscal_code, "fiscal-code")
    yield from _disagreements(person)
    if person.sex is None:
        yield Found("sex")
    if not (is_text(person.family_name, LONGEST_NAME) and is_text(person.given_name, LONGEST_NAME)):
        yield Found("name")
    if not EARLIEST_BIRTH <= person.birth_year <= day.year:
        yield Found("birth-year")
    if not BELFIORE.fullmatch(person.birthplace):
        yield Found("birthplace")
    if not all(COUNTRY.fullmatch(code) for code in (person.citizenship, person.second_citizenship or ITALY)):
        yield Found("citizenship")
    yield from _residences(person.residences)


def fiscal_code_faults(code: str, name: str) -> Iterator[Found]:
    """Yield what is wrong with a codice fiscale by itself, under the name of whose it is."""
    if not (code.isascii() and code.isalnum() and code == code.upper() and fiscal_code.holds(code)):
        yield Found(name)
    elif not FISCAL_CODE.fullmatch(code):
        yield Found("fiscal-code-form")


def is_text(text: str, most: int) -> bool:
    """Tell whether a text says something, in signs XML can carry, and is not longer than its attribute."""
    return len(text) <= most and text.isprintable() and bool(text.strip())


def _disagreements(person: Beneficiary) -> Iterator[Found]:
    said = fiscal_code.read(person.fiscal_code)
    if said is None:
        return
    if said.year != person.birth_year % 100:
        yield Found("fiscal-code-year")
    if person.sex and said.sex != person.sex:
        yield Found("fiscal-code-sex")
    # Registries change names and merge municipalities and the code stays: these two are for a person to judge.
    if fiscal_code.letters(person.family_name, person.given_name) not in {said.letters, None}:
        yield Found("fiscal-code-name")
    if said.birthplace != person.birthplace:
        yield Found("fiscal-code-birthplace")


def _residences(residences: tuple[Residence, ...]) -> Iterator[Found]:
    if not 1 <= len(residences) <= MOST_RESIDENCES or not all(COUNTRY.fullmatch(place.country) for place in residences):
        yield Found("residence")
    if not all(_coded(place) for place in residences):
        yield Found("residence-italian")
    if any(place.municipality[:3] in LOMBARD_PROVINCES and place.region != LOMBARDY for place in residences):
        yield Found("residence-region")


def _coded(place: Residence) -> bool:
    """An Italian address has both codes (specification, table 7); what another one has must still have the schema's form."""
    forms = ((place.region, "[0-9]{2}"), (place.municipality, "[0-9]{6}"))
    return all(re.fullmatch(form, code) or not (code or place.country == ITALY) for code, form in forms)
