"""The page of the month: its cells, its CSV, and how few statements it takes."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.agencies.models import Agency
from cortile.insight import reads, rules
from cortile.insight.reads import MonthPage
from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.kit.small_cells import Hidden
from cortile.listening import actions as listening
from tests import cast
from tests.insight import work


def _page(by: Actor) -> MonthPage:
    return reads.month(cast.agency(), 2026, 3, by=by)


def _cell(page: MonthPage, column: str, label: str = "Totale") -> str:
    line = next(line for block in page.blocks for line in block.lines if line.label == label)
    return line.cells[page.columns.index(column)]


def test_an_empty_month_is_zeros_and_no_share(paola: Actor) -> None:
    total = _page(paola).total
    assert set(total.cells) == {"0"}
    assert total.share == "–"


def test_large_numbers_are_shown(paola: Actor) -> None:
    work.contacts(6)
    assert _cell(_page(paola), "Contatti", "San Siro") == "6"
    assert _cell(_page(paola), "di cui ascolto", "Sociale") == "6"


def test_few_are_hidden(paola: Actor) -> None:
    work.contacts(3)
    assert _cell(_page(paola), "Contatti") == "meno di 5"


def test_a_few_of_another_nature_take_a_larger_one_with_them(paola: Actor) -> None:
    work.contacts(6)
    work.contacts(2, "faults")
    page = _page(paola)
    assert (_cell(page, "Contatti"), _cell(page, "Contatti", "Tecnica")) == ("8", "meno di 5")
    assert _cell(page, "Contatti", "Sociale") == "non mostrato"
    assert _cell(page, "di cui ascolto") == "non mostrato"


def test_the_share_of_promises_kept(paola: Actor) -> None:
    for thread in work.requests(5):
        work.answer(thread)
    assert _page(paola).total.share == "100 %"


def test_a_hidden_number_has_no_share(paola: Actor) -> None:
    for thread in work.requests(6)[:3]:
        work.answer(thread)
    assert _page(paola).total.share == "non mostrato"


@pytest.mark.parametrize("who", ["paola", "marta", "nadia", "roberto", "bruno"])
def test_what_is_delicate_is_counted_for_nobody(who: str, marta: Actor) -> None:
    by = cast.at_desk(who)
    work.requests(5)
    work.contacts(5)
    before = _page(by).blocks
    _all_of_it(marta, delicate=True)
    assert _page(by).blocks == before


def test_what_is_not_delicate_moves_each_count(paola: Actor, marta: Actor) -> None:
    work.requests(5)
    before = _page(paola).total
    _all_of_it(marta, delicate=False)
    assert all(one != other for one, other in zip(before.cells[:3], _page(paola).total.cells[:3], strict=True))


def _all_of_it(marta: Actor, *, delicate: bool) -> None:
    """Listen six times, open six requests, answer and close them."""
    for _ in range(6):
        listening.record_contact(
            by=marta, chip="listening", done_what="listened", persons=[cast.person("gianni")], delicate=delicate
        )
        work.answer(thread := cast.open_request("gianni", by=marta, delicate=delicate))
        listening.close(thread, by=marta, outcome="withdrawn")


def test_the_median_of_few_is_hidden(paola: Actor) -> None:
    work.history(1, 2, 3)
    work.history(4, 5, 6, opened=cast.BEGINNING)
    assert [days for _, days in _page(paola).past] == ["non mostrato", "3,5"]


def test_the_csv_says_what_the_page_says(paola: Actor) -> None:
    work.contacts(6)
    work.contacts(2, "faults")
    page, text = _page(paola), reads.month_csv(cast.agency(), 2026, 3, by=paola)
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    said = [(block.title, line.label, *line.cells, line.share) for block in page.blocks for line in block.lines]
    assert [tuple(row) for row in rows[1 : 1 + len(said)]] == said


def test_a_name_is_never_a_formula() -> None:
    assert reads._inert("=2+2") == "'=2+2"  # noqa: SLF001 -- the one thing a spreadsheet may not read


def test_as_many_statements_for_many_as_for_none(paola: Actor, milano: Agency) -> None:
    with CaptureQueriesContext(connection) as before:
        reads.month(milano, 2026, 3, by=paola)
    work.contacts(7)
    work.requests(6, key="gianni")
    work.history(1, 2, 3, 4, 5)
    with CaptureQueriesContext(connection) as after:
        reads.month(milano, 2026, 3, by=paola)
    assert len(before) == len(after) <= 6


@pytest.mark.parametrize(("year", "month"), [(2026, 4), (2026, 0), (2026, 13), (1999, 12), (2031, 1)])
def test_there_is_no_such_month(paola: Actor, milano: Agency, year: int, month: int) -> None:
    with pytest.raises(NotVisible):
        reads.month(milano, year, month, by=paola)


def test_a_month_begins_at_local_midnight(paola: Actor) -> None:
    with clock.frozen(clock.day_bounds(cast.NOW.date().replace(day=1))[0]):
        work.contacts(5)
    assert _cell(_page(paola), "Contatti") == "5"


def test_few_missed_promises_still_let_the_share_be_read() -> None:
    few = Hidden(few=True)
    assert rules.share(few, 33) is None
    assert rules.share_at_least(few, 33) == 87


def test_the_least_share_is_silent_when_the_missed_are_hidden_for_others() -> None:
    assert rules.share_at_least(Hidden(few=False), 33) is None
    assert rules.share_at_least(Hidden(few=True), 4) is None
