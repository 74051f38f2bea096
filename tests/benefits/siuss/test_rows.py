"""A row of plain texts becomes a record: whatever is written in it, nothing the schema or SIUSS refuses is ever sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cortile.benefits.siuss import checks, codes, rows
from cortile.benefits.siuss.flow import draft, written
from cortile.benefits.siuss.records import MeansTest, Operation, Record, Sex
from tests.benefits.siuss import schema
from tests.benefits.siuss.invented import FLOW, PLACE, SOME, code_of

pytestmark = pytest.mark.pure
PAID_ON = date(2026, 3, 11)
GOOD = {
    "fiscal_code": code_of("Bellini", "Adele", date(1947, 11, 12), Sex.FEMALE), "family_name": "Bellini", "given_name": "Adele",
    "birth_year": "1947", "birthplace": "", "sex": "", "citizenship": "990", "country": "380", "region": "10",
    "municipality": "015146", "application": "2026/0142", "code": "A1.05", "means_test": "1", "decided_on": "2026-02-27",
    "isee_protocol": "INPS-ISEE-2026-01234567K-00", "isee_day": "2026-01-20",
}  # fmt: skip


def record(cents: int = 412_50, operation: Operation = Operation.INSERT, **changed: str) -> Record:
    """Return the record of the good row, some fields changed."""
    return rows.record(GOOD | changed, amount_cents=cents, paid_on=PAID_ON, operation=operation)


def stops(found: Record) -> set[str]:
    """Return the codes that stop a record."""
    return {problem.code for problem in checks.problems(replace(FLOW, records=(found,))) if problem.blocks}


def test_a_good_row_says_what_the_schema_asks() -> None:
    assert stops(record()) == set()
    assert schema.takes(written(replace(FLOW, records=(record(),))))


def test_sex_and_birthplace_are_read_from_the_code() -> None:
    assert (record().beneficiary.sex, record().beneficiary.birthplace) == (Sex.FEMALE, PLACE)


def test_a_provisional_code_says_neither() -> None:
    assert stops(record(fiscal_code="12345670017")) >= {"sex", "birthplace"}


@pytest.mark.parametrize(
    ("field", "text"), [("birth_year", "١٩٤٧"), ("birth_year", ""), ("decided_on", "27/02/2026"), ("isee_day", "x")]
)
def test_what_cannot_be_read_is_left_out_and_never_guessed(field: str, text: str) -> None:
    found = record(**{field: text})
    read = {"birth_year": found.beneficiary.birth_year, "decided_on": found.decided_on, "isee_day": found.isee}[field]
    assert not read


def test_a_correction_is_only_what_differs() -> None:
    assert rows.mended(GOOD, {**GOOD, "given_name": " Ada ", "boh": "x"}) == ({**GOOD, "given_name": "Ada"}, ["given_name"])


@st.composite
def _rows(draw: st.DrawFn) -> tuple[dict[str, str], int, Operation]:
    """Return a row somebody may have written: most fields good, some as they come."""
    names = st.text(st.sampled_from("ABEILMNOTabceilnorstuzàéìòùç '-&<>\"أمينة中\0\n"), max_size=40)
    family, given, sex = draw(names), draw(names), draw(st.sampled_from(Sex))
    born = draw(st.dates(date(1920, 1, 1), date(2010, 12, 31)))
    wild: dict[str, Any] = {name: st.one_of(st.just(GOOD[name]), st.text(max_size=12)) for name in rows.FIELDS}
    wild |= {
        "fiscal_code": st.one_of(st.just(code_of(family, given, born, sex)), st.text(max_size=16)), "family_name": st.just(family),
        "given_name": st.just(given), "birth_year": st.one_of(st.just(str(born.year)), st.text(max_size=5)),
        "means_test": st.sampled_from(MeansTest),
        "code": st.one_of(st.sampled_from(sorted(codes.categories())), st.text(max_size=6)),
    }  # fmt: skip
    spoiled = draw(st.sets(st.sampled_from(rows.FIELDS), max_size=2))
    honest = GOOD | {
        "family_name": family,
        "given_name": given,
        "birth_year": str(born.year),
        "fiscal_code": code_of(family, given, born, sex),
    }
    said = {name: draw(wild[name]) if name in spoiled else honest[name] for name in rows.FIELDS}
    return said, draw(st.integers(-1, 10**9)), draw(st.sampled_from(Operation))


@SOME
@given(_rows())
def test_whatever_is_written_is_stopped_or_valid(row: tuple[dict[str, str], int, Operation]) -> None:
    said, cents, operation = row
    flow = replace(FLOW, records=(rows.record(said, amount_cents=cents, paid_on=PAID_ON, operation=operation),))
    stopped = any(problem.blocks for problem in checks.problems(flow))
    event("stopped" if stopped else "sent")
    assert stopped or schema.takes(written(flow))


def test_without_the_checks_the_schema_would_refuse_some() -> None:
    assert not schema.takes(draft(replace(FLOW, records=(record(application="1" * 33),))))
