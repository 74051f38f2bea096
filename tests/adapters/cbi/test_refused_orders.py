"""Orders nothing is written of: each named by its code, all at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from adapters.cbi.checks import problems
from adapters.cbi.payment_request import written
from cortile.benefits.bank import OrderProblems, PaymentOrder
from tests.adapters.cbi.orders import FIRST, MONDAY, OTHER_ABI, order, paying

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("no-transfers", order(transfers=())),
        ("message-id-form", order(message_id="A" * 36)),
        ("message-id-form", order(message_id="")),
        ("initiator-missing", order(initiating_party=" ")),
        ("cuc-form", order(cuc="")),
        ("debtor-too-long", order(debtor_name="A" * 71)),
        ("debtor-iban-wrong", order(debtor_iban="IT00")),
        ("abi-other-bank", order(debtor_abi=OTHER_ABI)),
        ("abi-other-bank", order(debtor_abi="")),
        ("instant-without-zone", order(written_at=MONDAY.replace(tzinfo=None))),
        ("date-past", order(execution_date=date(2026, 11, 27))),
        ("date-not-working", order(execution_date=date(2026, 12, 25))),
        ("category-missing", order(category_purpose="")),
        ("category-unknown", order(category_purpose="SEPA")),
    ],
)
def test_a_wrong_order_is_refused(code: str, wrong: PaymentOrder) -> None:
    assert code in {problem.code for problem in problems(wrong)}


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("end-to-end-twice", paying(end_to_end_id=FIRST.end_to_end_id)),
        ("end-to-end-form", paying(end_to_end_id="")),
        ("amount-too-small", paying(cents=0)),
        ("amount-too-small", paying(cents=-1)),
        ("amount-too-large", paying(cents=99_999_999_999 + 1)),
        ("name-missing", paying(name="\n")),
        ("name-too-long", paying(name="ß" * 36)),
        ("name-characters", paying(name="李小龙")),
        ("name-characters", paying(name="Zoë\x00")),
        ("iban-wrong", paying(iban="")),
        ("text-missing", paying(text="")),
        ("text-too-long", paying(text="a" * 141)),
        ("text-characters", paying(text="50 €")),
        ("text-names-us", paying(text="dal CORTILE")),
    ],
)
def test_a_wrong_transfer_is_refused_by_its_row(code: str, wrong: PaymentOrder) -> None:
    assert [(problem.row, problem.code) for problem in problems(wrong)] == [(2, code)]


def test_a_name_in_arabic_script_is_refused_with_what_to_do() -> None:
    with pytest.raises(OrderProblems) as refused:
        written(paying(name="نور"))
    assert str(refused.value) == (
        "Riga 2: Il nome di chi riceve ha segni che la banca non legge (ر ن و). Scrivilo in lettere latine, come sul conto."
    )


def test_everything_wrong_is_named_at_once_and_nothing_is_written() -> None:
    with pytest.raises(ValueError, match="CUC") as refused:
        written(order(cuc="x", transfers=(FIRST, FIRST)))
    assert isinstance(refused.value, OrderProblems)
    assert [(p.row, p.code) for p in refused.value.problems] == [(None, "cuc-form"), (2, "end-to-end-twice")]


def test_a_day_is_past_on_the_clock_of_the_bank_not_in_utc() -> None:
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert [p.code for p in problems(order(written_at=late))] == ["date-past"]


def test_who_chose_a_closed_day_reads_the_next_open_one() -> None:
    [found] = problems(order(execution_date=date(2026, 12, 25)))
    assert found.sentence == "Il 25/12/2026 le banche sono chiuse. Scegli il 28/12/2026."


def test_the_same_day_and_the_highest_sum_are_fair() -> None:
    assert problems(order(execution_date=date(2026, 11, 30))) == []
    assert problems(paying(cents=99_999_999_999)) == []
