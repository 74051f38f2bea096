"""How many sign, what a tranche comes to, what an answer's rows say: without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits.rules import paying
from cortile.benefits.rules.paying import USUAL_BANDS, Band
from cortile.messages import rules as messages

pytestmark = pytest.mark.pure
TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(("cents", "many"), [
    (1, 1), (5_000_00, 1), (5_000_01, 2), (50_000_00, 2), (50_000_01, 3), (10**12, 3),
])  # fmt: skip
def test_the_larger_the_sum_the_more_sign(cents: int, many: int) -> None:
    assert paying.signatures_for(cents, USUAL_BANDS) == many


@pytest.mark.parametrize("bands", [
    [Band(100, 1)], [Band(None, 0)], [Band(100, 2), Band(None, 1)], [Band(None, 1), Band(None, 2)], [Band(0, 1), Band(None, 1)],
])  # fmt: skip
def test_bands_that_leave_something_out_are_refused(bands: list[Band]) -> None:
    assert not paying.whole(bands)


def test_the_usual_bands_are_whole() -> None:
    assert paying.whole(USUAL_BANDS)


@given(granted=st.integers(1, 10**9), parts=st.integers(1, paying.MOST_PARTS))
def test_tranches_come_to_what_was_granted(granted: int, parts: int) -> None:
    assigned = 0
    for tranche in range(1, parts + 1):
        assigned += paying.tranche_cents(granted, assigned, tranche, parts)
    assert assigned == granted


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_read_or_refused(content: bytes) -> None:
    try:
        rows = paying.read_answer(content, TODAY)
    except paying.AnswerUnreadableError:
        return
    assert all(row.problem or row.day for row in rows)


@pytest.mark.parametrize("said", ["pagato", "ESEGUITO", "Accreditato", "ACSC"])
def test_the_words_of_banks_and_people_are_one(said: str) -> None:
    (row,) = paying.read_answer(f"riferimento;esito;codice;data\n1-1;{said};;2026-03-11".encode(), TODAY)
    assert (row.outcome, row.problem) == (paying.PAID, "")


def test_the_usual_text_says_nothing_it_should_not() -> None:
    text = paying.statement("ACCREDITO", 1042)
    assert (text, messages.says_too_much(text), messages.says_too_much("CONTRIBUTO 1042")) == ("ACCREDITO 1042", False, True)
