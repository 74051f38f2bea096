"""No naive instant, no clock but ours, no list whose order the database chooses."""

from __future__ import annotations

import ast
import re
from datetime import datetime

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from cortile.kit import clock
from tests.house.source import python_files

OTHER_CLOCKS = re.compile(r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btimezone\.now\b|auto_now")
CLOCK = "kit/clock.py"


@pytest.mark.pure
def test_only_the_kit_reads_the_clock() -> None:
    assert [str(p) for p, text in python_files() if OTHER_CLOCKS.search(text) and not str(p).endswith(CLOCK)] == []


@pytest.mark.pure
def test_the_clock_refuses_a_naive_instant() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 3, 11, 9)):  # noqa: DTZ001 -- naive on purpose
        pass


@pytest.mark.pure
def test_columns_of_time_hold_a_zone(settings: object) -> None:
    instants = [f for m in apps.get_models() for f in m._meta.get_fields() if isinstance(f, DateTimeField)]
    assert instants
    assert getattr(settings, "USE_TZ", False) is True


@pytest.mark.pure
def test_lists_that_leave_a_room_have_an_order() -> None:
    """Rows that become a list must say in which order: by Meta, or by ``order_by`` where they are asked."""
    unordered = {m.__name__ for m in apps.get_models() if m.__module__.startswith("cortile.") and not m._meta.ordering}
    wrong = [
        f"{path}:{call.lineno}"
        for path, text in python_files("*/reads.py", "*/reads/*.py")
        for call in _lists(ast.parse(text))
        if (source := ast.unparse(call)) and not re.search(r"order_by|values_list\(.*distinct|aggregate|annotate", source)
        if any(re.search(rf"\b{name}\.objects", source) for name in unordered)
    ]
    assert wrong == []


def _lists(tree: ast.AST) -> list[ast.Call]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "list"]
