"""The worked example of each indicator, counted by its query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.insight.declared import Indicator, Month
from cortile.insight.indicators import ALL, answered_by_promise, closed, contacts, opened, past_answer
from cortile.kit import clock
from cortile.listening import actions as listening
from tests import cast
from tests.insight import work

MARCH, SPRING = date(2026, 3, 1), date(2026, 4, 1)


def _counted(indicator: Indicator, first: date = MARCH) -> dict[str, int]:
    rows = list(indicator.query(Month(cast.agency(), first, clock.today())))
    return {m: sum(row[m] for row in rows) for m in indicator.measures}


def test_contacts() -> None:
    marta = cast.at_desk("marta")
    work.contacts(1)
    listening.record_contact(by=marta, chip="documents", done_what="explained", persons=[cast.person("gianni")])
    listening.record_contact(by=marta, chip="neighbours", done_what="listened", persons=[cast.person("samira")], delicate=True)
    listening.record_contact(by=marta, chip="faults", done_what="explained", unnamed=12, channel="outdoors")
    assert _counted(contacts.INDICATOR) == contacts.INDICATOR.example.answer


def test_opened() -> None:
    with clock.frozen(work.APRIL):
        work.requests(1)
        cast.open_request("gianni", by=cast.at_desk("marta"), chip="rent")
        cast.open_request("samira", by=cast.at_desk("marta"), chip="neighbours", delicate=True)
    assert _counted(opened.INDICATOR, SPRING) == opened.INDICATOR.example.answer


def test_closed() -> None:
    old, mine = work.requests(1)[0], cast.open_request("gianni")
    with clock.frozen(work.APRIL):
        listening.close(old, by=cast.at_desk("paola"), outcome="withdrawn")
        listening.close(mine, by=cast.at_desk("paola"), outcome="withdrawn")
        listening.reopen(mine, by=cast.herself("gianni"))
    assert _counted(closed.INDICATOR, SPRING) == closed.INDICATOR.example.answer


def test_answered() -> None:
    in_time, late, _silent = work.requests(3)
    work.answer(in_time)
    work.answer(late, after=timedelta(days=9))
    with clock.frozen(cast.NOW + timedelta(days=12)):
        work.requests(1)
        assert _counted(answered_by_promise.INDICATOR) == answered_by_promise.INDICATOR.example.answer


def test_the_first_promise_counts_and_not_the_moved_one() -> None:
    thread = work.requests(1)[0]
    later = thread.first_promise + timedelta(days=10)
    listening.move_promise(thread, by=cast.at_desk("marta"), day=later, reason="Manca un pezzo")
    work.answer(thread, after=timedelta(days=9))
    assert _counted(answered_by_promise.INDICATOR) == {"due": 1, "kept": 0}


@pytest.mark.parametrize(("hour", "kept"), [(23, 1), (24, 0)])
def test_the_promised_day_lasts_until_its_local_midnight(hour: int, kept: int) -> None:
    thread = work.requests(1)[0]
    end_of_day = clock.day_bounds(thread.first_promise)[0] + timedelta(hours=hour)
    work.answer(thread, after=end_of_day - thread.opened_at)
    assert _counted(answered_by_promise.INDICATOR)["kept"] == kept


def test_the_median_of_the_history() -> None:
    work.history(1, 2, 4, 9, 60, -1)
    found = past_answer.query(Month(cast.agency(), MARCH, clock.today()))
    assert (found["month"], found["month_count"]) == (timedelta(days=4), 5)


def test_another_body_counts_nothing_of_ours() -> None:
    work.requests(1)
    assert not list(opened.INDICATOR.query(Month(cast.agency("aler-lodi"), MARCH, clock.today())))


@pytest.mark.pure
@pytest.mark.parametrize("indicator", ALL, ids=lambda i: i.name)
def test_an_indicator_says_what_it_is(indicator: Indicator) -> None:
    assert len(str(indicator.definition)) > 80
    assert set(indicator.example.answer) == set(indicator.measures)


@pytest.mark.parametrize("indicator", ALL, ids=lambda i: i.name)
def test_an_indicator_gives_its_statement_back(indicator: Indicator) -> None:
    assert "GROUP BY" in indicator.sql(Month(cast.agency(), MARCH, clock.today()))
