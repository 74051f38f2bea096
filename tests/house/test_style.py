"""How the house reads: no wall broken, the committed numbers fresh, every dependency explained."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.house.source import ROOT, python_files
from tools import style_meter

pytestmark = pytest.mark.pure


def test_no_wall_of_style_is_broken() -> None:
    assert [str(m) for m in style_meter.measures() if m.broken] == []


def test_the_numbers_file_names_every_measure() -> None:
    written = (ROOT / "docs" / "style-numbers.txt").read_text()
    assert [m.name for m in style_meter.measures() if m.name not in written] == []


def test_every_dependency_is_explained() -> None:
    lines = "\n".join((ROOT / "requirements" / f"{name}.in").read_text() for name in ("base", "dev", "openfisca", "schemathesis"))
    names = {n.lower() for n in re.findall(r"^([A-Za-z][\w-]*)", lines, re.MULTILINE)}
    explained = set(re.findall(r"^\| ([\w-]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE))
    assert names - {n.lower() for n in explained} == set()


def test_code_has_no_path_of_a_machine() -> None:
    wrong = [str(p) for p, text in python_files() if re.search(r"[\"'](?:/home/|/root/|/Users/)", text)]
    assert wrong == []


def test_every_suppression_has_its_reason() -> None:
    marks = [(p.name, m) for p, text in python_files() for m in re.findall(r"# (?:noqa|type: ignore)[^\n]*", text)]
    assert [m for m in marks if not re.search(r"-- \S|\]\s+# \S", m[1])] == []


def test_room_guides_fit_a_page() -> None:
    sizes = Counter({p.parent.name: len(p.read_text().splitlines()) for p in (ROOT / "src").rglob("README.md")})
    assert [room for room, lines in sizes.items() if lines > 40] == []
