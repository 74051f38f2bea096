"""Every cell flipped, and mutants of the policy module: each is noticed by the table in words, the engine or the model."""

from __future__ import annotations

import ast
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cortile.agencies import policy, truth
from cortile.agencies.policy import Rule
from cortile.backstage.bench import mutator
from tests.agencies import broken, parity, rows, test_policy, test_policy_engine
from tests.agencies.rows import World

GOLDEN = (Path(__file__).parent / "truth.txt").read_text(encoding="utf-8")
SOURCE = Path(policy.__file__).read_text(encoding="utf-8")
FIGURES = os.environ.get("CORTILE_FIGURES", "")
SAMPLE = 60
SEED = 20260311
Judge = Callable[[], None]


def _meaning(lines: Iterable[Rule]) -> set[object]:
    """Return what some lines say, however often: a grant written twice is one grant."""
    return {(r.thing, r.lane, who, r.relation, r.action, r.fields, r.purpose) for r in lines for who in r.holders}


def _flips() -> Iterator[tuple[str, str, tuple[Rule, ...]]]:
    """Yield the table without each holder of each line, and with each who is not one, where that says something else."""
    meant = _meaning(policy.TABLE)
    for n, rule in enumerate(policy.TABLE):
        for holder in policy.HOLDERS:
            lines = (*policy.TABLE[:n], replace(rule, holders=rule.holders ^ {holder}), *policy.TABLE[n + 1 :])
            if holder in rule.holders or _meaning([replace(rule, holders=frozenset({holder}))]) - meant:
                yield f"{holder}: {rule.thing} {rule.relation} {rule.action}", holder, lines


@pytest.mark.slow
@pytest.mark.pure
def test_every_cell_flipped_is_noticed() -> None:
    missed, flipped = [], 0
    for said, holder, lines in _flips():
        with broken.table(lines, set()):
            missed += [said] if "\n".join([*truth.section(holder), ""]) in GOLDEN else []
        flipped += 1
    assert missed == []
    assert flipped >= 0.95 * len(policy.TABLE) * len(policy.HOLDERS)


def _judges(world: World, pairs: list[parity.Pair]) -> list[Judge]:
    def said() -> None:
        assert truth.text() == GOLDEN

    def known() -> None:
        assert policy.unresolved() == []

    def compared() -> None:
        assert parity.compared(world, pairs).wrong == []

    engine = [test for name, test in vars(test_policy_engine).items() if name.startswith("test_")]
    plain = [test_policy.test_the_public_may_nothing, test_policy.test_staff_are_known_by_role_and_others_by_kind]
    return [said, known, *engine, *plain, compared]


def _killed(tree: ast.Module, judges: list[Judge]) -> bool:
    try:
        with broken.mutant(tree):
            for judge in judges:
                judge()
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 -- whatever a mutant breaks is a mutant noticed
        return True
    return False


def _few(pairs: list[parity.Pair]) -> list[parity.Pair]:
    """Return one of each who may act."""
    return list({who.holder: (actor, who) for actor, who in pairs}.values())


@pytest.mark.slow
def test_mutants_do_not_live() -> None:
    world = rows.play(SEED, persons=40, size=60)
    judges = _judges(world, _few(list(parity.everybody(world))))
    assert not _killed(ast.parse(SOURCE), judges)
    every = list(mutator.mutants(SOURCE))
    chosen = every if FIGURES else random.Random(SEED).sample(every, SAMPLE)  # noqa: S311 -- a sample
    alive = [said for said, made in chosen if not _killed(made(), judges)]
    if FIGURES:
        Path(FIGURES).write_text(json.dumps({"mutants": len(chosen), "killed": len(chosen) - len(alive), "alive": alive}))
    assert len(alive) <= 0.05 * len(chosen), alive
