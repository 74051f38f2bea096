"""One rule, five answers: 200,000 households through every back end, against Decimal. No difference, not one cent."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from django.db import connection

from cortile.benefits import catalogue
from cortile.benefits.rules import deciding, nodes, tables, vectors
from cortile.benefits.rules.deciding import Outcome, State
from tests.benefits.rules import households
from tests.benefits.rules.households import Facts

CALLS = ("energy", "energy_in_city", "solidarity")
MANY = {"energy": 80_000, "energy_in_city": 60_000, "solidarity": 60_000}
SEED = 20260311
# failed, missing, doubt, cents.
Answer = tuple[int, int, int, int]
calls = pytest.mark.parametrize("call", CALLS)
unknowns = pytest.mark.parametrize("unknown", [0.0, 0.15])


@cache
def everybody(call: str, unknown: float) -> list[Facts]:
    """Return the households of a run: at every threshold, and at random; with holes, half as many again."""
    many = MANY[call] // 2 if unknown else MANY[call]
    return [*households.edges(call), *households.at_random(call, many, SEED, unknown=unknown)]


@cache
def one_by_one(call: str, unknown: float) -> list[Answer]:
    """Ask the judge of one household, again and again."""
    judge = households.judge(call)
    return [answer(judge.decide(facts)) for facts in everybody(call, unknown)]


def answer(found: deciding.Decision) -> Answer:
    """Return a decision as bits and cents."""
    bits = {state: sum(1 << n for n, r in enumerate(found.reasons) if r.state == state) for state in State}
    return bits[State.FAILED], bits[State.MISSING], bits[State.DOUBT], found.award


def columns(rule: nodes.Rule, rows: list[Facts]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return households as columns, and where each has a hole."""
    found = {i.name: np.array([row[i.name] or 0 for row in rows], np.int64) for i in rule.inputs}
    return found, {i.name: np.array([row[i.name] is None for row in rows]) for i in rule.inputs}


def at_once(rule: nodes.Rule, rows: list[Facts]) -> list[Answer]:
    """Ask the vector."""
    figures = deciding.figures_on(rule, households.TODAY)
    found = vectors.evaluate(rule, figures, vectors.Population(rule, *columns(rule, rows)))
    return list(zip(*(part.tolist() for part in (found.failed, found.missing, found.doubt, found.award)), strict=True))


def in_the_database(rule: nodes.Rule, rows: list[Facts]) -> list[Answer]:
    """Ask PostgreSQL; cents of which something is missing are nought elsewhere too."""
    names = [found.name for found in rule.inputs]
    asked = tables.statements(rule, deciding.figures_on(rule, households.TODAY), {name: f'"{name}"' for name in names})
    listed = ", ".join(f'"{name}"' for name in names)
    words = (
        f"SELECT {asked.failed}, {asked.missing}, {asked.doubt}, coalesce({asked.award}, 0)"  # noqa: S608 -- our own text
        f" FROM unnest({', '.join(['%s::bigint[]'] * len(names))}) WITH ORDINALITY AS row({listed}, nth) ORDER BY nth"
    )
    with connection.cursor() as cursor:
        cursor.execute(words, [[row[name] for row in rows] for name in names])
        found: list[Answer] = cursor.fetchall()
    return found


@pytest.mark.slow
@pytest.mark.pure
@calls
@unknowns
def test_the_vector_says_what_the_judge_says(call: str, unknown: float) -> None:
    assert at_once(catalogue.rule(call), everybody(call, unknown)) == one_by_one(call, unknown)


@pytest.mark.slow
@calls
@unknowns
def test_the_database_says_what_the_judge_says(call: str, unknown: float) -> None:
    assert in_the_database(catalogue.rule(call), everybody(call, unknown)) == one_by_one(call, unknown)


@pytest.mark.slow
@pytest.mark.pure
@calls
def test_and_both_what_the_notice_says(call: str) -> None:
    judge, rows = households.judge(call), everybody(call, 0.0)
    wrong = [row for row in rows if judge.decide(row).award != households.awarded(call, row) * 100]
    assert [row for row in wrong if judge.decide(row).outcome != Outcome.REFER] == []


@pytest.mark.pure
@calls
def test_half_a_cent_the_other_way_is_noticed(call: str) -> None:
    rows = [households.GOOD[call] | {"due": due} for due in range(999_90, 1_000_10)]
    down = [households.half(households.euros(row, "due")) * 100 // 1 for row in rows]
    judged = [households.judge("energy").decide(households.GOOD["energy"] | {"due": row["due"]}).award for row in rows]
    assert judged == down
    assert judged != [int(row["due"] or 0) // 2 for row in rows]


@pytest.mark.pure
def test_the_money_a_vector_of_32_bits_loses_is_noticed() -> None:
    due = np.array([4_294_97], np.int32)
    with np.errstate(over="ignore"):
        narrow = int((due * np.int32(5_000))[0])
    assert narrow != 4_294_97 * 5_000


@pytest.mark.pure
def test_a_row_that_states_what_nobody_may_stops_all_and_is_named() -> None:
    rule, rows = catalogue.rule("energy"), [households.GOOD["energy"], households.GOOD["energy"] | {"band": 4}]
    with pytest.raises(deciding.FactError, match="riga 1, band: 4"):
        vectors.Population(rule, *columns(rule, rows))
