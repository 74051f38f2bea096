"""No template is left that nothing draws."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.house.source import SOURCE

pytestmark = pytest.mark.pure
# Whose pages ours stand in for: the library asks for them by name.
LIBRARIES = ("allauth", "django")


def templates() -> dict[str, str]:
    """Return the templates of the house by the name they are asked for, with their text."""
    files = [path for path in SOURCE.glob("*/templates/**/*") if path.is_file()]
    return {str(path.relative_to(SOURCE / path.relative_to(SOURCE).parts[0] / "templates")): path.read_text() for path in files}


def of_a_library(name: str) -> bool:
    """Tell whether a library has a template of this name, which ours replaces."""
    roots = [Path(found.origin or "").parent for library in LIBRARIES if (found := find_spec(library))]
    return any((folder / name).exists() for root in roots for folder in root.rglob("templates"))


def unused(names: set[str], code: str) -> set[str]:
    """Return the templates that no code names."""
    return {name for name in names if f'"{name}"' not in code and f"'{name}'" not in code}


def test_every_template_is_drawn_by_something() -> None:
    found = templates()
    code = "\n".join([*(path.read_text() for path in SOURCE.rglob("*.py")), *found.values()])
    assert {name for name in unused(set(found), code) if not of_a_library(name)} == set()
    assert len(found) > 60


def test_a_template_nobody_draws_is_noticed() -> None:
    assert unused({"app/left.html", "app/drawn.html"}, 'render(request, "app/drawn.html")') == {"app/left.html"}
