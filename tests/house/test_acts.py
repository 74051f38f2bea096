"""Every act there is: who does it, what it leaves, and that tests allow it and refuse it."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import typing

import pytest

from cortile.agencies import actions as agencies
from cortile.agencies.models import Agency
from cortile.kit import actions, scopes
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import Refused
from tests.house.source import ROOT, SOURCE, python_files

for path, _ in python_files("*/actions.py", "*/actions/*.py", "*/registry.py"):
    if path.is_relative_to(SOURCE / "haven"):
        continue  # the lane's acts are tried with its own settings (tests_haven/test_lane_acts.py)
    # Some rooms' acts are loaded only when somebody needs them: without this the list depends on what ran before.
    importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"))
ACTS = sorted(actions.REGISTRY)


def _tests_text() -> str:
    return "\n".join(p.read_text() for p in sorted((ROOT / "tests").rglob("test_*.py")) if p.parent.name != "house")


def _function(act: str) -> str:
    return str(getattr(inspect.unwrap(actions.REGISTRY[act]), "__name__", ""))


@pytest.mark.pure
@pytest.mark.parametrize("act", ACTS)
def test_an_act_says_who_does_it(act: str) -> None:
    function = inspect.unwrap(actions.REGISTRY[act])
    assert inspect.signature(function).parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert typing.get_type_hints(function)["by"] is Actor
    assert function.__doc__


@pytest.mark.pure
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_named_like_a_thing_and_what_happened(act: str) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", act)


@pytest.mark.pure
def test_acts_are_written_in_actions_only() -> None:
    wrong = [
        str(p)
        for p, text in python_files()
        if re.search(r"^@action\(", text, re.MULTILINE) and not {"actions", "registry"} & {*p.with_suffix("").parts}
    ]
    assert wrong == []


@pytest.mark.pure
def test_every_act_is_tried_by_a_test() -> None:
    text = _tests_text()
    assert [act for act in ACTS if not re.search(rf"\b{_function(act)}\(", text)] == []


@pytest.mark.pure
def test_every_act_that_can_refuse_is_refused_by_a_test() -> None:
    refusing = [act for act in ACTS if _refuses(act)]
    tried = _refused_in_tests()
    assert [act for act in refusing if _function(act) not in tried] == []


def _refuses(act: str) -> bool:
    source = inspect.getsource(inspect.unwrap(actions.REGISTRY[act]))
    return bool(re.search(r"refuse_unless|check\(|require\(|the_one\(|locked\(|start\(|Refused|NotVisible|_may_", source))


def _refused_in_tests() -> set[str]:
    """Return the names called in tests that name a refusal."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and re.search(r"Refused|NotVisible|refus|\.code\b", ast.unparse(node)):
                found |= _names(node)
    return found


def _names(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    return {n.attr for n in nodes if isinstance(n, ast.Attribute)} | {n.id for n in nodes if isinstance(n, ast.Name)}


def test_an_act_leaves_one_event(system: Actor, milano: Agency) -> None:
    before = AuditEvent.objects.count()
    agencies.open_office(milano, by=system, name="Ufficio nuovo")
    assert AuditEvent.objects.count() == before + 1


def test_a_refused_act_leaves_nothing(marta: Actor, milano: Agency) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(Refused) as refused:
        agencies.open_office(milano, by=marta, name="Ufficio nuovo")
    assert (refused.value.code, AuditEvent.objects.count()) == ("not-allowed", before)


def test_a_safe_method_cannot_act(system: Actor, milano: Agency) -> None:
    with scopes.safe_method(), pytest.raises(actions.ActionError):
        agencies.open_office(milano, by=system, name="Ufficio nuovo")
