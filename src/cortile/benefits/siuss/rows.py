"""What a flow says, kept as plain texts: a row is mended field by field, and what takes it back says the very same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cortile.benefits.siuss import codes, fiscal_code
from cortile.benefits.siuss.records import Beneficiary, Isee, MeansTest, Nature, Operation, Record, Residence, Sex

# What is of the person whatever they receive: once mended, it stays mended in their next flows.
PERSONAL = ("fiscal_code", "family_name", "given_name", "birth_year", "birthplace", "sex", "citizenship")
OF_THE_BENEFIT = ("application", "code", "means_test", "decided_on", "isee_protocol", "isee_day")
FIELDS = (*PERSONAL, "country", "region", "municipality", *OF_THE_BENEFIT)


def record(said: Mapping[str, str], *, amount_cents: int, paid_on: date, operation: Operation) -> Record:
    """Return the record of a row. Sex and birthplace nobody wrote are read from the codice fiscale (D.M. 23/12/1976).

    What is missing or unreadable stays empty for the checks to find. The contribution is one-off: paid in one day, in cents.
    """
    code = said.get("code", "")
    known = codes.categories().get(code)
    return Record(
        _person(said), code, known.description if known else "", said.get("application", ""),
        MeansTest(said.get("means_test") or MeansTest.NONE), Nature.ONE_OFF, amount_cents,
        paid_on=paid_on, decided_on=_day(said.get("decided_on", "")), isee=_isee(said), operation=operation,
    )  # fmt: skip


def mended(said: Mapping[str, str], corrections: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return a row with corrections in it, and the names of the fields they really changed.

    Unknown fields are left out. With another codice fiscale, sex and birthplace read from the old one are read anew unless given.
    """
    wanted = {name: text.strip() for name, text in corrections.items() if name in FIELDS}
    changed = [name for name in FIELDS if name in wanted and wanted[name] != said.get(name, "")]
    return {**said, **{name: wanted[name] for name in changed}}, changed


def _person(said: Mapping[str, str]) -> Beneficiary:
    code = said.get("fiscal_code", "").upper()
    read = fiscal_code.read(code)
    sex = said.get("sex", "")
    return Beneficiary(
        code, said.get("family_name", ""), said.get("given_name", ""), _number(said.get("birth_year", "")),
        said.get("birthplace", "") or (read.birthplace if read else ""),
        Sex(sex) if sex in set(Sex) else read.sex if read else None,
        (Residence(said.get("country", ""), said.get("region", ""), said.get("municipality", "")),), said.get("citizenship", ""),
    )  # fmt: skip


def _isee(said: Mapping[str, str]) -> Isee | None:
    protocol, day = said.get("isee_protocol", ""), _day(said.get("isee_day", ""))
    return Isee(protocol, day) if protocol and day else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
