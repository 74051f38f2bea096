"""Mutants of a module, made on its syntax tree: one change each. Pure.

Tools that exist change functions only, or the files of the checkout in place; the policy module is mostly a table, and data.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Sub: ast.BitAnd,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[str, Callable[[], ast.Module]]]:
    """Yield what each mutant changes (``line: change``), and how to make it: there are many, and most are asked for once."""
    tree = ast.parse(source)
    skipped = _not_code(tree)
    for number, node in enumerate(ast.walk(tree)):
        for which, change in enumerate(_changes(node) if id(node) not in skipped else ()):
            yield f"{getattr(node, 'lineno', 0)}: {change.words}", partial(_made, source, number, which)


def _made(source: str, number: int, which: int) -> ast.Module:
    twin = ast.parse(source)
    node = next(islice(ast.walk(twin), number, None))
    next(islice(_changes(node), which, None)).apply(node)
    return ast.fix_missing_locations(twin)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change to one node."""

    words: str
    field: str
    value: object

    def apply(self, node: ast.AST) -> None:
        """Make it."""
        setattr(node, self.field, self.value)


def _changes(node: ast.AST) -> Iterator[_Change]:
    for change in (_of_operators, _of_words, _of_lists, _of_ways):
        yield from change(node)


def _of_operators(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Compare):
        yield from _swap("ops", node.ops[0], whole=False)
    if isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign):
        yield from _swap("op", node.op, whole=True)


def _of_words(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value.split()
        yield from (_Change(f"{w!r} lost", "value", " ".join(words[:n] + words[n + 1 :])) for n, w in enumerate(words))
        yield _Change(f"{node.value!r} misspelt", "value", f"{node.value}x")


def _of_lists(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and not isinstance(getattr(node, "ctx", None), ast.Store):
        yield from (_Change(f"{ast.unparse(e)} taken out", "elts", _without(node.elts, n)) for n, e in enumerate(node.elts))
    if isinstance(node, ast.Set):
        yield _Change("role added", "elts", [*node.elts, ast.Constant("region")])


def _of_ways(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Return) and node.value is not None:
        yield _Change("nothing returned", "value", ast.Constant(None))
    if isinstance(node, ast.IfExp | ast.If):
        yield from (_Change(f"always {way}", "test", ast.Constant(value=way)) for way in (True, False))
    if isinstance(node, ast.comprehension):
        yield from (_Change("condition forgotten", "ifs", _without(node.ifs, n)) for n, _ in enumerate(node.ifs))


def _swap(field: str, operator: ast.AST, *, whole: bool) -> Iterator[_Change]:
    if (other := SWAPPED.get(type(operator))) is not None:
        yield _Change(f"{type(operator).__name__} → {other.__name__}", field, other() if whole else [other()])


def _without(nodes: list[ast.expr], number: int) -> list[ast.expr]:
    return nodes[:number] + nodes[number + 1 :]


def _not_code(tree: ast.AST) -> set[int]:
    """Leave alone docstrings and annotations: they do nothing when they run."""
    left: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left.add(id(node.value))
        for said in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            left |= {id(inner) for inner in ast.walk(said)} if said else set()
    return left
