"""Two ways of writing a telephone number are one number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.people import rules

pytestmark = pytest.mark.pure
NUMBERS = r"(?:3\d|0[1-9])\d{7,8}"
SPACES = st.sampled_from(["", " ", "-", ".", "/"])


@given(
    st.from_regex(NUMBERS, fullmatch=True),
    st.sampled_from(["", "+39", "0039", " +39"]),
    st.lists(SPACES, min_size=10, max_size=10),
)
def test_spaces_and_prefix_change_nothing(number: str, prefix: str, spaces: list[str]) -> None:
    written = prefix + "".join(f"{space}{digit}" for digit, space in zip(number, spaces, strict=False))
    assert rules.dialled(written) == number


@given(st.from_regex(NUMBERS, fullmatch=True))
def test_each_takes_one_channel(number: str) -> None:
    assert [rules.takes(number, channel) for channel in rules.TELEPHONES] == [number[0] == "3", number[0] == "0"]


@pytest.mark.parametrize("number", ["", "112", "33", "parla con mia figlia"])
def test_what_is_no_number_takes_nothing(number: str) -> None:
    assert not any(rules.takes(number, channel) for channel in rules.TELEPHONES)


def test_a_mobile_from_abroad_takes_an_sms() -> None:
    assert rules.takes("+40 721 555 010", "sms")
