"""Gaps and overlaps from counts and cards, and cells that no subtraction opens: also with the page of the month at hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortile.kit.small_cells import LEAST, Hidden
from cortile.network.rules import counting, needs
from cortile.network.rules.needs import Offer

pytestmark = pytest.mark.pure

HERE, THERE = 1, 2
TOPICS = {"school": "social", "health": "social", "faults": "technical", "rent": "administrative"}
TOPICS_OF_NEEDS = {**dict.fromkeys(needs.NEEDS_OF, "social"), "faults": "technical"}
COUNTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=8, max_size=8)


def rows(pairs: list[tuple[int, int]]) -> list[dict[str, object]]:
    """Return counts by quarter and topic: asked, and of those unmet."""
    where = product((HERE, THERE), TOPICS)
    return [
        {"neighbourhood_id": p, "chip": t, "asked": max(a, u), "unmet": min(a, u)}
        for (p, t), (a, u) in zip(where, pairs, strict=True)
    ]


def seen(school: int, unmet: int = 0) -> counting.Shown:
    found: list[dict[str, object]] = [{"neighbourhood_id": HERE, "chip": "school", "asked": school, "unmet": unmet}]
    return counting.shown(found, [HERE], TOPICS_OF_NEEDS)


def offer(need: str, *places: int, sure: bool = True, number: int = 7) -> Offer:
    return Offer(number, f"Servizio {number}", frozenset({need}), frozenset(places), sure=sure)


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_no_small_count_is_ever_shown(pairs: list[tuple[int, int]]) -> None:
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    assert all(isinstance(v, Hidden) or v == 0 or v >= LEAST for v in cells.values())


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_what_is_asked_less_what_is_unmet_is_never_a_few(pairs: list[tuple[int, int]]) -> None:
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    for place, topic in product((HERE, THERE), TOPICS):
        asked, unmet = cells["asked", place, topic], cells["unmet", place, topic]
        if not isinstance(unmet, Hidden):
            assert not isinstance(asked, Hidden)
            assert not 0 < asked - unmet < LEAST


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_what_stayed_without_an_answer_has_no_total_to_subtract_from(pairs: list[tuple[int, int]]) -> None:
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    assert {(p, t) for m, p, t in cells if m == "unmet"} == set(product((HERE, THERE), TOPICS))


def test_one_word_hides_a_few_and_what_would_give_them_back() -> None:
    pairs = [(9, 6), (9, 3), *[(9, 9)] * 6]
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    assert cells["unmet", HERE, "school"] == cells["unmet", HERE, "health"] == Hidden(few=False)


def test_no_cell_adds_quarters_together() -> None:
    cells = counting.shown(rows([(9, 0)] * 8), [HERE, THERE], TOPICS)
    assert {place for _measure, place, _topic in cells} == {HERE, THERE}


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_no_topic_is_left_over_in_a_quarter(pairs: list[tuple[int, int]]) -> None:
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    for place in (HERE, THERE):
        assert sum(isinstance(cells["asked", place, topic], Hidden) for topic in (*TOPICS, "")) != 1


def test_where_a_quarter_had_a_few_no_quarter_s_total_is_told() -> None:
    cells = counting.shown(rows([(9, 0)] * 4 + [(3, 0), (0, 0), (0, 0), (0, 0)]), [HERE, THERE], TOPICS)
    assert (cells["asked", HERE, ""], cells["asked", THERE, ""]) == (Hidden(few=False), Hidden(few=True))
    assert sum(isinstance(cells["asked", HERE, t], Hidden) for t in TOPICS) > 1


def test_the_nature_the_month_page_adds_over_quarters_opens_none_of_them() -> None:
    pairs = [(9, 0), (9, 0), (9, 0), (9, 0), (9, 0), (9, 0), (3, 0), (9, 0)]
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    assert cells["asked", THERE, "faults"] == Hidden(few=True)
    assert cells["asked", HERE, "faults"] == Hidden(few=False)


def test_the_nature_the_month_page_shows_opens_no_topic() -> None:
    pairs = [(9, 0), (3, 0), (8, 0), (7, 0), (9, 0), (8, 0), (8, 0), (7, 0)]
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    assert cells["asked", HERE, "health"] == Hidden(few=True)
    assert isinstance(cells["asked", HERE, "school"], Hidden) or isinstance(cells["asked", HERE, "faults"], Hidden)


def test_a_need_nobody_serves_is_a_gap() -> None:
    (gap,) = needs.gaps(seen(12), [HERE], [offer("teens"), offer("children"), offer("italian")])
    assert (gap.topic, gap.asked, gap.needs) == ("school", 12, ("homework",))


@pytest.mark.parametrize("card", [offer("homework", THERE), offer("homework", HERE, sure=False)], ids=["elsewhere", "unsure"])
def test_a_card_elsewhere_or_no_longer_sure_serves_nobody(card: Offer) -> None:
    assert "homework" in needs.gaps(seen(12), [HERE], [card])[0].needs


@pytest.mark.parametrize("card", [offer("homework", HERE), offer("homework")], ids=["here", "everywhere"])
def test_a_sure_card_that_covers_the_quarter_fills_the_gap(card: Offer) -> None:
    assert "homework" not in needs.gaps(seen(12), [HERE], [card])[0].needs


def test_what_a_few_asked_is_no_gap() -> None:
    assert needs.gaps(seen(4), [HERE], []) == []


def test_three_cards_for_one_need_and_few_askings_overlap() -> None:
    cards = [offer("homework", number=n) for n in (7, 8, 9)]
    assert [o.services for o in needs.overlaps(seen(2), [HERE], cards)] == [(7, 8, 9)]
    assert needs.overlaps(seen(12), [HERE], cards) == []
    assert needs.overlaps(seen(2), [HERE], cards[:2]) == []


def test_half_of_the_places_free_is_a_service_nobody_fills() -> None:
    full, empty = (replace(offer("homework"), available=left, maximum=25) for left in (4, 13))
    assert needs.unfilled([full, empty]) == [empty]


def test_the_largest_comes_first_and_the_hidden_one_never() -> None:
    pairs = [(9, 6), (8, 8), (9, 2), (6, 6), (9, 9), (9, 9), (9, 9), (9, 9)]
    cells = counting.shown(rows(pairs), [HERE, THERE], TOPICS)
    found = needs.most_unmet(cells, [HERE, THERE], TOPICS)
    assert ("unmet", HERE, "faults") not in found
    sizes = [size for c in found if not isinstance(size := cells[c], Hidden)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == len(found)
