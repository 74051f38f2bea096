"""Amounts as people write them, in cents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.kit import dates, money

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("640", 64_000), ("1.234,50", 123_450), ("1234,5", 123_450), ("1234.50", 123_450), ("1.234", 123_400),
        ("0,05", 5), ("-0,50", -50), ("-12", -1200), (" 412,50 € ", 41_250), ("€ 3", 300), ("1.234.567,89", 123_456_789),
    ],
)  # fmt: skip
def test_an_amount_is_read(text: str, cents: int) -> None:
    assert money.cents(text) == cents


@pytest.mark.parametrize("text", ["", "€", "abc", "1,234.50", "1.23.4", "12,345", "--3", "1e3", "12 34", "nan"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        money.cents(text)


@given(cents=st.integers(-10_000_000, 10_000_000))
def test_what_we_say_we_can_read(cents: int) -> None:
    assert money.cents(dates.euro(cents).removesuffix(" euro")) == cents
