"""A file CBI's schemas take, that says what the order says, always in the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from adapters.cbi.checks import is_bank_day, problems, problems_in
from adapters.cbi.payment_request import PaymentRequests, written
from cortile.benefits.bank import Bank, OrderProblems, PaymentOrder, Transfer
from tests.adapters.cbi.orders import ABI, OTHER_ABI, italian_iban, order, paying
from tests.adapters.cbi.schemas import changed, faults, said

pytestmark = pytest.mark.pure
property_test = settings(max_examples=60, deadline=None, derandomize=True, database=None)

NAMES = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ àèéìòùçñöüßøłđșțğıžŠ'’-.", min_size=1, max_size=30).filter(str.strip)
TYPED = NAMES | st.text(max_size=150)
DAYS = st.dates(date(2026, 1, 2), date(2031, 12, 31)).filter(is_bank_day)
PAYEES = st.lists(st.tuples(st.integers(1, 10**9), NAMES, st.integers(0, 10**12 - 1)), min_size=1, max_size=60)


@st.composite
def orders(draw: st.DrawFn) -> PaymentOrder:
    """Any order a body may give: one to sixty people, each with a name of Europe."""
    day = draw(DAYS)
    payees = [
        Transfer(f"P-{row}", cents, name, italian_iban(account, OTHER_ABI), f"Pagamento {row}")
        for row, (cents, name, account) in enumerate(draw(PAYEES), start=1)
    ]
    return order(written_at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC), execution_date=day, transfers=tuple(payees))


def test_a_fair_order_is_a_file_the_schema_takes_and_nothing_is_wrong_with_it() -> None:
    file = PaymentRequests().write(order())
    assert faults(file) == []
    assert problems_in(file) == []


def test_the_schema_refuses_what_is_not_as_it_says() -> None:
    assert faults(changed(written(order()), "GrpHdr/NbOfTxs", "due"))


def test_its_root_is_the_body_not_a_plain_document() -> None:
    assert etree.fromstring(written(order())).tag == "{urn:CBI:xsd:CBIBdyPaymentRequest.00.04.01}CBIBdyPaymentRequest"


def test_it_stands_behind_the_port() -> None:
    bank: Bank = PaymentRequests()
    assert bank.write(order()) == written(order())


def test_the_same_order_is_the_same_bytes() -> None:
    assert written(order()) == written(order())


def test_the_instant_is_written_in_utc_whatever_clock_it_was_read_on() -> None:
    in_rome = datetime(2026, 11, 30, 10, 15, tzinfo=timezone(timedelta(hours=1)))
    assert written(order(written_at=in_rome)) == written(order())
    assert said(written(order()), "CreDtTm") == ["2026-11-30T09:15:00+00:00"]


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("PmtInf/PmtInfId", ["ORD-2026-0001"]),
        ("GrpHdr/NbOfTxs", ["2"]),
        ("GrpHdr/CtrlSum", ["723.45"]),
        ("ReqdExctnDt/Dt", ["2026-12-01"]),
        ("InitgPty/Id/OrgId/Othr/Issr", ["CBI"]),
        ("DbtrAgt/FinInstnId/ClrSysMmbId/MmbId", [ABI]),
        ("CdtTrfTxInf/PmtTpInf/CtgyPurp/Cd", ["GOVT", "GOVT"]),
        ("CdtTrfTxInf/PmtId/InstrId", ["1", "2"]),
        ("CdtTrfTxInf/Amt/InstdAmt", ["600.00", "123.45"]),
        ("Cdtr/Nm", ["Nicolo D'Agostino", "Zoe Muller"]),
        ("DbtrAcct/Ccy", []),
    ],
)
def test_the_file_says_what_the_bank_wants_where_it_wants_it(path: str, texts: list[str]) -> None:
    assert said(written(order()), path) == texts


def test_an_account_may_be_typed_with_spaces_and_small_letters() -> None:
    typed = f" {italian_iban(2, OTHER_ABI)[:4].lower()} {italian_iban(2, OTHER_ABI)[4:]} "
    assert said(written(paying(iban=typed)), "CdtrAcct/Id/IBAN")[1] == italian_iban(2, OTHER_ABI)


def test_no_file_names_the_house() -> None:
    assert b"cortile" not in written(order()).lower()


@property_test
@given(orders())
def test_every_fair_order_is_taken_and_its_sums_hold(found: PaymentOrder) -> None:
    file = written(found)
    assert faults(file) == []
    assert said(file, "NbOfTxs") == [str(len(found.transfers))]
    assert sum(map(Decimal, said(file, "InstdAmt"))) == Decimal(said(file, "CtrlSum")[0])
    assert 100 * Decimal(said(file, "CtrlSum")[0]) == sum(transfer.cents for transfer in found.transfers)


@property_test
@given(TYPED, TYPED, TYPED, st.integers(-1, 10**12))
def test_whatever_is_typed_there_is_a_file_the_schema_takes_or_none(name: str, text: str, number: str, cents: int) -> None:
    typed = paying(name=name, text=text, end_to_end_id=number, cents=cents)
    if problems(typed):
        with pytest.raises(OrderProblems):
            written(typed)
    else:
        assert faults(written(typed)) == []


@property_test
@given(st.binary())
def test_whatever_is_read_gets_an_answer(noise: bytes) -> None:
    assert problems_in(noise)
