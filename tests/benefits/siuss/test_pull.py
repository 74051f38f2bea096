"""What INPS is answered when it asks for flows, and when it asks whether we are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits.siuss import checks
from cortile.benefits.siuss.outcomes import MOST, Summary, milliseconds, next_instant, page, problem, status, summary
from tests.benefits.siuss import schema
from tests.benefits.siuss.invented import FLOW, NOW, flow

pytestmark = pytest.mark.pure
ONE = summary(FLOW)
instants = st.lists(st.integers(1, 10**13), unique=True, max_size=40)


def at(*moments: int) -> list[Summary]:
    """Return flows made so many milliseconds after 1970."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return [replace(ONE, id=f"F205.PS.20260311.{m:07d}", instant=start + timedelta(milliseconds=m)) for m in moments]


def names(*moments: int) -> list[str]:
    return [f"F205.PS.20260311.{moment:07d}" for moment in moments]


def pulled(flows: list[Summary], since: int, limit: int = 10) -> list[str]:
    return [said["id_flusso"] for said in page(flows, since_ms=since, limit=limit)["elenco_flussi"]]


def test_a_page_is_what_the_description_says() -> None:
    answer = page([ONE], since_ms=0)
    assert schema.faults("Entries", answer) == []
    assert set(answer["elenco_flussi"][0]) == set(schema.API["components"]["schemas"]["Flusso"]["properties"])


@pytest.mark.parametrize(("name", "value"), [("codice_ente", "ALER"), ("tipo", "PS"), ("ts_flusso", "11/03/2026"), ("resto", "")])
def test_a_page_that_is_not_is_noticed(name: str, value: str) -> None:
    answer = page([ONE], since_ms=0)
    answer["elenco_flussi"][0][name] = value
    assert schema.faults("Entries", answer) != []


def test_an_instant_is_said_in_milliseconds_of_utc() -> None:
    made = datetime(2026, 3, 11, 10, 0, 0, 852_999, tzinfo=timezone(timedelta(hours=1)))
    (said,) = page([replace(ONE, instant=made)], since_ms=0)["elenco_flussi"]
    assert said["ts_flusso"] == "2026-03-11T09:00:00.852Z"


def test_the_oldest_come_first() -> None:
    assert pulled(at(30, 10, 20), since=0) == names(10, 20, 30)


def test_what_inps_has_is_not_said_again() -> None:
    assert pulled(at(10, 20, 30), since=20) == names(30)


def test_what_it_has_is_not_said_again_for_its_microseconds() -> None:
    made = replace(ONE, instant=NOW + timedelta(microseconds=999))
    assert pulled([made], since=milliseconds(NOW)) == []


def test_nothing_left_is_an_empty_list() -> None:
    assert page(at(10), since_ms=10) == {"elenco_flussi": []}


def test_ten_are_said_to_who_names_no_limit() -> None:
    assert len(page(at(*range(1, 30)), since_ms=0)["elenco_flussi"]) == schema.API["parameters"]["limit"]["schema"]["default"]


def test_the_limits_are_those_of_the_description() -> None:
    said = schema.API["parameters"]["limit"]["schema"]
    assert (said["minimum"], said["maximum"]) == (0, MOST)
    assert pulled(at(10), since=0, limit=0) == []


@given(moments=instants, limit=st.integers(1, 100))
def test_who_asks_until_nothing_is_left_has_each_flow_once(moments: list[int], limit: int) -> None:
    flows, since, had = at(*moments), 0, list[str]()
    while got := pulled(flows, since, limit):
        had += got
        since = next(milliseconds(flow.instant) for flow in flows if flow.id == got[-1])
    assert had == names(*sorted(moments))


@pytest.mark.parametrize(("since", "limit"), [(-1, 10), (10**20 + 1, 10), (0, -1), (0, 101)])
def test_a_question_outside_the_description_is_refused(since: int, limit: int) -> None:
    with pytest.raises(ValueError, match=r"^«(since|limit)» deve essere un numero"):
        page([], since_ms=since, limit=limit)


def test_two_flows_of_one_millisecond_are_refused() -> None:
    with pytest.raises(ValueError, match="stessa ora"):
        page([ONE, replace(ONE, instant=NOW + timedelta(microseconds=1))], since_ms=0)


@given(steps=st.lists(st.integers(-5_000, 5_000), max_size=30))
def test_instants_given_in_turn_never_meet(steps: list[int]) -> None:
    given_out = [next_instant(NOW, None)]
    for step in steps:
        given_out.append(next_instant(NOW + timedelta(microseconds=step), given_out[-1]))
    said = [milliseconds(instant) for instant in given_out]
    assert said == sorted(set(said))


def test_a_flow_something_stops_cannot_be_pulled() -> None:
    with pytest.raises(checks.FlowProblems) as refused:
        summary(flow(amount_cents=0))
    assert [found.code for found in refused.value.problems] == ["amount"]


@pytest.mark.parametrize(("works", "code"), [(True, 200), (False, 503)])
def test_the_status_is_a_problem_even_when_all_is_well(works: bool, code: int) -> None:
    said = status(works=works, detail="La banca dati risponde." if works else "La banca dati non risponde.")
    assert schema.faults("Problem", said) == []
    assert said["status"] == code


def test_a_refusal_is_a_problem_and_not_longer_than_one() -> None:
    assert schema.faults("Problem", problem(400, "no" * 5000)) == []
    assert problem(400, "") == {"type": "about:blank", "title": "Bad Request", "status": 400}
