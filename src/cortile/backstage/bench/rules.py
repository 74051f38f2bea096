"""``bench rules``: the seed rule with its reasons, against NumPy written by hand, a loop of Decimal, and OpenFisca-core.

Processor time throughout, each with its reference in the same turn. What is compared must first give the same answers.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from cortile.backstage.bench import by_hand, openfisca, population, turns
from cortile.backstage.bench.figure import Figure
from cortile.backstage.bench.population import FIGURES, RULE, Columns, Facts
from cortile.benefits.rules import allocating, deciding, vectors
from cortile.benefits.rules.vectors import Cents

Say = Callable[[str], None]
SEED = 20_260_311
MANY, IN_DECIMAL, COMPARED = 1_000_000, 20_000, 200_000
# How many households are asked about one by one, and how often in a turn: a clock's tick is then a thousandth of it.
ASKED, AGAIN = 250, 80
TURNS, OF_ALL, OF_SCENARIOS, OF_RANKING = 5, 15, 5, 9
# Of what is asked, in hundredths: the line stops among those who are due.
ENVELOPE = 60
MICRO, MILLI = 1e6, 1e3


class DifferenceError(AssertionError):
    """Raised where the two sides of a comparison do not answer alike: their times then say nothing."""


def measure(say: Say) -> Iterator[Figure]:
    """Measure one household with its reasons, then a million of them, then how many cents are wrong."""
    yield from reasons(say)
    everybody = population.columns(MANY, SEED)
    say("a million households…")
    yield _all(everybody)
    say("twenty scenarios of a million…")
    yield _scenarios(everybody)
    say("a million households in line…")
    yield _ranking(everybody, population.arrivals(MANY, SEED))
    say("a loop of Decimal…")
    yield _decimals(population.columns(IN_DECIMAL, SEED))
    say(f"{COMPARED:,} households and every threshold, to the cent…")
    yield Figure("wrong cents", float(len(wrong(compared(), awarded))), "households")


# --- one household ---


def reasons(say: Say) -> Iterator[Figure]:
    """Measure one household after the other, beside OpenFisca where it can be had; else say so and leave its figures out."""
    say("one household, with every reason…")
    rows = population.one_by_one(population.columns(ASKED, SEED))
    judge = deciding.Judge(RULE, FIGURES)
    try:
        with openfisca.running(rows) as other:
            yield from _beside(judge, rows, other)
    except openfisca.MissingError as missing:
        say(str(missing))
        yield Figure("reasons", statistics.median(_decided(judge, rows) for _ in range(TURNS)), "µs")


def _beside(judge: deciding.Judge, rows: Sequence[Facts], other: openfisca.OpenFisca) -> Iterator[Figure]:
    ours = [judge.decide(row).award for row in rows]
    for way in (openfisca.FROM_JSON, openfisca.BY_HAND):
        same(ours, other.ask(way).cents, apart=1)
    taken = [(_decided(judge, rows), _asked(other, openfisca.FROM_JSON), _asked(other, openfisca.BY_HAND)) for _ in range(TURNS)]
    decided, from_json, hand = (statistics.median(column) for column in zip(*taken, strict=True))
    yield Figure("reasons", decided, "µs")
    yield Figure("OpenFisca with trace", from_json, "µs", reference=decided)
    yield Figure("OpenFisca, built by hand", hand, "µs", reference=decided)


def _decided(judge: deciding.Judge, rows: Sequence[Facts]) -> float:
    def work() -> None:
        decide = judge.decide
        for _ in range(AGAIN):
            for row in rows:
                decide(row)

    return turns.seconds(work) / (AGAIN * len(rows)) * MICRO


def _asked(other: openfisca.OpenFisca, way: str) -> float:
    return other.ask(way).seconds / ASKED * MICRO


# --- a million ---


def _all(everybody: Columns) -> Figure:
    known = vectors.Population(RULE, everybody)
    same(vectors.evaluate(RULE, FIGURES, known).award, by_hand.awards(everybody, FIGURES))
    ours, hand = turns.medians([lambda: vectors.evaluate(RULE, FIGURES, known), lambda: by_hand.awards(everybody, FIGURES)], OF_ALL)
    return Figure("1,000,000 households", ours * MILLI, "ms", reference=hand * MILLI)


def _scenarios(everybody: Columns) -> Figure:
    known, sets = vectors.Population(RULE, everybody), population.scenarios()

    def ours() -> list[tuple[int, int]]:
        return [_totals(vectors.evaluate(RULE, figures, known).award) for figures in sets]

    def hand() -> list[tuple[int, int]]:
        return [_totals(by_hand.awards(everybody, figures)) for figures in sets]

    same(ours(), hand())
    taken, reference = turns.medians([ours, hand], OF_SCENARIOS)
    return Figure("what-if, 20 × 1,000,000", taken * MILLI, "ms", reference=reference * MILLI)


def _totals(award: Cents) -> tuple[int, int]:
    """Return what a scenario costs, in cents, and whom it reaches."""
    return int(award.sum()), int(np.count_nonzero(award))


def _ranking(everybody: Columns, arrival: Cents) -> Figure:
    known, isee = vectors.Population(RULE, everybody), everybody["isee"]
    envelope = int(by_hand.awards(everybody, FIGURES).sum()) * ENVELOPE // 100

    def ours() -> Cents:
        award = vectors.evaluate(RULE, FIGURES, known).award
        asks = np.flatnonzero(award)
        return allocating.allocate(award[asks], [isee[asks], arrival[asks]], envelope, allocating.Strategy.PRIORITY).given

    def hand() -> Cents:
        award = by_hand.awards(everybody, FIGURES)
        asks = np.flatnonzero(award)
        return by_hand.ranked(award[asks], isee[asks], arrival[asks], envelope)

    same(ours(), hand())
    taken, reference = turns.medians([ours, hand], OF_RANKING)
    return Figure("rule and ranking", taken * MILLI, "ms", reference=reference * MILLI)


# --- Decimal ---


def _decimals(some: Columns) -> Figure:
    rows = by_hand.in_euros(population.one_by_one(some))
    (taken,) = turns.medians([lambda: by_hand.decimals(rows)], TURNS)
    return Figure("Decimal loop", taken / len(rows) * MANY * MILLI, "ms")


def compared() -> Columns:
    """Return the households whose cents are compared: at random, and at every threshold."""
    return population.together(population.columns(COMPARED, SEED + 1), population.edges())


def wrong(of: Columns, ours: Callable[[Columns], Sequence[Sequence[int]]]) -> list[int]:
    """Return the rows where any of our answers is not the one Decimal gives, to the cent."""
    due = [int(euros * 100) for euros in by_hand.decimals(by_hand.in_euros(population.one_by_one(of)))]
    return [n for n, answers in enumerate(zip(due, *ours(of), strict=True)) if len(set(answers)) > 1]


def awarded(of: Columns) -> tuple[list[int], list[int]]:
    """Return everybody's cents, judged one by one and all at once."""
    judge = deciding.Judge(RULE, FIGURES)
    found: Cents = vectors.evaluate(RULE, FIGURES, vectors.Population(RULE, of)).award
    return [judge.decide(row).award for row in population.one_by_one(of)], found.tolist()


def same(ours: object, theirs: object, *, apart: int = 0) -> None:
    """Raise ``DifferenceError`` unless two answers are alike: who gets something, and what, but for so many cents apart."""
    one, other = np.asarray(ours, np.int64), np.asarray(theirs, np.int64)
    if one.shape != other.shape or ((one > 0) != (other > 0)).any() or (np.abs(one - other) > apart).any():
        message = "the two sides do not answer alike, so their times cannot be compared"
        raise DifferenceError(message)
