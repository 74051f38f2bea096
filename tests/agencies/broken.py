"""The policy module with something changed for a block: another table, or a mutant of the whole."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterable, Iterator

from django.db.models import Q

from cortile.agencies import policy
from cortile.agencies.policy import Rule
from cortile.kit import wall


@contextlib.contextmanager
def table(lines: tuple[Rule, ...], known: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Put other lines in the table, and some relations more among those known."""
    before, relations = policy.TABLE, dict(policy._relations)  # noqa: SLF001 -- to put it back
    policy.TABLE = lines
    policy._relations.update({name: lambda _actor: Q() for name in known})  # noqa: SLF001
    try:
        yield
    finally:
        policy.TABLE = before
        policy._relations.clear()  # noqa: SLF001
        policy._relations.update(relations)  # noqa: SLF001


@contextlib.contextmanager
def mutant(tree: ast.Module) -> Iterator[None]:
    """Put a mutant in the module's place, with every relation registered through its own door."""
    before, lanes = dict(vars(policy)), list(wall._lanes_of)  # noqa: SLF001 -- to put it back
    try:
        exec(compile(tree, policy.__file__, "exec"), vars(policy))  # noqa: S102 -- our own source, one change away
        for name, query in before["_relations"].items():
            policy.relation(*name)(query)
        yield
    finally:
        vars(policy).update(before)
        wall._lanes_of[:] = lanes  # noqa: SLF001
