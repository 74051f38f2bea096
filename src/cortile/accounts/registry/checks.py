"""One row of each file: its cells become what the acts take, or a reason and a cure. No database: what is there is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cortile.accounts import rules as facts
from cortile.accounts.actions import AccountRow, BandRow, ChargeRow, IseeRow
from cortile.accounts.registry import cells, layouts
from cortile.homes.registry import BuildingRow, DwellingRow, Home
from cortile.people import rules
from cortile.people.registry import NOWHERE, PersonRow, TenancyRow

LANGUAGE = re.compile(r"[a-z]{2,3}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[\d\s./()-]{5,20}")
Codes = Mapping[str, int]


class Doubt(NamedTuple):
    """Something to look at again in a row that was taken all the same: which column, why, and what the office can do."""

    column: str
    reason: str
    cure: str


def building(key: int, *row: str) -> BuildingRow:
    """Check a building."""
    code, quarter, town, street, number, lift = row
    return BuildingRow(
        code, key, cells.needed("quartiere", quarter), cells.needed("comune", town), cells.needed("via", street),
        cells.short("civico", number), cells.yes("ascensore", lift),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dwellings:
    """Checks a dwelling: its building must be there."""

    buildings: Codes

    def __call__(self, key: int, *row: str) -> DwellingRow:
        """Check one."""
        code, building_code, stair, floor, number, size = row
        where = _known("edificio", building_code, self.buildings, "edifici.csv")
        metres = cells.whole_or_none("superficie", size)
        return DwellingRow(
            code, key, where, cells.short("scala", stair), cells.short("piano", floor), cells.short("interno", number), metres
        )


@dataclass(frozen=True, slots=True)
class People:
    """Checks a person. ``home`` says where we expect her to live, from the contracts of the same delivery."""

    today: date
    demo: bool
    home: Callable[[str, str], Home] = field(default=lambda _code, _household: NOWHERE)

    def __call__(self, key: int, *row: str) -> PersonRow:
        """Check one."""
        code, family, given, born, fiscal, household, kinship, language, mobile, landline, email = row
        if not given:
            cells.wrong("nome", "Manca il nome.", "Scrivi almeno il nome.")
        return PersonRow(
            code, key, cells.name(cells.short("nome", given)), cells.name(cells.short("cognome", family)), self._born(born),
            self._fiscal_code(fiscal.upper()), cells.short("nucleo", household),
            cells.short("parentela", kinship), _language(language.lower()), _contacts(mobile, landline, email),
            self.home(code, household),
        )  # fmt: skip

    def _born(self, cell: str) -> date | None:
        born = cells.day_or_none("data_nascita", cell)
        if born is not None and not rules.birth_date_fits(born, self.today):
            cells.wrong(
                "data_nascita", f"Nessuno può essere nato il {born:%d/%m/%Y}.", "Scrivi una data dal 1900 a oggi, o lascia vuoto."
            )
        return born

    def _fiscal_code(self, code: str) -> str:
        if code and not rules.is_fiscal_code(code):
            cells.wrong("codice_fiscale", "Il codice fiscale non è giusto.", "Copialo dalla tessera sanitaria, o lascia vuoto.")
        if code and not self.demo and rules.is_invented_code(code):
            cells.wrong("codice_fiscale", "Il codice fiscale è inventato.", "Copialo dalla tessera sanitaria, o lascia vuoto.")
        return code


def _language(code: str) -> str:
    if code and not LANGUAGE.fullmatch(code):
        cells.wrong("lingua", f"«{code[:20]}» non è il codice di una lingua.", "Scrivi it, ar, en, es… o lascia vuoto.")
    return code or "it"


def _contacts(mobile: str, landline: str, email: str) -> tuple[tuple[str, str], ...]:
    if not (mobile or landline or email):
        return ()
    for column, number in (("cellulare", mobile), ("telefono", landline)):
        if number and not PHONE.fullmatch(number):
            cells.wrong(column, f"«{number[:20]}» non è un numero di telefono.", "Scrivi solo cifre e spazi, o lascia vuoto.")
    if email and not EMAIL.fullmatch(email):
        cells.wrong("email", f"«{email[:40]}» non è un indirizzo.", "Scrivi nome@dominio.it, o lascia vuoto.")
    said = {mobile: "mobile", landline: "landline", email: "email"}
    return tuple((kind, value) for value, kind in said.items() if value)


@dataclass(frozen=True, slots=True)
class Tenancies:
    """Checks a contract: its dwelling and its holder must be there."""

    dwellings: Codes
    people: Codes

    def __call__(self, key: int, *row: str) -> TenancyRow:
        """Check one."""
        code, dwelling, holder, household, start, end = row
        where = _known("alloggio", dwelling, self.dwellings, "alloggi.csv")
        who = _known("intestatario", holder, self.people, "persone.csv")
        since, until = cells.day("inizio", start), cells.day_or_none("fine", end)
        if until is not None and until < since:
            cells.wrong("fine", "La fine viene prima dell'inizio.", "Correggi una delle due date.")
        return TenancyRow(code, key, where, cells.short("nucleo", household), who, since, until)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Checks a rent account: its contract must be there."""

    tenancies: Codes

    def __call__(self, key: int, *row: str) -> AccountRow:
        """Check one."""
        code, tenancy, balance, rent, as_of, since = row
        contract = _known("contratto", tenancy, self.tenancies, "contratti.csv")
        owed, monthly = cells.cents("saldo", balance), cells.cents_or_none("canone", rent)
        day, owed_since = cells.day("data", as_of), cells.day_or_none("debito_dal", since)
        if owed_since is not None and owed_since > day:
            cells.wrong(
                "debito_dal", "Il debito comincia dopo il giorno del saldo.", "Correggi una delle due date, o lascia vuoto."
            )
        return AccountRow(code, key, contract, owed, monthly, day, owed_since)


@dataclass(frozen=True, slots=True)
class Bands:
    """Checks a band: its contract must be there, its area be one of the law's (L.R. 27/2009 art. 31)."""

    tenancies: Codes

    def __call__(self, key: int, *row: str) -> BandRow:
        """Check one."""
        tenancy, area, step, census, as_of, source = row
        contract = _known("contratto", tenancy, self.tenancies, "contratti.csv")
        known = cells.word("area", area, {name: name for name in facts.AREAS})
        return BandRow(
            layouts.BANDS.code(row), key, contract, known, cells.short("fascia", step).upper(), cells.year("anno", census),
            cells.day("data", as_of), cells.short("fonte", source),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Charges:
    """Checks what a contract was asked for an item: its contract must be there."""

    tenancies: Codes

    def __call__(self, key: int, *row: str) -> ChargeRow:
        """Check one."""
        tenancy, item, season, due, paid, increase, as_of = row
        contract = _known("contratto", tenancy, self.tenancies, "contratti.csv")
        known = cells.word("voce", item, layouts.ITEMS)
        if not facts.season_fits(season):
            cells.wrong("stagione", f"«{season[:20]}» non è una stagione.", "Scrivi due anni di seguito, per esempio 2025/26.")
        return ChargeRow(
            layouts.CHARGES.code(row), key, contract, known, season, cells.due("dovuto", due),
            cells.due("pagato", paid) if paid else 0, cells.due("aumento", increase) if increase else None,
            cells.day("data", as_of),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Isee:
    """Checks an ISEE statement: its household must be there. A protocol of another shape is doubted, not refused."""

    households: Codes

    def __call__(self, key: int, *row: str) -> IseeRow:
        """Check one."""
        household, kind, value, protocol, issued, until, discrepancies, source = row
        whose = _known("nucleo", household, self.households, "persone.csv")
        first, last = cells.day("rilasciata", issued), cells.day("valida_fino", until)
        if last < first:
            cells.wrong("valida_fino", "La fine viene prima dell'inizio.", "Correggi una delle due date.")
        return IseeRow(
            layouts.ISEE.code(row), key, whose, cells.word("tipo", kind, layouts.ISEE_KINDS), cells.due("valore", value),
            facts.protocol_of(cells.short("protocollo", protocol)), first, last, cells.yes("difformita", discrepancies),
            cells.short("fonte", source),
        )  # fmt: skip

    @staticmethod
    def doubt(row: Sequence[str]) -> Doubt | None:
        """Return what somebody should look at again, in a row that was taken."""
        protocol = facts.protocol_of(row[3])
        if facts.protocol_fits(protocol):
            return None
        return Doubt("protocollo", f"Il protocollo «{protocol[:40]}» non ha la solita forma.", "Confrontalo con l'attestazione.")


def _known(column: str, code: str, codes: Codes, file: str) -> int:
    if code not in codes:
        cells.needed(column, code)
        cells.wrong(column, f"Il codice «{code[:40]}» non c'è in {file}.", f"Correggi il codice, o aggiungi la riga in {file}.")
    return codes[code]
