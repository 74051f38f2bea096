"""Rooms know what stands below them, in code and in the database."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from tests.house.source import ROOT, SOURCE, calls, dotted, python_files, step

pytestmark = pytest.mark.pure
DOORS = ("workspace", "app", "api", "backstage")


def _foreign_keys() -> list[tuple[type[Model], str, type[Model]]]:
    ours = [m for m in apps.get_models() if m.__module__.startswith("cortile.")]
    keys = [(m, f) for m in ours for f in m._meta.get_fields() if isinstance(f, ForeignKey)]
    return [(m, f.name, f.remote_field.model) for m, f in keys]


def test_foreign_keys_point_down_the_stairs() -> None:
    wrong = [
        f"{model._meta.label}.{field}"
        for model, field, other in _foreign_keys()
        if other.__module__.startswith("cortile.") and model._meta.app_label != other._meta.app_label
        if step(other._meta.app_label) >= step(model._meta.app_label)
    ]
    assert wrong == []


def test_every_folder_of_the_house_has_its_step() -> None:
    rooms = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists()} - {"haven"}
    assert [room for room in rooms if step(room) < 0] == []


def test_the_contracts_name_every_room() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    inside = next(c["containers"] for c in contracts if c["name"].startswith("Inside a room"))
    rooms = {p.parent.name for p in SOURCE.glob("*/models.py")} - {"kit", "haven", *DOORS}
    assert {f"cortile.{room}" for room in rooms} <= set(inside)


def test_haven_stands_apart() -> None:
    contracts = (ROOT / "pyproject.toml").read_text()
    assert "haven apart" in contracts


def test_rules_ask_no_clock() -> None:
    asks = re.compile(r"clock\.(now|today)\(|datetime\.now|date\.today")
    assert [str(path) for path, text in python_files("*/rules.py") if asks.search(text)] == []


LANE_DOORS = ("public", "desk")


def test_rooms_name_no_address_of_a_door() -> None:
    above = {*DOORS, "config", "kit"}
    rooms = [(path, text) for path, text in python_files() if path.relative_to(SOURCE).parts[0] not in above]
    rooms = [
        (path, text) for path, text in rooms if path.relative_to(SOURCE).parts[:2] not in {("haven", door) for door in LANE_DOORS}
    ]
    assert [str(p) for p, text in rooms for c in calls(ast.parse(text)) if dotted(c.func).endswith("reverse")] == []


# The login library's pages, which wear the look of the staff door and lean on one another.
SIGN_IN = {"account", "allauth", "mfa"}


@pytest.mark.parametrize("door", DOORS)
def test_a_door_shows_its_own_templates_and_the_kit_s(door: str) -> None:
    every = [p for p in (SOURCE / door).glob("**/templates/**/*") if p.is_file()]
    pages = [p for p in every if not SIGN_IN & set(p.parts)]
    named = {(p.name, found) for p in pages for found in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)", p.read_text())}
    assert [pair for pair in named if pair[1].split("/")[0] not in {door, "kit"}] == []
