"""The source as the walls read it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cortile"
# From the ground up: what stands lower never knows what stands higher. One set is one step, whose rooms are strangers.
STAIRS = (
    {"kit"},
    {"agencies"},
    {"homes"},
    {"people"},
    {"accounts"},
    {"messages"},
    {"directory"},
    {"listening"},
    {"pathways"},
    {"referrals", "agenda"},
    {"benefits", "care", "upkeep"},
    {"network"},
    {"funding"},
    {"insight"},
    {"workspace", "app", "api", "backstage"},
    {"config"},
)


def step(room: str) -> int:
    """Return how high a room stands."""
    return next(n for n, rooms in enumerate(STAIRS) if room in rooms)


def python_files(*places: str) -> Iterator[tuple[Path, str]]:
    """Yield the files of the house that match one of these patterns, with their text; Django's migrations left out."""
    for place in places or ("**/*.py",):
        for path in sorted(SOURCE.glob(place)):
            if not re.match(r"0\d+", path.name):
                yield path, path.read_text()


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call."""
    return (n for n in ast.walk(tree) if isinstance(n, ast.Call))


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` of a chain of names, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (left := dotted(node.value)):
        return f"{left}.{node.attr}"
    return ""
