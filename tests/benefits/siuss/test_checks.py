"""What is wrong with a flow is said before INPS says it; the schema alone would let most of it pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given

from cortile.benefits.siuss import checks, codes
from cortile.benefits.siuss.flow import draft
from cortile.benefits.siuss.records import Channel, Flow, Isee, MeansTest, Residence, Sex, flow_id
from cortile.benefits.siuss.words import SAID
from cortile.kit import plain_language
from tests.benefits.siuss import invented, schema
from tests.benefits.siuss.invented import ADELE, FLOW, HEATING, MILAN, NOW, SOME, body, code_of, flow, monthly, person

pytestmark = pytest.mark.pure
TOMORROW, BORN = date(2026, 3, 12), date(1947, 11, 12)
PROTOCOL = "INPS-ISEE-2026-01234567K-00"


def isee(protocol: str = PROTOCOL, day: date = date(2026, 1, 20)) -> Flow:
    return flow(isee=Isee(protocol, day))


def written_as(letters: str, sex: Sex = Sex.FEMALE, born: date = BORN) -> Flow:
    """Return the flow of Adele under a code that holds and is somebody else's."""
    return person(fiscal_code=code_of("", "", born, sex, letters))


TWICE = replace(FLOW, records=(HEATING, HEATING), channel=Channel.UPLOAD)
# Each is wrong, and valid against INPS's schema.
LET_PASS = [
    ("flow-instant", replace(FLOW, instant=datetime(2026, 3, 11, 9))),  # noqa: DTZ001 -- what is refused
    ("flow-instant", replace(FLOW, instant=NOW.astimezone(timezone(timedelta(hours=1))))),
    ("flow-id", replace(FLOW, id="F205.PS.20260310.0000001")),
    ("flow-id", replace(FLOW, id="F205.SINBA.20260311.0000001")),
    ("flow-id", replace(FLOW, id="F205.PS.20260311.1")),
    ("body-code", replace(body(code="ALERMI"), id="ALERMI.PS.20260311.0000001")),
    ("body-seat", body(seat="f205")),
    ("operator-fiscal-code", body(operator="VRDRLL71E43Z999A")),
    ("one-benefit", replace(FLOW, records=(HEATING, replace(HEATING, application="2026/0143")))),
    ("fiscal-code", person(fiscal_code="BLLDLA47S52Z999H")),
    ("fiscal-code", person(fiscal_code="bllDLA47S52Z999G")),
    ("fiscal-code", person(fiscal_code="00743110158")),
    ("fiscal-code-year", person(birth_year=1948)),
    ("fiscal-code-sex", person(sex=Sex.MALE)),
    ("fiscal-code-sex", written_as("BLLDLA", Sex.MALE)),
    ("fiscal-code-year", written_as("BLLDLA", born=date(1974, 11, 12))),
    ("fiscal-code-name", person(family_name="Belloni Rossi", given_name="Adelina Ada")),
    ("fiscal-code-name", written_as("RSSDLA")),
    ("fiscal-code-birthplace", person(birthplace="F205")),
    ("name", person(given_name="   ", family_name="Bellini")),
    ("birth-year", person(birth_year=2047)),
    ("birth-year", person(birth_year=1847)),
    ("birthplace", person(birthplace="Lodi")),
    ("residence-italian", person(residences=(Residence(),))),
    ("residence-italian", person(residences=(MILAN, Residence(region="10")))),
    ("residence-region", person(residences=(replace(MILAN, region="03"),))),
    ("benefit-code", flow(code="A1.99")),
    ("benefit-description", flow(description="Bonus riscaldamento")),
    ("benefit-description", flow(code="A2.05")),
    ("application", flow(application="  ")),
    ("amount", flow(amount_cents=0)),
    ("area", flow(in_care=True)),
    ("paid-on-missing", flow(paid_on=None)),
    ("paid-on-extra", monthly(paid_on=date(2026, 3, 9))),
    ("starts-on-missing", monthly(starts_on=None)),
    ("period-extra", flow(starts_on=date(2026, 1, 1))),
    ("period-extra", flow(months=3)),
    ("dates-order", flow(decided_on=date(2026, 3, 10))),
    ("dates-order", flow(decided_on=date(2026, 1, 19))),
    ("period-order", monthly(ends_on=date(2025, 12, 31))),
    ("period-year", monthly(starts_on=date(2025, 10, 15), ends_on=date(2026, 4, 15))),
    ("date-future", flow(paid_on=TOMORROW)),
    ("date-future", monthly(starts_on=TOMORROW)),
    ("duplicate", TWICE),
    ("isee-protocol", isee("INPS-ISEE-2026/01234567K")),
    ("isee-protocol", isee("INPS-ISEE-2026-1234567K-00")),
    ("isee-check-letter", isee("INPS-ISEE-2026-012345678-00")),
    ("isee-year", isee("INPS-ISEE-2025-01234567K-00")),
    ("isee-missing", flow(isee=None)),
    ("isee-extra", flow(means_test=MeansTest.NONE)),
]  # fmt: skip
# Each is wrong, and INPS's schema would say so too, in words nobody can use.
NOT_EVEN_VALID = [
    ("no-record", replace(FLOW, records=())),
    ("body-name", body(name="")),
    ("body-name", body(name="A" * 101)),
    ("fiscal-code-form", person(fiscal_code="BLLDLAQTSRNZVVVG")),
    ("name", person(family_name="Bellini " * 5)),
    ("sex", person(sex=None)),
    ("citizenship", person(citizenship="IT")),
    ("citizenship", person(second_citizenship="ITA")),
    ("residence", person(residences=())),
    ("residence", person(residences=(MILAN,) * 6)),
    ("residence", person(residences=(Residence("FR"),))),
    ("residence-italian", person(residences=(Residence("250", region="Parigi"),))),
    ("benefit-short", flow(code="A4.22", description="Altro")),
    ("application", flow(application="1" * 33)),
    ("months", monthly(months=13)),
    ("isee-protocol", isee("2026-01234567K")),
]  # fmt: skip


def found(flow: Flow) -> list[str]:
    return [problem.code for problem in checks.problems(flow)]


@pytest.mark.parametrize(("code", "wrong"), LET_PASS)
def test_what_the_schema_lets_pass_is_named(code: str, wrong: Flow) -> None:
    assert code in [problem.code for problem in checks.problems(wrong)]
    assert schema.takes(draft(wrong))


@pytest.mark.parametrize(("code", "wrong"), NOT_EVEN_VALID)
def test_what_the_schema_refuses_is_named_before(code: str, wrong: Flow) -> None:
    assert code in [problem.code for problem in checks.problems(wrong)]
    assert not schema.takes(draft(wrong))


def test_every_code_has_a_flow_that_has_it() -> None:
    assert {code for code, _ in (*LET_PASS, *NOT_EVEN_VALID)} == set(SAID)


@SOME
@given(right=invented.flows())
def test_a_flow_to_be_pulled_with_nothing_wrong_has_no_problem(right: Flow) -> None:
    assert checks.problems(right) == []


@SOME
@given(right=invented.flows(most=4))
def test_neither_has_one_to_be_uploaded(right: Flow) -> None:
    assert checks.problems(right) == []


@pytest.mark.parametrize("wrong", [isee("INPS-ISEE-2026-012345678-00"), flow(isee=None), person(birthplace="F205")])
def test_what_a_person_must_judge_stops_nothing(wrong: Flow) -> None:
    assert [problem.blocks for problem in checks.problems(wrong)] == [False]
    checks.refuse_blocked(wrong)


def test_both_forms_of_an_isee_protocol_are_taken() -> None:
    assert found(isee("INPS-ISEE-2026-00000032P-00")) == []
    assert found(isee("INPS-ISEE-2026-A1B2C3D4E-00")) == ["isee-check-letter"]


def test_an_isee_may_stand_behind_what_exempts_from_it() -> None:
    assert found(flow(means_test=MeansTest.EXEMPT)) == []


def test_a_provisional_code_is_taken_as_it_is() -> None:
    assert found(person(fiscal_code="00743110157")) == []


def test_a_period_may_end_later_than_the_flow() -> None:
    assert found(monthly(ends_on=date(2026, 12, 31))) == []


def test_a_payment_of_the_day_is_not_in_the_future() -> None:
    assert found(flow(paid_on=date(2026, 3, 11))) == []


def test_the_day_is_that_of_rome() -> None:
    late = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)
    assert found(replace(flow(paid_on=TOMORROW), instant=late, id=flow_id("F205", TOMORROW, 1))) == []


def test_an_address_abroad_needs_no_italian_codes() -> None:
    assert found(person(residences=(Residence("250"),))) == []


def test_the_description_of_the_table_is_what_is_asked_for() -> None:
    (problem,) = checks.problems(flow(code="A2.05"))
    assert codes.description("A2.05") in problem.sentence


def test_the_second_of_two_names_the_first() -> None:
    (problem,) = checks.problems(TWICE)
    assert (problem.row, problem.sentence) == (2, "Questo contributo è già nella riga 1. Togli una delle due.")


def test_its_cancelling_is_not_the_same_contribution() -> None:
    assert found(replace(TWICE, records=(HEATING, replace(HEATING, operation="C")))) == []


def test_a_problem_says_its_row_and_the_flow_s_own_is_none() -> None:
    wrong = replace(FLOW, id="x", records=(HEATING, replace(HEATING, amount_cents=-1)), channel=Channel.UPLOAD)
    assert [(p.row, p.code) for p in checks.problems(wrong)] == [(0, "flow-id"), (2, "amount"), (2, "duplicate")]


def test_the_refusal_says_only_what_stops() -> None:
    with pytest.raises(checks.FlowProblems, match="maggiore di zero") as refused:
        checks.refuse_blocked(flow(amount_cents=0, isee=None))
    assert [problem.code for problem in refused.value.problems] == ["amount"]


def test_no_sentence_repeats_whose_data_they_are() -> None:
    said = " ".join(problem.sentence for _, wrong in (*LET_PASS, *NOT_EVEN_VALID) for problem in checks.problems(wrong))
    assert not any(word in said for word in (ADELE.family_name, ADELE.given_name, ADELE.fiscal_code, PROTOCOL))


@pytest.mark.parametrize("code", SAID)
def test_every_sentence_is_plain(code: str) -> None:
    assert plain_language.problems(SAID[code].sentence.format("1")) == []
